"""Limits: no file, list or lock takes more than its share of time, memory or lines on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.corpora import BASE, VERIFIED, lines_of, write_corpus
from verbatim.checks.references import MAX_HINTS
from verbatim.model.entities import Actor, Briefing, Issue, Source
from verbatim.problems import MAX_IN_ALL, MAX_PER_FILE, Problem, Where, in_bounds
from verbatim.reading.loading import load_corpus
from verbatim.reading.lock import MAX_LOCK_BYTES, parse_lock
from verbatim.reading.strict_yaml import MAX_VALUES, parse
from verbatim.reading.text_files import MAX_TEXT_BYTES


def arrays(schema: Any) -> Iterator[dict[str, Any]]:
    """Every list in a JSON schema."""
    if isinstance(schema, dict) and schema.get("type") == "array":
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from arrays(inner)


@pytest.mark.parametrize("model", [Actor, Briefing, Issue, Source])
def test_every_list_has_a_bound(model: type) -> None:
    """A list that is added to the model without a bound fails here."""
    found = list(arrays(model.model_json_schema(mode="validation")))
    assert found
    assert all(0 < array.get("maxItems", 0) <= 500 for array in found), found


def test_values_are_counted_while_they_are_read() -> None:
    """A file of many small values is refused before they take memory."""
    document, problems = parse(f"a: [{'{},' * (MAX_VALUES + 10)}]".encode(), "f.yml")
    assert document is None
    assert [problem.message for problem in problems] == [f"more than {MAX_VALUES} values in one file"]


def test_a_lock_without_sense_is_read_no_further() -> None:
    """Two megabytes of other lines give a hundred problems and one that says that the rest is not read."""
    _, problems = parse_lock("x\n" * 1_000_000, "verified.lock")
    assert len(problems) == MAX_PER_FILE + 1
    assert str(problems[-1]).startswith("verified.lock:101:1: more than 100 problems: the rest of the lock is not read")


def test_a_lock_and_a_text_that_are_too_large_are_not_read(tmp_path: Path) -> None:
    """Their sizes are judged before their content."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    (folder / "sources/verified.lock").write_bytes(b"#" * (MAX_LOCK_BYTES + 1))
    (tmp_path / ".texts/harbour-gazette.txt").write_bytes(b"a" * (MAX_TEXT_BYTES + 1))
    corpus, problems = load_corpus(folder, "en")
    assert [str(problem).replace(f"{folder.name}/", "") for problem in problems] == [
        ".texts/harbour-gazette.txt:1:1: larger than 2048 KiB",
        "sources/verified.lock:1:1: larger than 32 MiB",
    ]
    assert not corpus.texts


def test_heaps_of_marks_are_not_put_in_order(tmp_path: Path) -> None:
    """A text of a million accents on one letter, which would take an hour, is refused; soft hyphens do not help."""
    for marks in ("\u0301\u0323" * 500_000, "\u0301\u00ad\u0323" * 200_000):
        folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
        (tmp_path / ".texts/harbour-gazette.txt").write_text(f"We need it now{marks}.", encoding="utf-8")
        corpus, problems = load_corpus(folder, "en")
        message = ".texts/harbour-gazette.txt:1:1: more than 30 accents or other marks on one letter"
        assert [str(problem) for problem in problems] == [message]
        assert not corpus.texts


def test_suggestions_are_few(tmp_path: Path) -> None:
    """Only the first unknown ids are compared with all that are known; all are reported."""
    actors = ", ".join(f"ada-brum-{number}" for number in range(MAX_HINTS + 10))
    question = f"open_questions:\n  - {{id: o, summary: S, actors: [{actors}]}}\n"
    lines = lines_of(write_corpus(tmp_path / "briefings", {**BASE, "2020/pier.yml": BASE["2020/pier.yml"] + question}))
    assert len(lines) == MAX_HINTS + 10
    assert sum("did you mean 'ada-brun'?" in line for line in lines) == MAX_HINTS


def test_problems_are_counted_where_they_are_many() -> None:
    """A file shows its first problems, a run the first files', and each how many more there are and how grave."""
    many = [Problem(Where("a.yml", line), "", "wrong", severity="warning") for line in range(1, MAX_PER_FILE + 3)]
    assert [str(problem) for problem in in_bounds([*many, *many])[-2:]] == [
        "a.yml:100:1: warning: wrong",
        "a.yml:101:1: warning: and 2 more in this file",
    ]
    one_error = Problem(Where("a.yml", 900), "", "wrong")
    assert in_bounds([*many, one_error])[-1].severity == "error"
    everywhere = [Problem(Where(f"{number:05}.yml"), "", "wrong") for number in range(MAX_IN_ALL + 5)]
    assert str(in_bounds(everywhere)[-1]) == "01000.yml:1:1: and 5 more in other files"
    assert in_bounds(many[:3]) == many[:3]
