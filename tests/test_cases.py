"""Golden cases: each file under `cases/` has changes to a small corpus, and the lines that `check` prints."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from support import CASES
from support.corpora import BASE, lines_of, write_corpus
from verbatim.checks import RULES

FILES = sorted(path for folder in ("yaml", "schema", "checks") for path in (CASES / folder).glob("*.yml"))


def test_the_base_of_all_cases_is_clean(tmp_path: Path) -> None:
    """The base corpus has no problems, so that a case reports only its own."""
    assert lines_of(write_corpus(tmp_path / "briefings", BASE)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path, tmp_path: Path) -> None:
    """The promise at the head of the file holds, line by line."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert lines_of(write_corpus(tmp_path / "briefings", {**BASE, **case["files"]})) == case["expected"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_line_endings_change_nothing(path: Path, tmp_path: Path) -> None:
    """A file with CRLF line endings or a byte order mark gives the same lines."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    folder = write_corpus(tmp_path / "briefings", {**BASE, **case["files"]})
    for file in folder.rglob("*.y*ml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert lines_of(folder) == case["expected"]


def test_every_rule_has_its_case() -> None:
    """Every rule has a golden case."""
    named = {path.stem for path in (CASES / "checks").glob("*.yml")} - {"unresolved"}
    assert named == {rule.__name__.replace("_", "-") for rule in RULES}
