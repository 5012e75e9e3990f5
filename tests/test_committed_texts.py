"""Committed texts: a text in a commit never counts as a private text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support.corpora import BASE, VERIFIED, write_corpus
from support.projects import call_hooks, copy_sample, run_hooks
from verbatim.programs import ask_programs
from verbatim.programs.git import committed_texts
from verbatim.reading.loading import load_corpus
from verbatim.reading.outside import Outside

FALSE = VERIFIED["../.texts/harbour-gazette.txt"].replace("We need it now", "We never need it")
HINT = "(`git rm --cached` it, and keep the text at .texts/harbour-gazette.txt)"
REFUSED = "committed, but its source is not public: it is not read"


def git(folder: Path, *arguments: str) -> str:
    """Run git with these settings alone."""
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", "-C", str(folder), *settings, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a private text that is verified and not committed."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    (tmp_path / ".gitignore").write_text(".texts/\nbriefings/sources/*.txt\n")
    assert call_hooks("verify", folder).returncode == 0
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_a_private_text_is_not_committed(project: Path) -> None:
    """A private text that git ignores is no problem."""
    assert git(project, "ls-files", "*.txt") == ""
    assert call_hooks("check", project / "briefings").stdout == "1 briefing, no problem\n"


@pytest.mark.parametrize("place", ["briefings/sources", ".texts"])
def test_a_committed_text_proves_nothing(project: Path, place: str) -> None:
    """`check` and `verify` refuse a committed text with a quotation that only it has."""
    mine = (project / ".texts/harbour-gazette.txt").read_text()
    git(project, "checkout", "--quiet", "-b", "hostile")
    write_corpus(project / place, {"harbour-gazette.txt": FALSE})
    briefing = project / "briefings/2020/pier.yml"
    briefing.write_text(briefing.read_text().replace("We need it now", "We never need it"))
    git(project, "add", "--all")
    git(project, "add", "--force", f"{place}/harbour-gazette.txt")
    git(project, "commit", "--quiet", "--message", "Correct a quotation")
    for command in ("check", "verify"):
        result = call_hooks(command, project / "briefings")
        assert result.returncode == 1
        assert f"{place}/harbour-gazette.txt:1:1: {REFUSED} {HINT}" in result.stdout.splitlines()
    if place == "briefings/sources":
        git(project, "checkout", "--quiet", "main")
        assert (project / ".texts/harbour-gazette.txt").read_text() == mine
        assert call_hooks("verify", "--check", project / "briefings").returncode == 0


def test_a_link_in_the_place_of_the_private_texts(project: Path) -> None:
    """A committed link cannot pass its own text for the private one, nor have private texts moved into the site."""
    (project / ".texts").rename(project / "mine")
    write_corpus(project / "docs", {"harbour-gazette.txt": FALSE})
    (project / ".texts").symlink_to("docs")
    result = call_hooks("verify", project / "briefings")
    assert ".texts:1:1: a symbolic link: not read (put the folder itself here)" in result.stdout.splitlines()
    assert result.returncode == 1
    (project / "mine/harbour-gazette.txt").rename(project / "briefings/sources/harbour-gazette.txt")
    assert call_hooks("verify", "--move-texts", project / "briefings").returncode == 1
    assert (project / "docs/harbour-gazette.txt").read_text() == FALSE


@pytest.mark.parametrize("place", ["briefings", ".texts"])
def test_a_text_of_a_repository_within(project: Path, tmp_path_factory: pytest.TempPathFactory, place: str) -> None:
    """A text is committed also where a submodule brings it."""
    inner = tmp_path_factory.mktemp("inner")
    shutil.copytree(project / place, inner, dirs_exist_ok=True)
    write_corpus(inner / ("sources" if place == "briefings" else "."), {"harbour-gazette.txt": FALSE})
    git(inner, "init", "--quiet")
    git(inner, "add", "--all", "--force")
    git(inner, "commit", "--quiet", "--message", "Begin")
    git(project, "rm", "-r", "--quiet", "--cached", "--ignore-unmatch", place)
    shutil.rmtree(project / place)
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "--force", str(inner), place)
    corpus, problems = load_corpus(project / "briefings", "en", ask_programs(project / "briefings"))
    assert any(problem.message == REFUSED for problem in problems)
    assert FALSE[:10] not in str(corpus.texts)


def test_a_repository_of_ones_own_texts(project: Path) -> None:
    """Who keeps private texts in a repository of their own, which this one ignores, may."""
    git(project / ".texts", "init", "--quiet")
    git(project / ".texts", "add", "--all")
    assert call_hooks("verify", "--check", project / "briefings").returncode == 0


def test_letters_of_another_case(project: Path) -> None:
    """A commit of `.TEXTS/`, which is `.texts/` to some file systems, is a commit of the text."""
    write_corpus(project / ".TEXTS", {"Harbour-Gazette.txt": FALSE})
    git(project, "add", "--all", "--force", ".TEXTS")
    assert committed_texts(project / "briefings") == (frozenset([".texts/harbour-gazette.txt"]), [])


def test_the_repository_around_is_asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of git's for another repository, as a hook has them, hide no committed text."""
    git(project, "add", "--all", "--force")
    monkeypatch.setenv("GIT_INDEX_FILE", str(project / "none"))
    assert committed_texts(project / "briefings")[0] == frozenset([".texts/harbour-gazette.txt"])
    monkeypatch.setenv("GIT_DIR", str(project / "none"))
    assert committed_texts(project / "briefings")[0] == frozenset([".texts/harbour-gazette.txt"])


@pytest.mark.parametrize("bare", [False, True], ids=["settings", "files of git's among the briefings"])
def test_reading_runs_no_program_of_a_repository(project: Path, bare: bool) -> None:
    """Settings that come with a folder name programs; to read the folder runs none of them."""
    ran = project / "ran"
    place = project / "briefings/sources" if bare else project
    if bare:
        git(place, "init", "--quiet", "--bare")
        (place / "config").write_text("[core]\nrepositoryformatversion = 0\nbare = false\nworktree = ..\n")
    settings = place / ("config" if bare else ".git/config")
    with settings.open("a") as file:
        file.write(f'[core]\nfsmonitor = "touch {ran}; false"\n')
    git(project, "ls-files", "briefings/2020") if not bare else git(place, "ls-files")
    assert ran.exists()  # it is a trap that works
    ran.unlink()
    ask_programs(project / "briefings")
    assert not ran.exists()


def test_the_build_refuses_a_committed_text(tmp_path: Path) -> None:
    """The build refuses committed texts like `check`."""
    copy_sample(tmp_path, in_french_alone=True)
    private = tmp_path / "briefings/sources/coast-herald-2021-05-19.txt"
    private.write_text("Words.\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    result = run_hooks(tmp_path, "build")
    assert result.returncode == 1
    assert f"coast-herald-2021-05-19.txt:1:1: {REFUSED}" in result.stdout + result.stderr


def test_a_public_text_may_be_committed(project: Path) -> None:
    """Only texts of sources with `text: public` may be committed."""
    (project / ".texts/harbour-gazette.txt").rename(project / "briefings/sources/harbour-gazette.txt")
    source = project / "briefings/sources/harbour-gazette.yml"
    source.write_text(source.read_text().replace("text: private", "text: public"))
    git(project, "add", "--all", "--force")
    assert call_hooks("verify", "--check", project / "briefings").returncode == 0


def test_a_repository_that_git_does_not_read_is_a_problem(project: Path, tmp_path: Path) -> None:
    """A repository that git cannot read is a problem; a folder without a repository is not."""
    (project / ".git/HEAD").write_text("none of git's")
    (problem,) = ask_programs(project / "briefings").problems
    assert problem.message == "git does not say which texts are committed"
    assert problem in load_corpus(project / "briefings", "en", Outside(problems=(problem,)))[1]
    (project / ".git").rename(tmp_path / "elsewhere")
    assert committed_texts(project / "briefings") == (frozenset(), [])
