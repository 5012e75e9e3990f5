"""Clashes of ids: the newer file is at fault, as its author sees it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support.corpora import BASE, write_corpus
from verbatim.checks import checked_corpus
from verbatim.programs import ask_programs
from verbatim.reading.outside import Outside

CRANE = BASE["2020/pier.yml"].replace("A pier for the port", "A crane").replace("we-need-it", "we-want-it")


def clashes(folder: Path, outside: Outside) -> list[str]:
    """The files, lines and fields of what is reported."""
    problems = checked_corpus(folder, "en", outside)[1]
    return [f"{problem.where.file.removeprefix('briefings/')}: {problem.field}" for problem in problems]


@pytest.mark.parametrize(
    ("day", "committed", "blamed"),
    [
        ("2020-03-02", ["2020/pier.yml"], "2020/crane.yml"),
        ("2020-03-02", ["2020/crane.yml"], "2020/pier.yml"),
        ("2020-02-01", ["2020/pier.yml"], "2020/crane.yml"),
        ("2020-02-01", [], "2020/pier.yml"),
        ("2020-04-01", [], "2020/crane.yml"),
        ("2020-04-01", ["2020/crane.yml", "2020/pier.yml"], "2020/crane.yml"),
    ],
)
def test_the_newer_file_is_at_fault(day: str, committed: list[str], blamed: str, tmp_path: Path) -> None:
    """A file that is not committed is newer; of two that both are or both are not, that of the later briefing."""
    crane = CRANE.replace("date: 2020-03-02", f"date: {day}").replace("date: 2020-03-01", "date: 2020-01-01")
    folder = write_corpus(tmp_path / "briefings", {**BASE, "2020/crane.yml": crane})
    outside = Outside(last_commit=frozenset(f"briefings/{name}" for name in committed))
    assert clashes(folder, outside) == [f"{blamed}: positions[0].id"]


@pytest.mark.parametrize(("committed", "blamed"), [("2021", "2020"), ("2020", "2021")])
def test_of_two_files_of_one_name_the_newer_is_at_fault(committed: str, blamed: str, tmp_path: Path) -> None:
    """Of two files of one name the one that is not committed is at fault."""
    again = "{title: Again, date: 2021-03-02, lang: en, status: published, summary: Again.}"
    folder = write_corpus(tmp_path / "briefings", {**BASE, "2021/pier.yml": again})
    outside = Outside(last_commit=frozenset({f"briefings/{committed}/pier.yml"}))
    assert clashes(folder, outside) == [f"{blamed}/pier.yml: "]


def test_a_new_file_takes_no_former_id(tmp_path: Path) -> None:
    """A new actor that takes what another was once called is at fault, not the other."""
    files = {
        "actors/port-council.yml": "{kind: organisation, name: Port Council, formerly: [harbour-board]}",
        "actors/harbour-board.yml": "{kind: organisation, name: Harbour Board}",
    }
    folder = write_corpus(tmp_path / "briefings", {**BASE, **files})
    assert clashes(folder, Outside()) == ["actors/port-council.yml: formerly[0]"]
    known = frozenset({"briefings/actors/port-council.yml"})
    assert clashes(folder, Outside(last_commit=known)) == ["actors/harbour-board.yml: id"]


def test_git_says_what_is_committed(tmp_path: Path) -> None:
    """The files of the last commit are known; one that is only added to the index is new."""
    folder = write_corpus(tmp_path / "briefings", BASE)
    assert ask_programs(folder).last_commit == frozenset()
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Begin"]):
        subprocess.run([*git, *command], check=True)
    write_corpus(folder, {"2020/crane.yml": CRANE})
    subprocess.run([*git, "add", "--all"], check=True)
    assert ask_programs(folder).last_commit == {f"briefings/{name}" for name in BASE}
