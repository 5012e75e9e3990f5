"""Review: a change that brings more than briefings fails, and lock lines that nobody signed are named."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support.corpora import BASE, VERIFIED, write_corpus
from support.projects import call_hooks, replace_text
from support.signing import ANNA, allow, new_key, public
from verbatim.authoring.review import MOST_LINES, _block

LOCK = "sources/verified.lock"


def git(folder: Path, *arguments: str) -> None:
    """Run git with these settings alone."""
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", "-C", str(folder), *settings, *arguments], check=True, capture_output=True)


def commit(folder: Path) -> None:
    """Commit everything but the private texts."""
    git(folder, "add", "--all", "--force", "--", ".", ":!.texts")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Change")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Verified briefings in a repository, on a branch of their own, without a change yet."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    folder = write_corpus(tmp_path / "project/briefings", {**BASE, **VERIFIED})
    assert call_hooks("verify", folder).returncode == 0
    git(folder.parent, "init", "--quiet")
    commit(folder.parent)
    git(folder.parent, "checkout", "--quiet", "-b", "change")
    return folder


def review(folder: Path, *options: str) -> tuple[int, str]:
    """Commit everything, and compare that with main."""
    commit(folder.parent)
    result = call_hooks("review", *options, "main", folder)
    assert result.stderr == ""
    return result.returncode, result.stdout


def test_what_is_not_committed_is_counted(folder: Path) -> None:
    """New and changed files that no commit has are told; private texts are not."""
    replace_text(folder / "2020/pier.yml", "A pier", "The pier")
    write_corpus(folder, {"2021/quay.yml": "title: Quay\n", "2021/boat.yml": "title: Boat\n"})
    result = call_hooks("review", "main", folder)
    assert result.stderr == "3 new or changed file(s) in briefings are not committed: not looked at\n"
    assert result.stdout == "## What this change brings\n\nBriefings alone.\n"


def test_briefings_alone_pass(folder: Path) -> None:
    """New, changed and deleted files of briefings and registries pass, and so do main's later commits."""
    replace_text(folder / "2020/pier.yml", "A pier", "The pier")
    write_corpus(folder, {"2021/quay.yml": "title: Quay\n", "actors/new.yml": "name: New\n"})
    (folder / "actors/port-council.yml").unlink()
    git(folder.parent, "stash", "--include-untracked")
    git(folder.parent, "checkout", "--quiet", "main")
    (folder.parent / "Makefile").write_text("later\n")
    commit(folder.parent)
    git(folder.parent, "checkout", "--quiet", "change")
    git(folder.parent, "stash", "pop")
    assert review(folder) == (0, "## What this change brings\n\nBriefings alone.\n")


OTHERS = [
    "Makefile",
    ".venv/bin/python",
    "hooks/x.yml",
    "briefings.yml",
    "Briefings/2020/x.yml",
    "briefings/allowed_signers",
    "briefings/2020/x.yaml",
    "briefings/sources/x.txt",
    "briefings/signatures/x/y.sig",
    "briefings/x.yml/y.py",
]


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_file_fails(folder: Path, name: str) -> None:
    """A file beyond the briefings is named and fails the review, until it is allowed; so does its deletion."""
    write_corpus(folder.parent, {name: "x\n"})
    status, said = review(folder)
    assert status == 1
    assert f"~~~diff\n! {name}\n~~~" in said
    assert review(folder, "--allow-other-files") == (0, said)
    git(folder.parent, "checkout", "--quiet", "-B", "main")
    (folder.parent / name).unlink()
    git(folder.parent, "checkout", "--quiet", "-b", "another")
    assert review(folder)[0] == 1


@pytest.mark.parametrize("kind", ["link", "executable"])
def test_a_briefing_that_is_no_plain_file_fails(folder: Path, kind: str) -> None:
    """A link or a program is no briefing, whatever its name."""
    path = folder / "2020/other.yml"
    if kind == "link":
        path.symlink_to("/etc/hostname")
    else:
        path.write_text("x")
        path.chmod(0o755)
    status, said = review(folder)
    assert status == 1
    assert "! briefings/2020/other.yml" in said


def test_a_project_within_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files beside the project's folder count too, also those that are called like briefings."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    folder = write_corpus(tmp_path / "site/briefings", BASE)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    git(tmp_path, "checkout", "--quiet", "-b", "change")
    write_corpus(tmp_path, {"briefings/2020/x.yml": "x\n", "site/briefings/2020/y.yml": "y\n"})
    commit(tmp_path)
    result = call_hooks("review", "main", folder)
    assert result.returncode == 1
    assert "~~~diff\n! /briefings/2020/x.yml\n~~~" in result.stdout


def test_lines_that_nobody_signed_are_named(folder: Path) -> None:
    """Where no signers are named, each new, changed and removed line of the lock is named as taken on somebody's
    word."""
    replace_text(folder / LOCK, " we-need-it ", " forged ")
    status, said = review(folder)
    assert status == 0
    assert "**1 line(s) of the lock removed, 1 added.** 1 not covered by a signature: taken on the word of" in said
    assert "\n- quotation pier we-need-it harbour-gazette " in said
    (line,) = [line for line in said.splitlines() if line.startswith("+ ")]
    assert line.startswith("+ quotation pier forged harbour-gazette ")
    assert line.endswith("…  (NOT SIGNED)")
    (folder / LOCK).write_text("nonsense\n")
    assert f"! briefings/{LOCK}:1:1: not a line of a lock (run `python hooks verify`)" in review(folder)[1]


def test_signers_are_those_of_the_base(folder: Path, tmp_path: Path) -> None:
    """A line that a signer of the base signed is covered; one whose signer the change itself names is not."""
    anna, mallory = new_key(tmp_path, "anna"), new_key(tmp_path, "mallory")
    allow(folder, f"{ANNA} {public(anna)}")
    commit(folder.parent)
    git(folder.parent, "checkout", "--quiet", "-B", "main")
    git(folder.parent, "checkout", "--quiet", "-B", "change")
    replace_text(folder / "2020/pier.yml", "quote: We need it now", "quote: We need it")
    assert call_hooks("verify", "--sign", anna, folder).returncode == 0
    status, said = review(folder)
    assert status == 0
    assert f"! briefings/signatures/{ANNA}.sig" in said
    assert f"(signed by {ANNA} on 2" in said
    assert "not covered" not in said
    allow(folder, f"{ANNA} {public(mallory)}")
    assert call_hooks("verify", "--sign", mallory, folder).returncode == 0
    status, said = review(folder)
    assert status == 1
    assert "! briefings/allowed_signers" in said
    assert "1 not covered by a signature" in said
    assert f"its key is none that may sign as {ANNA}" in said


def test_the_summary_of_a_job(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In CI the summary goes to the job's page as well, behind what stands there."""
    path = tmp_path / "summary"
    path.write_text("Before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    write_corpus(folder.parent, {"Makefile": "x\n"})
    _, said = review(folder)
    assert path.read_text() == f"Before\n{said}"


HOSTILE = [
    "~~~",
    "a\n~~~\n# Approved",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x)",
    "::error::x",
    "\x1b[31mred",
    "\u202eyb",
    "##[error]x",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_names_write_nothing_into_the_summary(folder: Path, name: str) -> None:
    """No name of a file ends its block of code, begins a line, or reaches the terminal raw."""
    path = folder.parent / name.replace("/", "-")
    path.write_text("x")
    status, said = review(folder)
    assert status == 1
    lines = said.splitlines()
    assert [line for line in lines if line.startswith("~")] == ["~~~diff", "~~~"]
    inside = lines[lines.index("~~~diff") + 1 : lines.index("~~~")]
    assert len(inside) == 1
    assert inside[0].startswith("! ")
    assert not any(char in said for char in "\x1b\u202e")
    assert "##[" not in said


def test_a_summary_has_an_end() -> None:
    """A list of very many, very long names is cut."""
    block = _block(f"! {'x' * 5000}" for _ in range(3 * MOST_LINES))
    assert len(block) < 500_000
    assert block.endswith(f"! and {2 * MOST_LINES} more\n~~~")


@pytest.mark.parametrize("base", ["nowhere", "main..change", "HEAD:briefings"])
def test_a_base_that_is_none(folder: Path, base: str) -> None:
    """A base that is no commit ends in a line."""
    result = call_hooks("review", base, folder)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("review: ")
    assert result.stderr.count("\n") == 1
