"""Fuzzing: any content of the files gives a site, or problems with locations, within limits of time and memory.

`make fuzz` runs it for a long time, with other examples each time; `make test` runs a few, the same each time.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from xml.etree import ElementTree

import icalendar
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import CASES, SAMPLE
from support.corpora import BASE
from support.filling import Leaf, Place, fill, records
from support.payloads import PAYLOADS
from verbatim.checks import checked_corpus
from verbatim.exports.calendars import LINE_OCTETS
from verbatim.model.dates import Edtf
from verbatim.model.values import Locator, _check_prose
from verbatim.pages.fingerprints import Fingerprints
from verbatim.problems import fatal
from verbatim.site import Output, make_output
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language
from verbatim.wording.prose import render_prose, strip_prose

SECONDS, BYTES = 5, 1 << 30
"""Limits of processor time and of memory for any input; ordinary ones take a hundredth."""

SITE = Site("Gazette", "https://example.org/")
LANGUAGES = [load_language(code) for code in ("fr", "en")]
FILES = {name: data for name, (_, data) in records().items()}
REAL = [path.read_bytes() for path in sorted((SAMPLE / "briefings").rglob("*.yml"))]

DATES = [
    "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "0000", "0001", "9999", "9999-12-31/..", "../0001-01-01",
    "0001/9999", "0800-02-03", "0800-02-03T10:00Z", "-0044", "201X", "000X", "999X", "2020-02-30", "2020-13", "../..",
    "2020-02-29~", "2020-03-01T24:00", "2020-03-01T23:59:60Z", "2020-03-01T10:00/2020-03-01T09:00", "2020/2020-02",
    "2019-02-29", "2020-03-01T10:00+01:00/2020-03-02", "2020~/2021?", "２０２０", "2020-03-01T10:00-00:00",
]  # fmt: skip
WORDS = [
    "", " ", "\u00a0", "!!!", "'", "…", "\u200d", "İ", "null", "true", "no", "9" * 5000, "1e400", "0x1F", "x" * 4001,
    "- - - - x", "* a\n    * b\n        * c", "guild-00", "summit-00", "con", "en", "for", "paragraph 0",
    "paragraph 999999999999", "minute 3:20", "https://example.org/" + "x" * 3000, "http://[::1]:99999/", "Q1",
    "«»", "\ufdfa", "e\u0301" * 50, "🏴\u200d☠️", "\u0e33", "ß", "words-00", "stated-00", "source",
]  # fmt: skip
MARKUP = "*_[]()<>-+1. \n\\`#&;\"'!|~={}@:/ahtps"

scalars = st.sampled_from([*DATES, *WORDS, *PAYLOADS.values()]) | st.text(MARKUP, max_size=60) | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["fr", "en", "id", "event", "source", "locator", "date"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def all_leaves() -> Iterator[tuple[str, Place, str | None]]:
    """Every field of the corpus with a single value, including those that are not set."""
    for name, (model, data) in records().items():
        found = []
        fill(model, data, lambda place, leaf, found=found: found.append((place, leaf)))
        yield from ((name, place, leaf.value if leaf.kind in ("id", "reference") else None) for place, leaf in found)


LEAVES = [(name, place) for name, place, _ in all_leaves()]
IDS = sorted({id for _, _, id in all_leaves() if id} | {Path(name).stem for name in FILES} | {"a", "b", "source"})


class Pairs(list):
    """A mapping that may have a key twice."""


def as_pairs(data: Any) -> Any:
    if isinstance(data, dict):
        return Pairs([key, as_pairs(value)] for key, value in data.items())
    return [as_pairs(item) for item in data] if isinstance(data, list) else data


def write(data: Any) -> str:
    """Format as YAML in flow style."""
    if isinstance(data, Pairs):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {write(value)}" for key, value in data) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(write, data)) + "]"
    return json.dumps(data, ensure_ascii=False)


def nodes(data: list) -> Iterator[tuple[list, int]]:
    """Every place in data that can be changed: the list or pair, and the index in it."""
    for index, item in enumerate(data):
        pair, place = (item, 1) if isinstance(data, Pairs) else (data, index)
        yield pair, place
        if isinstance(pair[place], list):
            yield from nodes(pair[place])


def change(draw: st.DrawFn, data: Pairs) -> None:
    """One change at a random place: a value is replaced, moved, wrapped or unwrapped, or a key dropped, doubled or
    renamed."""
    places = list(nodes(data))
    holder, index = places[draw(st.integers(0, len(places) - 1))]
    mappings = [each for each in (data, *(h[i] for h, i in places)) if isinstance(each, Pairs) and each]
    kind = draw(st.sampled_from(["replace", "replace", "replace", "swap", "wrap", "drop", "double", "rename", "empty"]))
    if kind == "replace":
        holder[index] = as_pairs(draw(values))
    elif kind == "swap":
        other, place = places[draw(st.integers(0, len(places) - 1))]
        holder[index] = json.loads(json.dumps(other[place])) if isinstance(other[place], str) else other[place][:0]
    elif kind == "wrap":
        holder[index] = draw(st.sampled_from([[holder[index]], Pairs([["fr", holder[index]]]), [[holder[index]]]]))
    elif kind == "empty":
        holder[index] = draw(st.sampled_from([[], Pairs(), ""]))
    else:
        mapping = mappings[draw(st.integers(0, len(mappings) - 1))]
        place = draw(st.integers(0, len(mapping) - 1))
        if kind == "drop":
            del mapping[place]
        elif kind == "double":
            mapping.append(list(mapping[place]))
        else:
            keys = [pair[0] for each in mappings for pair in each]
            mapping[place][0] = draw(st.sampled_from([*keys, "titel", "<<", "", "a: b", "x" * 90, "__proto__"]))


@st.composite
def mutated_files(draw: st.DrawFn) -> dict[str, str]:
    """A valid corpus with a few changes in one file or several."""
    files = {name: as_pairs(data) for name, data in FILES.items()}
    for _ in range(draw(st.integers(1, 5))):
        change(draw, files[draw(st.sampled_from(sorted(files)))])
    return {name: write(data) for name, data in files.items()}


def plausible(leaf: Leaf) -> st.SearchStrategy[str]:
    """Values that the schema accepts for a field, or almost."""
    if leaf.kind in ("line", "prose"):
        texts = st.sampled_from([*PAYLOADS.values(), *WORDS]) | st.text(MARKUP, max_size=200) | st.text(max_size=30)
        return texts.map(lambda text: text[: leaf.limit])
    if leaf.kind in ("reference", "id"):
        return st.sampled_from(IDS)
    if leaf.type is Edtf:
        days = st.dates().map(date.isoformat)
        return days | st.tuples(days, days).map(lambda both: "/".join(sorted(both))) | st.sampled_from(DATES)
    if get_origin(leaf.type) is Literal:
        return st.sampled_from(get_args(leaf.type))
    kinds = {int: ["0", str(10**15)], Locator: ["paragraph 1", "paragraph 0", "page 12-14", "minute 3:20"]}
    return st.sampled_from(kinds.get(leaf.type, [leaf.value]))


@st.composite
def rewritten_files(draw: st.DrawFn) -> dict[str, str]:
    """A valid corpus with values replaced by others of their kind, and items removed or repeated."""
    chosen = draw(st.dictionaries(st.sampled_from(LEAVES), st.none(), max_size=12))
    files = {}
    for name, (model, data) in records().items():

        def put(place: Place, leaf: Leaf, name: str = name) -> str | None:
            seldom = leaf.kind in ("reference", "id") and draw(st.integers(0, 3))
            return draw(plausible(leaf)) if (name, place) in chosen and not seldom else None

        pairs = as_pairs(fill(model, data, put))
        lists = [holder[index] for holder, index in nodes(pairs) if type(holder[index]) is list and holder[index]]
        if lists and draw(st.integers(0, 5)) == 0:
            items = draw(st.sampled_from(lists))
            place = draw(st.integers(0, len(items) - 1))
            items[place : place + 1] = [] if draw(st.booleans()) else [items[place]] * 2
        files[name] = write(pairs)
    return files


@st.composite
def spoilt_bytes(draw: st.DrawFn) -> bytes:
    """A real file with bytes inserted, removed or doubled; or any bytes."""
    data = draw(st.sampled_from(REAL) | st.binary(max_size=200))
    for _ in range(draw(st.integers(0, 4))):
        start, length = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        put = draw(
            st.binary(max_size=8) | st.sampled_from([b"\n", b": ", b"- ", b"\t", b"&a ", b"*a", b"'", b'"', b"[", b"{"])
        )
        data = (
            data[:start] + put + draw(st.sampled_from([data[start:], data[start + length :], data[: start + length]]))
        )
    return data


@contextmanager
def bounds() -> Iterator[None]:
    """Stops code that exceeds the limits of time or memory."""

    def end(*_: object) -> None:
        raise AssertionError(f"more than {SECONDS} seconds")

    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.signal(signal.SIGPROF, end)
    if pages:
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + BYTES, hard))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGPROF, handler)


def outcome(files: dict[str, bytes]) -> list[Output]:
    """The sites in both languages; none if there are problems, which must all have locations."""
    with tempfile.TemporaryDirectory() as scratch, bounds():
        folder = Path(scratch) / "briefings"
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        corpus, problems = checked_corpus(folder, "en")
        for problem in problems:
            assert problem.where.file.removeprefix("briefings/") in files
            breaks = re.findall(rb"[\r\n]", files[problem.where.file.removeprefix("briefings/")])
            assert 1 <= problem.where.line <= len(breaks) + 2
            assert problem.where.column >= 1
            assert re.fullmatch(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,1000}", str(problem)), problem
        if fatal(problems, strict=False):
            return []
        return [make_output(corpus, language, SITE, today=date(2022, 1, 1), drafts=True) for language in LANGUAGES]


class Elements(HTMLParser):
    """Fails on an element or attribute that could run."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "object", "embed", "base", "meta", "link", "img")
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "href" or not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)


MADE: dict[str, int] = {}
"""The hash of the page that was first made with a fingerprint."""


def judge(output: Output) -> None:
    """The site has no script; its data files, calendars and feeds can be parsed; no address leaves it; references in
    the database lead to rows. A page is the same as every other one with its fingerprint, in whatever corpus."""
    addresses = [page.url for page in output.pages] + [file.path for file in output.files]
    assert len(set(addresses)) == len(addresses)
    for address in addresses:
        assert re.fullmatch(
            r"(?:[a-z0-9_-]+/)*(?:[a-z0-9_-]+\.(?:json|ics|html|xml|bib|ris|png|csv|sqlite))?", address
        ), address
    fingerprints = Fingerprints()
    for page in output.pages:
        view = page.view()
        fingerprint, html = fingerprints(page.made_of, view), page.render(view)
        made = hash((html, page.render_head(view)))
        assert fingerprint
        assert MADE.setdefault(fingerprint, made) == made, page.url
        Elements().feed(html)
    for file in output.files:
        if file.path.endswith(".json"):
            json.loads(file.content)
        elif file.path.endswith(".xml"):
            for content in ElementTree.fromstring(file.content).iter("{http://www.w3.org/2005/Atom}content"):
                Elements().feed(content.text or "")
        elif file.path.endswith(".ics"):
            assert max(map(len, file.content.split(b"\r\n"))) <= LINE_OCTETS
            for event in icalendar.Calendar.from_ical(file.content).walk("VEVENT"):
                assert event.errors == []
                assert "DTEND" not in event or event.decoded("DTEND") > event.decoded("DTSTART")
        elif file.path.endswith(".csv"):
            for row in csv.reader(io.StringIO(file.content.decode("utf-8"), newline=""), strict=True):
                assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for cell in row)
        elif file.path.endswith(".sqlite"):
            with closing(sqlite3.connect(":memory:")) as database:
                database.deserialize(file.content)
                assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("path", sorted((CASES / "found").glob("*.yml")), ids=lambda path: path.stem)
def test_what_was_found_stays_corrected(path: Path) -> None:
    """Files that once broke a build give a valid site."""
    files = {**BASE, **yaml.safe_load(path.read_text(encoding="utf-8"))["files"]}
    outputs = outcome({name: text.encode() for name, text in files.items()})
    assert len(outputs) == len(LANGUAGES)
    for output in outputs:
        judge(output)


@given(mutated_files())
def test_any_change_gives_a_site_or_problems(files: dict[str, str]) -> None:
    """A valid corpus that is changed at random builds a valid site in both languages, or reports problems."""
    for output in outcome({name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}):
        judge(output)


@given(rewritten_files())
def test_any_values_give_a_site_or_problems(files: dict[str, str]) -> None:
    """A valid corpus with other dates, stances, references and texts does the same."""
    for output in outcome({name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}):
        judge(output)


@given(spoilt_bytes(), st.sampled_from(sorted(FILES)))
def test_any_bytes_give_a_site_or_problems(data: bytes, name: str) -> None:
    """A valid corpus with a damaged file, or with a file of any bytes, does the same."""
    files = {each: write(as_pairs(value)).encode() for each, value in FILES.items()}
    for output in outcome({**files, name: data}):
        judge(output)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.sampled_from(["lock", "text"]))
def test_any_lock_and_any_text_give_problems(data: bytes, which: str) -> None:
    """Any lock and any text of a source give only problems with locations."""
    gazette = {**FILES["sources/gazette-00.yml"], "text": "private"}
    files = {
        name: write(as_pairs(value)).encode() for name, value in {**FILES, "sources/gazette-00.yml": gazette}.items()
    }
    names = {"lock": "sources/verified.lock", "text": "sources/gazette-00.txt"}
    outcome({**files, "sources/verified.lock": b"", names[which]: data})


fragments = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "__",
        "- ",
        "1. ",
        "+ ",
        "\n",
        "\n\n",
        "    ",
        "[",
        "](",
        ")",
        "<",
        ">",
        "\\",
        "a",
        "b ",
        "  \n",
        "&",
        "`",
    ]
)


@given(st.lists(fragments, max_size=12).map("".join), st.integers(1, 400))
def test_any_markdown_is_read_soon(unit: str, times: int) -> None:
    """Prose of any length that repeats any piece of Markdown is refused or rendered within the limits."""
    text = (unit * times)[:4000]
    try:
        _check_prose(text)
    except ValueError:
        return
    with bounds():
        Elements().feed(render_prose(text))
        strip_prose(text)
