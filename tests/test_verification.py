"""Verification: the golden cases, and what holds for any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import CASES, run_hooks
from test_cases import BASE, write_corpus
from verbatim.lock import Lock, ParagraphLine, QuotationLine, format_lock, parse_lock
from verbatim.matching import SourceText, Span, digest, normalise

VERIFIED = yaml.safe_load((CASES / "verification-base.yml").read_text(encoding="utf-8"))["files"]
FILES = sorted((CASES / "verification").glob("*.yml"))


def run_case(case: dict, folder: Path) -> tuple[list[str], list[str]]:
    """What the case's command prints, and the keys and places in the lock afterwards."""
    write_corpus(folder, {**BASE, **VERIFIED, **case.get("before", {})})
    first = run_hooks("verify", folder)
    assert first.returncode == 0, first.stdout
    for name, content in case.get("after", {}).items():
        if content is None:
            (folder / name).unlink()
        else:
            write_corpus(folder, {name: content})
    if case.get("line-ends") == "crlf":
        text = VERIFIED["sources/harbour-gazette.txt"].replace("\n", "\r\n")
        (folder / "sources" / "harbour-gazette.txt").write_bytes(text.encode())
    before = (folder / "sources" / "verified.lock").read_bytes()
    result = run_hooks(*case["command"].split(), folder)
    assert result.stderr == ""
    lines = result.stdout.replace(f"{folder.name}/", "").splitlines()
    after = (folder / "sources" / "verified.lock").read_bytes()
    if case["command"] != "verify" or result.returncode:
        assert after == before
    keys = [re.sub(r" [0-9a-f]{64}", "", line) for line in after.decode().splitlines() if line[0] != "#"]
    return lines, keys


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    """The promise at the head of the file holds."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    lines, lock = run_case(case, tmp_path / "briefings")
    assert lines == case["expected"]
    assert lock == case["lock"]


paragraphs = st.lists(st.text("abcé '’\u00a0\u00ad«»,.", min_size=1, max_size=40), min_size=1, max_size=6)


@given(paragraphs, st.data())
def test_any_passage_is_found_exactly_where_it_stands(blocks: list[str], data: st.DataObject) -> None:
    """Any passage of any text is found at its place, or is told to stand in several, that one among them."""
    source = SourceText("\n\n".join(blocks))
    if not source.paragraphs:
        return
    paragraph = data.draw(st.sampled_from(range(len(source.paragraphs))))
    whole = source.paragraphs[paragraph]
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start + 1, len(whole)))
    quote = whole[start:end]
    if normalise(quote) != quote:
        return  # a passage that begins or ends with a blank is not what an author can write
    place = sum(len(before) + 1 for before in source.paragraphs[:paragraph]) + start
    spans = source.find(quote, most=10_000)
    assert Span(place, place + len(quote)) in spans
    assert all(source.text[span.start : span.end] == quote for span in spans)
    assert source.paragraph_at(place) == paragraph + 1


@given(st.text("abcdé ", min_size=3, max_size=60), st.data())
def test_one_letter_is_enough_to_refuse(text: str, data: st.DataObject) -> None:
    """A passage with one letter changed to one that the text does not hold is not found."""
    source = SourceText(text)
    places = [index for index, letter in enumerate(source.text) if letter.isalpha()]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    changed = source.text[:place] + data.draw(st.sampled_from("xyzÉA")) + source.text[place + 1 :]
    assert source.find(changed) == []
    assert len(re.sub("[‹›]", "", source.closest(changed))) <= len(changed)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The normal form of a normal form is itself."""
    assert normalise(normalise(text)) == normalise(text)


ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
shas = st.text().map(digest)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: Span(*pair))
locks = st.builds(
    Lock,
    st.dictionaries(st.tuples(ids, ids), st.builds(QuotationLine, ids, shas, spans, shas), max_size=4),
    st.dictionaries(st.tuples(ids, st.integers(1, 999)), st.builds(ParagraphLine, shas, shas), max_size=4),
)


@given(locks)
def test_a_lock_reads_back_as_it_was_written(lock: Lock) -> None:
    """Formatting and parsing are inverse, and the file is sorted."""
    text = format_lock(lock)
    again, problems = parse_lock(text, "lock")
    assert problems == []
    assert again == lock
    assert format_lock(again) == text


def test_a_search_that_cannot_end_well_ends_soon() -> None:
    """Many gaps in a text of many matches do not multiply."""
    source = SourceText("a " * 2000)
    assert source.find(" […] ".join(["a"] * 30 + ["z"])) == []
    assert source.find(" […] ".join(["a"] * 30), prefix="z") == []
