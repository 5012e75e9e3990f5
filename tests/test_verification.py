"""Verification: golden cases, and properties of any text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import CASES
from support.corpora import BASE, VERIFIED, write_corpus
from support.projects import build, call_hooks, copy_sample
from verbatim.checks.claims import KnownText
from verbatim.model.entities import Quotation, Source
from verbatim.reading.closest import find_closest
from verbatim.reading.lock import LEAST_HIDDEN, Lock, ParagraphLine, QuotationLine, format_lock, parse_lock
from verbatim.reading.texts import Place, SourceText, Span, digest, normalise
from verbatim.views.statements import text_fragment_url

TEXT = "../.texts/harbour-gazette.txt"
"""The private text, relative to the folder of the briefings."""

UNFINISHED = {
    "2020/crane.yml": """
        title: TODO an unfinished crane
        date: 2020-03-02
        lang: en
        status: draft
        summary: An unfinished crane.
        voices: [{id: nobody-yet, name: Nobody yet}]
        quotations:
          - {id: wrong, source: harbour-gazette, speaker: ada-brun, quote: Boats never wait}
          - {id: whose, source: harbour-gazette, quote: The port is old}
        """,
}
"""A draft with an open point, a warning, a quotation that stands nowhere and one without a speaker."""

FILES = sorted((CASES / "verification").glob("*.yml"))


def run_case(case: dict, folder: Path) -> tuple[list[str], list[str]]:
    """The output of the case's command, and the keys and places in the lock afterwards."""
    write_corpus(folder, {**BASE, **VERIFIED, **case.get("before", {})})
    first = call_hooks("verify", folder)
    assert first.returncode == 0, first.stdout
    for name, content in case.get("after", {}).items():
        if content is None:
            (folder / name).unlink()
        else:
            write_corpus(folder, {name: content})
    if case.get("line-ends") == "crlf":
        text = VERIFIED[TEXT].replace("\n", "\r\n")
        (folder / TEXT).write_bytes(text.encode())
    before = (folder / "sources" / "verified.lock").read_bytes()
    result = call_hooks(*case["command"].split(), folder)
    assert result.stderr == ""
    assert result.returncode == case.get("status", result.returncode)
    lines = result.stdout.replace(f"{folder.name}/", "").splitlines()
    after = (folder / "sources" / "verified.lock").read_bytes()
    if case["command"] != "verify":
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


def inside_word(text: str, position: int, *, ends: bool = False) -> bool:
    """Whether a passage may not begin here, or not end; a simple reference implementation for `find`."""

    def letter(index: int) -> bool:
        char = text[index : index + 1] if index >= 0 else ""
        return bool(char) and (char.isalnum() or unicodedata.category(char) == "Mn") and char not in UNSPACED

    def digit(index: int) -> bool:
        return index >= 0 and text[index : index + 1].isdecimal()

    before, here = text[position - 1 : position], text[position : position + 1]
    if letter(position - 1):
        joined = here in ("'", "-", "·") and letter(position + 1)
        if letter(position) or joined or (digit(position - 1) and here in POINTS and digit(position + 1)):
            return True
    if here and unicodedata.category(here) == "Mn":
        return True
    if before in ("-", "·", *("'" * ends)) and letter(position - 2) and letter(position):
        return True
    if digit(position) and (before in ("-", "·", "−") or (before in (*POINTS, "'") and digit(position - 2))):
        return True
    return any(number.start() < position < number.end() for number in THOUSANDS.finditer(text))


POINTS = (".", ",", ":", "/")
THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:\s\d{3})+(?!\d)")

UNSPACED = "水はไท"
paragraphs = st.lists(st.text("abcé '’\u00a0\u00ad«»,.", min_size=1, max_size=40), min_size=1, max_size=6)


@given(paragraphs, st.data())
def test_any_passage_is_found_exactly_where_it_stands(blocks: list[str], data: st.DataObject) -> None:
    """Any passage of any text is found at its place, or at several that include it."""
    source = SourceText("\n\n".join(blocks))
    if not source.paragraphs:
        return
    paragraph = data.draw(st.sampled_from(range(len(source.paragraphs))))
    whole = source.paragraphs[paragraph]
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start + 1, len(whole)))
    quote = whole[start:end]
    if normalise(quote) != quote:
        return  # the schema strips blanks at the ends of a quotation
    if inside_word(whole, start) or inside_word(whole, end, ends=True):
        assert all(source.text[span.start : span.end] == quote for (span,) in source.find(quote, inside_words=True))
        return
    place = sum(len(before) + 1 for before in source.paragraphs[:paragraph]) + start
    places = source.find(quote)
    assert places[0][0].start <= place
    assert len(places) == 2 or places[0][0].start == place
    assert all(source.text[span.start : span.end] == quote for (span,) in places)
    assert source.paragraph_at(place) == paragraph + 1


def brute_force(text: str, parts: list[str], prefix: str, suffix: str, position: int = 0) -> Iterator[Place]:
    """Every place of a quotation, found by trying each start of each part; a reference for `find`."""
    part, *rest = parts
    for start in range(position, len(text) - len(part) + 1):
        end = start + len(part)
        before, after = text[:start].rstrip(), text[end:].lstrip()
        if not text.startswith(part, start) or not before.endswith(prefix):
            continue
        begins, ends = [start], [end]
        if prefix:
            begins.append(len(before) - len(prefix))
        if suffix and not rest:
            ends.append(len(text) - len(after) + len(suffix))
        if any(inside_word(text, place) for place in begins) or any(inside_word(text, p, ends=True) for p in ends):
            continue
        if not rest and after.startswith(suffix):
            yield (Span(start, end),)
        if rest:
            yield from ((Span(start, end), *later) for later in brute_force(text, rest, "", suffix, end))


pieces = (
    st.text("ab '", min_size=1, max_size=3)
    | st.text("aé1-./−·\u0301" + UNSPACED, min_size=1, max_size=2)
    | st.sampled_from(["1", "22", "333", "22 333", "333 a"])
)
letters = (
    st.text("ab '\n", max_size=12)
    | st.text("aé1 -'./−·\u0301\n" + UNSPACED, max_size=8)
    | st.lists(st.sampled_from(["1", "22", "333", " ", "a"]), max_size=8).map("".join)
)


@given(st.lists(letters, max_size=3), st.lists(pieces, min_size=1, max_size=4), pieces, pieces)
def test_finding_agrees_with_trying_every_place(blocks: list[str], parts: list[str], prefix: str, suffix: str) -> None:
    """The first place is found, and others are reported exactly if there are several."""
    source = SourceText("\n\n".join(blocks))
    normal = [normalise(part) for part in parts]
    for before, after in ((prefix, suffix), ("", suffix), (prefix, ""), ("", "")):
        found = source.find(" […] ".join(parts), before, after)
        known = list(brute_force(source.text, normal, normalise(before), normalise(after))) if all(normal) else []
        assert len(found) == min(2, len(known))
        assert found[:1] == known[:1]
        assert all(place in known for place in found)
        assert len(set(found)) == len(found)


words = st.text("ab水é1", min_size=1, max_size=3)


@given(
    st.lists(words, min_size=1, max_size=4), st.lists(words, max_size=3), st.sampled_from(["'", "-", "·", " ", ", "])
)
def test_no_part_of_a_word_is_ever_found(text: list[str], quote: list[str], joint: str) -> None:
    """A found passage never begins or ends inside a word."""
    source = SourceText(joint.join(text))
    for place in source.find(joint.join(quote)):
        for span in place:
            assert not inside_word(source.text, span.start)
            assert not inside_word(source.text, span.end, ends=True)


@given(st.text("abcdé ", min_size=3, max_size=60), st.data())
def test_one_letter_is_enough_to_refuse(text: str, data: st.DataObject) -> None:
    """A passage with one letter replaced by one that is not in the text is not found."""
    source = SourceText(text)
    places = [index for index, letter in enumerate(source.text) if letter.isalpha()]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    changed = source.text[:place] + data.draw(st.sampled_from("xyzÉA")) + source.text[place + 1 :]
    assert source.find(changed) == []
    closest = find_closest(source, changed, bounded=True)
    assert not closest or len(closest.passage) <= len(changed)


@given(st.text() | st.text("e\u0301\u0327\u00ad’«» \u00a0\n\u1100\u1161\u11a8"))
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Normalisation is idempotent."""
    assert normalise(normalise(text)) == normalise(text)


ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
shas = st.text().map(digest)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: Span(*pair))
withheld = st.none() | shas
locks = st.builds(
    Lock,
    st.dictionaries(st.tuples(ids, ids), st.builds(QuotationLine, ids, shas, spans, withheld), max_size=4),
    st.dictionaries(st.tuples(ids, st.integers(1, 999)), st.builds(ParagraphLine, withheld, withheld), max_size=4),
)


@given(locks)
def test_a_lock_reads_back_as_it_was_written(lock: Lock) -> None:
    """A formatted lock is parsed back unchanged, and is sorted."""
    text = format_lock(lock)
    again, problems = parse_lock(text, "lock")
    assert problems == []
    assert again == lock
    assert format_lock(again) == text


@given(st.lists(st.integers(20, 320), min_size=1, max_size=4), st.data())
def test_a_digest_always_hides_enough(lengths: list[int], data: st.DataObject) -> None:
    """A digest is written exactly if it covers at least the bound of hidden code points, for any quotations."""
    text = SourceText(
        "\n\n".join(
            " ".join(f"{number}x{index:03}" for index in range(length // 6)) for number, length in enumerate(lengths)
        )
    )
    words = text.text.replace("\n", " ").split(" ")
    quotations, known = [], set()
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(words) - 1))
        passage = " ".join(words[start : start + data.draw(st.integers(1, 40))])
        place = text.text.find(passage)
        if place >= 0:
            quotations.append(Quotation(id="q", source="s", speaker="a", quote=passage))
            known |= {*range(place - 1, place + len(passage) + 1)}
    source = Source(id="s", kind="press", title={"en": "S"}, lang="en", published="2020", text="private")
    known_text = KnownText(text, source, quotations)
    passages = [*text.paragraph_spans, Span(0, len(text.text))]
    digests = [
        *(known_text.paragraph_digest(number) for number in range(1, len(text.paragraphs) + 1)),
        known_text.digest,
    ]
    for passage, found in zip(passages, digests, strict=True):
        hidden = len({*range(passage.start, passage.end)} - known)
        assert found == (digest(text.text[passage.start : passage.end]) if hidden >= LEAST_HIDDEN else None)


def test_the_site_is_the_same_with_and_without_the_texts(tmp_path: Path) -> None:
    """The site depends on the lock alone, and has no sentence of a private text except quotations.

    A draft that is unfinished and unproven stops neither the strict check nor the published build.
    """
    folder = copy_sample(tmp_path, {**BASE, **VERIFIED, **UNFINISHED}, in_french_alone=True) / "briefings"
    assert call_hooks("verify", folder).returncode == 0
    checked = call_hooks("check", "--strict", folder)
    assert (checked.returncode, checked.stdout.count(": notice: ")) == (0, 5)
    build(tmp_path)
    with_texts = _published(tmp_path / "site")
    assert b"unfinished crane" not in b"".join(with_texts.values())
    (folder / TEXT).unlink()
    build(tmp_path)
    assert _published(tmp_path / "site") == with_texts
    everything = b"".join(with_texts.values()) + (folder / "sources" / "verified.lock").read_bytes()
    assert b"We need it now" in everything
    assert b"Boats wait" not in everything
    assert b"harbour master. " not in everything


def _published(site: Path) -> dict[str, bytes]:
    """Every file except the compressed sitemap, which has the time of its creation."""
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
    """A source's URL opens at the quotation, with prefix and suffix if the quotation has them."""
    quotation = Quotation(id="q", source="s", speaker="a", **fields)
    assert text_fragment_url("https://example.org/a", quotation) == address


def test_coverage_shows_what_no_claim_rests_on(tmp_path: Path) -> None:
    """Quoted and paraphrased sentences are marked, the rest are blank, and the share is printed."""
    text = VERIFIED[TEXT].split(" The council")[0]
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED, TEXT: text})
    lines = call_hooks("coverage", "pier", folder).stdout.splitlines()
    assert lines == [
        "harbour-gazette: 2 of 4 sentences support a claim (50%)",
        "    1  The port is old.",
        '"   2  "We need it now," said the harbour master.',
        '    2  "It\'s time."',
        "~   3  Boats wait for days, and they need it too.",
        '"  quoted    ~  paraphrased    blank: supports no claim',
    ]
    assert call_hooks("coverage", "peir", folder).stderr == (
        "coverage: no briefing and no source 'peir' (did you mean 'pier'?)\n"
    )


@pytest.mark.parametrize(
    "named", ["harbour-gazette", ".texts/harbour-gazette.txt", "briefings/sources/harbour-gazette.yml"]
)
def test_coverage_of_a_source_that_nothing_cites(named: str, tmp_path: Path) -> None:
    """A source is covered by its id or a path, before anything cites it."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    (folder / "2020/pier.yml").unlink()
    first = call_hooks("coverage", named, folder).stdout.splitlines()[0]
    assert re.fullmatch(r"harbour-gazette: 0 of \d+ sentences support a claim \(0%\)", first)


def test_coverage_of_a_briefing_by_its_path(tmp_path: Path) -> None:
    """A path names a briefing; one that cites nothing yet shows the source of its own id."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    assert call_hooks("coverage", folder / "2020/pier.yml", folder).stdout.startswith("harbour-gazette: 3 of 5 ")
    draft = "{title: A draft, date: 2020-03-02, lang: en, status: draft, summary: TODO}"
    write_corpus(folder, {"2020/harbour-gazette.yml": draft})
    result = call_hooks("coverage", folder / "2020/harbour-gazette.yml", folder)
    assert result.stdout.startswith("harbour-gazette: 0 of ")


def test_coverage_says_what_is_missing(tmp_path: Path) -> None:
    """A text that is not here, a briefing that cites nothing, and a file that cannot be read are said."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED, "2020/crane.yml": "title: A crane"})
    (folder / TEXT).unlink()
    said = {id: call_hooks("coverage", id, folder) for id in ("pier", "crane")}
    assert {result.returncode for result in said.values()} == {1}
    assert said["pier"].stderr == (
        "coverage: no text of 'harbour-gazette' is here (put it at .texts/harbour-gazette.txt)\n"
    )
    assert said["crane"].stderr == (
        "coverage: 'crane' cannot be read, or not all of it (`python hooks check` says why)\n"
    )


def test_a_lock_that_cannot_be_read_is_not_lost(tmp_path: Path) -> None:
    """Where a line of the lock is spoilt and its text is not here, verify leaves the lock as it is."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    assert call_hooks("verify", folder).returncode == 0
    lock = folder / "sources" / "verified.lock"
    spoilt = lock.read_text().replace("quotation pier", "quotatoin pier")
    lock.write_text(spoilt)
    (folder / TEXT).rename(tmp_path / "elsewhere.txt")
    result = call_hooks("verify", folder)
    assert (result.returncode, lock.read_text()) == (1, spoilt)
    assert result.stderr == "verify: the lock is not written, since not all that it should hold is proven here\n"
    (tmp_path / "elsewhere.txt").rename(folder / TEXT)
    assert call_hooks("verify", folder).returncode == 0
    assert "quotation pier" in lock.read_text()


def test_hostile_quotations_are_searched_in_linear_time() -> None:
    """Many gaps, self-overlapping parts and many matches do not multiply the time."""
    source = SourceText("a aa " * 200_000)
    assert source.find(" […] ".join(["a"] * 150 + ["z"])) == []
    assert source.find(" […] ".join(["a"] * 150), prefix="z") == []
    assert len(source.find(" […] ".join(["a"] * 150))) == 2
    assert source.find("a aa " * 199 + "b") == []
    assert source.find("a aa " * 199 + "a", suffix="b") == []
    assert source.find("a aa " * 199 + "a", prefix="b") == []
