"""Odd files: links, folders and pipes in place of files, unreadable files, and content at the limits."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import ROOT
from support.corpora import BASE, lines_of, write_corpus
from support.projects import call_hooks
from verbatim.problems import Problem, Where, printable
from verbatim.reading.loading import load_corpus
from verbatim.reading.lock import parse_lock

LINKED = ("actors/ada-brun.yml", "actors/port-council.yml", "issues/new-pier.yml", "sources/harbour-gazette.yml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "briefings", BASE)


@pytest.mark.parametrize("name", [*LINKED, "2020/pier.yml"])
def test_a_linked_file_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    """A symbolic link to a file in the folder or elsewhere is reported, and not read."""
    outside = tmp_path / "outside.yml"
    (folder / name).rename(outside)
    (folder / name).symlink_to(outside)
    assert f"{name}:1:1: a symbolic link (put the file itself here)" in lines_of(folder)
    corpus, _ = load_corpus(folder, "en")
    assert Path(name).stem not in {record.id for record in corpus.records()}


def test_a_linked_text_is_refused(folder: Path, tmp_path: Path) -> None:
    """A source's text that is a link is reported, and not read."""
    (tmp_path / "secret.txt").write_text("we need it")
    gazette = folder / "sources/harbour-gazette.yml"
    gazette.write_text(gazette.read_text().replace("text: none", "text: private"))
    (folder / "sources/harbour-gazette.txt").symlink_to(tmp_path / "secret.txt")
    assert "sources/harbour-gazette.txt:1:1: a symbolic link (put the file itself here)" in lines_of(folder)
    assert load_corpus(folder, "en")[0].texts == {}


def test_a_linked_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    """A registry or a year that is a link is reported, also if it is broken or links to itself."""
    (folder / "actors").rename(tmp_path / "elsewhere")
    (folder / "actors").symlink_to(tmp_path / "elsewhere")
    (folder / "2021").symlink_to(tmp_path / "nowhere")
    (folder / "2022").symlink_to(folder)
    lines = lines_of(folder)
    assert {f"{name}:1:1: a symbolic link (put the folder itself here)" for name in ("actors", "2021", "2022")} <= {
        *lines
    }


def test_a_folder_or_a_pipe_is_no_file(folder: Path) -> None:
    """A folder named like a file and a pipe without a writer are reported; nothing waits for them."""
    (folder / "2020/x.yml").mkdir()
    os.mkfifo(folder / "actors/pipe.yml")
    assert lines_of(folder) == ["2020/x.yml:1:1: not a file", "actors/pipe.yml:1:1: not a file"]


def test_a_file_is_no_folder(folder: Path) -> None:
    """A file in the place of a registry or of a year is reported."""
    (folder / "2021").write_text("title: A pier\n")
    assert lines_of(folder) == ["2021:1:1: a file where a folder is expected"]


def test_what_cannot_be_read_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be opened is reported, and files that reference it are not."""
    opened = Path.open

    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if path.name == "ada-brun.yml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse)
    assert lines_of(folder) == ["actors/ada-brun.yml:1:1: cannot be read: Permission denied"]


def test_words_stay_the_words_that_they_are(folder: Path) -> None:
    """Values that YAML 1.1 reads as booleans, times and numbers stay as typed."""
    words = ["no", "22:30", "010", "1e3", "1_000", "Null", "~", "yes", "-0044", "0x1F", "2017-05-22", ".inf", "12e03"]
    (folder / "actors/port-council.yml").write_text(f"kind: organisation\nname: no\naliases: [{', '.join(words)}]\n")
    corpus, problems = load_corpus(folder, "en")
    assert problems == []
    assert corpus.actors["port-council"].name == {"en": "no"}
    assert corpus.actors["port-council"].aliases == words


def test_prose_that_would_keep_markdown_busy(folder: Path) -> None:
    """Twenty thousand square brackets are refused before they are parsed as Markdown."""
    (folder / "issues/new-pier.yml").write_text(f"question: A pier?\nshort: Pier\ndescription: '{'[' * 20_000}'\n")
    assert lines_of(folder) == ["issues/new-pier.yml:3:14: description: longer than 4000 characters"]
    (folder / "issues/new-pier.yml").write_text(f"question: A pier?\nshort: Pier\ndescription: '{'[' * 4000}'\n")
    assert lines_of(folder) == ["issues/new-pier.yml:3:14: description: more than 100 square brackets"]


@pytest.mark.parametrize("line", ["quotation a b c {sha} {long}-2 {sha}", "paragraph a {long} {sha} {sha}"])
def test_a_number_without_end_in_the_lock(line: str) -> None:
    """A line of a lock with a number that no text can have is malformed, for any number of digits."""
    lock, problems = parse_lock(line.format(sha="0" * 64, long="9" * 5000), "verified.lock")
    assert [str(problem) for problem in problems] == [
        "verified.lock:1:1: not a line of a lock (run `python hooks verify`)"
    ]
    assert lock.places == {}


@pytest.mark.parametrize("text", ["", " \n\n ", "\u00ad\n"], ids=["empty", "blank", "soft hyphen"])
def test_coverage_of_a_text_without_a_sentence(folder: Path, text: str) -> None:
    """A text without a sentence is no text: coverage asks for one, and check says that it is empty."""
    gazette = folder / "sources/harbour-gazette.yml"
    gazette.write_text(gazette.read_text().replace("text: none", "text: private"))
    write_corpus(folder, {"../.texts/harbour-gazette.txt": text})
    result = call_hooks("coverage", "pier", folder)
    hint = "(put it at .texts/harbour-gazette.txt)"
    assert (result.returncode, result.stderr) == (1, f"coverage: no text of 'harbour-gazette' is here {hint}\n")
    assert ".texts/harbour-gazette.txt:1:1: empty" in call_hooks("check", folder).stdout


def test_lines_of_a_lock_are_those_of_an_editor() -> None:
    """Only a line feed ends a line, so that a problem has the line number of an editor."""
    _, problems = parse_lock("\x0b\x85\u2028\nnone of ours", "verified.lock")
    assert [problem.where.line for problem in problems] == [1, 2]


HOSTILE = "\x1b[2J\n::error file=x::y\r##[error]z\u202e\u2028"


def test_names_of_files_do_not_reach_the_terminal_raw(folder: Path) -> None:
    """Escape sequences, line breaks and commands to CI in a file's name are printed escaped."""
    name = HOSTILE.replace("/", "")
    (folder / "2020" / f"{name}.yml").write_text("title: A pier\n")
    (folder / "actors" / f"{name}.txt").write_text("")
    write_corpus(folder, {f"../.texts/{name}.txt": "Words.\n"})
    (folder / os.fsdecode(b"2021\xff\n")).mkdir()
    for command in ("check", "verify"):
        result = call_hooks(command, folder)
        assert result.returncode == 1
        assert "\\x1b[2J\\n::error file=x::y\\r# #[error]z\\u202e\\u2028.yml:1:1: " in result.stdout
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028\u202e]|^::|##\[", result.stdout, re.MULTILINE)


def test_coverage_shows_texts_escaped(folder: Path) -> None:
    """A source's text cannot write to the terminal what is no text."""
    gazette = folder / "sources/harbour-gazette.yml"
    gazette.write_text(gazette.read_text().replace("text: none", "text: private"))
    write_corpus(folder, {"../.texts/harbour-gazette.txt": "We \x1b]0;title\x07 need it. ##[error]z\n\n\x9b2J\n"})
    result = call_hooks("coverage", "pier", folder)
    assert result.returncode == 0
    assert "We \\x1b]0;title\\x07 need it." in result.stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x80-\x9f]|##\[", result.stdout)


@given(st.text(), st.text(), st.text(), st.text())
def test_a_problem_is_one_harmless_line(file: str, field: str, message: str, hint: str) -> None:
    """Whatever a problem speaks of, it is printed in one line of shown characters."""
    line = str(Problem(Where(f"briefings/{file}"), field, message, hint))
    assert re.fullmatch(
        r"briefings/[^\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]*", line
    )
    assert "##[" not in line
    assert printable(line) == line


@pytest.mark.parametrize(
    ("shell", "status", "said"),
    [
        ('{check} "$0" | true; exit "${{PIPESTATUS[0]}}"', 1, ""),
        ('{check} "$0" >/dev/full', 1, "python hooks: [Errno 28] No space left on device"),
        ('mkdir "$0/gone"; cd "$0/gone"; rmdir "$0/gone"; {check} briefings', 1, "python hooks: [Errno 2] No such"),
        ('{check} "$0" >&-', 1, ""),
        ('{check} "' + "x" * 5000 + '"', 1, "python hooks: [Errno 36] File name too long"),
    ],
    ids=["reader that leaves", "full disk", "folder that is gone", "no output", "name without end"],
)
def test_commands_end_without_a_traceback(folder: Path, shell: str, status: int, said: str) -> None:
    """Whatever becomes of what a command reads and writes, it says so in one line at most."""
    for number in range(60):  # more lines than a pipe holds
        (folder / "2020" / f"{'x' * 60}-{number}.yml").write_text("".join(f"titel-{n}: A pier\n" for n in range(40)))
    check = f"{sys.executable} {ROOT / 'hooks'} check"
    command = ["bash", "-c", shell.format(check=check), str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == status
    assert result.stderr.startswith(said)
    assert len(result.stderr.splitlines()) == (1 if said else 0)


def test_an_interrupted_command_ends_in_silence() -> None:
    """Ctrl-C ends a command with the status that shells expect, and without a traceback."""

    def interrupted() -> int:
        raise KeyboardInterrupt

    commands = runpy.run_path(str(ROOT / "hooks" / "__main__.py"), run_name="command_line")
    commands["_run"].__globals__["main"] = interrupted
    assert commands["_run"]() == 130
