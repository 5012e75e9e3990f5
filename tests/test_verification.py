"""Verification: the golden cases, and what holds for any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import CASES
from support.corpora import BASE, VERIFIED, write_corpus
from support.projects import copy_sample, run_hooks
from verbatim.model.entities import Quotation
from verbatim.reading.lock import Lock, ParagraphLine, QuotationLine, format_lock, parse_lock
from verbatim.reading.texts import SourceText, Span, digest, normalise
from verbatim.views.statements import text_fragment_url

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


def test_the_site_is_the_same_with_and_without_the_texts(tmp_path: Path) -> None:
    """What is published depends on the lock alone, and holds no sentence of a private text but the quotations."""
    folder = copy_sample(tmp_path, {**BASE, **VERIFIED}) / "briefings"
    assert run_hooks("verify", folder).returncode == 0
    assert run_hooks(tmp_path, "build").returncode == 0
    with_texts = _published(tmp_path / "site")
    (folder / "sources" / "harbour-gazette.txt").unlink()
    assert run_hooks(tmp_path, "build").returncode == 0
    assert _published(tmp_path / "site") == with_texts
    everything = b"".join(with_texts.values()) + (folder / "sources" / "verified.lock").read_bytes()
    assert b"We need it now" in everything
    assert b"Boats wait" not in everything
    assert b"harbour master. " not in everything


def _published(site: Path) -> dict[str, bytes]:
    """Every file but the compressed sitemap, which carries the second of its making."""
    files = (path for path in site.resolve().rglob("*") if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(site.resolve()).as_posix(): path.read_bytes() for path in files}


FRAGMENTS = {
    "short": ({"quote": "we need it"}, "https://example.org/a#:~:text=we%20need%20it"),
    "long": (
        {"quote": "one two three four five six seven eight nine"},
        "https://example.org/a#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine",
    ),
    "gap": ({"quote": "one […] two"}, "https://example.org/a#:~:text=one,two"),
    "marks": ({"quote": "twenty-one, a & b"}, "https://example.org/a#:~:text=twenty%2Done%2C%20a%20%26%20b"),
    "beside": (
        {"quote": "need it", "prefix": "they", "suffix": "now"},
        "https://example.org/a#:~:text=they-,need%20it,-now",
    ),
}


@pytest.mark.parametrize(("fields", "address"), FRAGMENTS.values(), ids=FRAGMENTS)
def test_passages_have_addresses(fields: dict, address: str) -> None:
    """A source's address opens at the quotation, by the words beside it where they were needed to find it."""
    quotation = Quotation(id="q", source="s", speaker="a", **fields)
    assert text_fragment_url("https://example.org/a", quotation) == address


def test_coverage_shows_what_no_claim_rests_on(tmp_path: Path) -> None:
    """Quoted and paraphrased sentences are marked, the rest are blank, and the share is told."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    lines = run_hooks("coverage", "pier", folder).stdout.splitlines()
    assert lines == [
        "harbour-gazette: 2 of 4 sentences support a claim (50%)",
        "    1  The port is old.",
        '"   2  "We need it now," said the harbour master.',
        '    2  "It\'s time."',
        "~   3  Boats wait for days, and they need it too.",
        '"  quoted    ~  paraphrased    blank: supports no claim',
    ]
    assert run_hooks("coverage", "peir", folder).stderr == (
        "coverage: unknown or unreadable briefing 'peir' (did you mean 'pier'?)\n"
    )


def test_a_search_that_cannot_end_well_ends_soon() -> None:
    """Many gaps in a text of many matches do not multiply."""
    source = SourceText("a " * 2000)
    assert source.find(" […] ".join(["a"] * 30 + ["z"])) == []
    assert source.find(" […] ".join(["a"] * 30), prefix="z") == []
