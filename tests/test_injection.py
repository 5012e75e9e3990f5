"""Injection: every payload in every text of the schema is shown as text, in every output of a site.

One build of one corpus is parsed as a browser does, and opened in one.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import bibtexparser
import feedparser
import icalendar
import pytest
import rispy
from playwright.sync_api import Browser, expect
from pydantic import BaseModel

from support.filling import Leaf, Place, data_in, fill, models_in, records, strings_in, write_files
from support.payloads import PAYLOADS
from support.planting import Garden, lost, read_marks
from support.projects import build, copy_sample
from support.published import invalid, query, read_rows
from support.reading import SHELL_ELEMENTS, is_made_of, is_ours, judge, read_pages
from verbatim.checks import checked_corpus
from verbatim.exports.calendars import LINE_OCTETS
from verbatim.exports.dataset.csv_files import restore
from verbatim.exports.dataset.tables import TABLES
from verbatim.model.entities import Briefing
from verbatim.pages.embedding import POLICY
from verbatim.problems import field_name
from verbatim.reading.loading import REGISTRIES
from verbatim.site import Output, make_output
from verbatim.views import addresses as at
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language

SHARE = "javascript:void(0)"
"""The address of the link by which Material's search box copies its URL."""

ATOM = "http://www.w3.org/2005/Atom"
ENTRY_KEYS = {
    "id", "guidislink", "link", "links", "title", "title_detail", "updated", "updated_parsed", "published",
    "published_parsed", "tags", "content", "summary",
}  # fmt: skip

APART = {"link", "data block", "own meta"}
"""Elements of the shell that differ by page."""

BIBTEX_FIELDS = {"author", "title", "howpublished", "year", "date", "langid", "url", "note"}
RIS_FIELDS = {
    "type_of_reference", "id", "authors", "title", "secondary_title", "year", "date", "language", "urls",
    "notes",
}  # fmt: skip

EVENT_PROPERTIES = {
    "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "TRANSP",
}  # fmt: skip


@pytest.fixture(scope="module")
def garden() -> Garden:
    return Garden()


@pytest.fixture(scope="module")
def hostile(garden: Garden, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the hostile corpus instead of its briefings, and its site in French."""
    project = copy_sample(tmp_path_factory.mktemp("hostile"), {}, in_french_alone=True)
    write_files(project / "briefings", garden.files)
    return build(project)


@pytest.fixture(scope="module")
def english(hostile: Path) -> Output:
    """The output of the corpus in English."""
    corpus, _ = checked_corpus(hostile / "briefings", "en")
    return make_output(corpus, load_language("en"), Site("Gazette"), today=date(2022, 1, 1), drafts=False)


@pytest.fixture(scope="module")
def read(browser: Browser) -> Iterator[Callable[[Path], dict[str, dict]]]:
    """Parses the pages of a folder as a browser does, without running them."""
    page = browser.new_page()
    yield partial(read_pages, page)
    page.close()


@pytest.fixture(scope="module")
def found(hostile: Path, read: Callable) -> dict[str, dict]:
    """What each page of the hostile site has."""
    return read(hostile / "site")


def test_every_field_is_set() -> None:
    """The filled corpus sets every field of every type, so that a new field cannot be forgotten."""
    known = {model: set() for root in (*REGISTRIES.values(), Briefing) for model in models_in(root)}

    def put(place: Place, leaf: Leaf) -> None:
        return None

    for model, data in records().values():
        for inside, each in data_in(model, fill(model, {"id": "x", **data}, put)):
            known[inside] |= set(each)
    for model, keys in known.items():
        fields = {field.alias or name for name, field in model.model_fields.items()}
        assert fields - keys - {"id"} == set(), model.__name__


def test_every_text_meets_every_payload(garden: Garden, hostile: Path) -> None:
    """Each text field has each payload somewhere, and the checks find no problem."""
    fields = {each.field for each in garden.planted}
    assert {(each.field, each.payload) for each in garden.planted} == set(product(fields, PAYLOADS))
    assert len(fields) > 30
    assert checked_corpus(hostile / "briefings", "en")[1] == []


def test_the_site_as_a_browser_reads_it(garden: Garden, found: dict[str, dict]) -> None:
    """Pages have only the elements, handlers and addresses of our templates; every text is there as typed."""
    pages = list(found.values())
    framed = {name for name in found if name.startswith(at.EMBED)}
    assert len(framed) >= 3 * len(PAYLOADS)
    [policy] = {policy for name, page in found.items() if name not in framed for policy in page["policies"]}
    assert "unsafe" not in policy
    assert len(pages) > 10 * len(PAYLOADS)
    for name, page in found.items():
        assert page["policies"] == [POLICY if name in framed else policy], name
        assert name not in framed or "script" not in page["elements"], name
        assert is_made_of(page, *SHELL_ELEMENTS), name
        assert page["handlers"] == [], name
        assert [each for each in page["moves"] if not re.fullmatch(r"0; url=\.\./[a-z0-9-]+/", each)] == [], name
        assert [each for each in page["addresses"] if each != SHARE and not is_ours(each)] == [], name
        assert page["undirected"] == [], name
        assert [each for each in page["sources"] if not re.fullmatch(r"[./]*assets/javascripts/[\w./-]+", each)] == []
    shells = {tuple(page["elements"].get(name, 0) for name in SHELL_ELEMENTS - APART) for page in pages}
    assert len(shells) <= 4  # ours, the page for missing addresses, redirects, and what other sites frame
    judge(garden, [page for name, page in found.items() if name != "data/index.html"], "fr")
    titles = " ".join(page["title"] for page in pages)
    for field in ("briefings.title", "issues.question", "actors.name", "sources.title"):
        numbers = {number for number, each in enumerate(garden.planted) if (each.field, each.lang) == (field, "fr")}
        assert numbers <= read_marks(garden, titles)[0], field


def test_linked_data(garden: Garden, found: dict[str, dict]) -> None:
    """Each page has at most one block of data, which is JSON and has its texts as they were typed."""
    shown = set()
    for name, page in found.items():
        assert len(page["blocks"]) == page["elements"].get("data block", 0) <= 1, name
        for text in strings_in([json.loads(block) for block in page["blocks"]]):
            here, otherwise = read_marks(garden, text)
            shown |= here
            assert otherwise == [], name
    fields = (
        "briefings.title", "briefings.quotations.quote", "briefings.events.title", "issues.question", "actors.name",
        "actors.aliases", "sources.title", "sources.author",
    )  # fmt: skip
    assert {pair for pair in lost(garden, shown, "fr") if pair[0] in fields} == set()


def test_the_pages_in_the_other_language(garden: Garden, english: Output, tmp_path: Path, read: Callable) -> None:
    """The same holds in English, with other texts and other labels."""
    for number, written in enumerate(english.pages):
        (tmp_path / f"{number}.html").write_text(written.html, encoding="utf-8")
    found = read(tmp_path)
    pages = list(found.values())
    assert len(pages) == len(english.pages)
    for page in pages:
        assert is_made_of(page)
        assert page["handlers"] == page["sources"] == page["moves"] == page["undirected"] == []
        assert [each for each in page["addresses"] if not is_ours(each)] == []
    samples = {f"{number}.html" for number, written in enumerate(english.pages) if written.url == at.DATA}
    judge(garden, [page for name, page in found.items() if name not in samples], "en")


def test_data_files(garden: Garden, hostile: Path) -> None:
    """Every JSON file can be parsed, and has every text of its fields as it was typed."""
    files = [*(hostile / "site/explore").glob("*.json"), *(hostile / "site/names").glob("*.json")]
    assert len(files) > 10
    shown = set()
    for path in files:
        for text in strings_in(json.loads(path.read_text(encoding="utf-8"))):
            here, otherwise = read_marks(garden, text)
            shown |= here
            assert otherwise == [] or path.parent.name == "names", path
    fields = ("actors.name", "briefings.positions.summary", "briefings.positions.condition", "briefings.events.title")
    missing = {pair for pair in lost(garden, shown, "fr") if pair[0] in (*fields, "issues.short", "sources.title")}
    assert missing == set()


def test_published_data(hostile: Path) -> None:
    """Each text is in the JSON files, the CSV files and the database as it was typed; no cell begins like a formula."""
    api = hostile / "site" / "api" / "v1"
    corpus = checked_corpus(hostile / "briefings", "fr")[0].published()
    typed = {text for record in corpus.records() for text in _typed(record)}
    assert len(typed) > 10 * len(PAYLOADS)
    assert invalid(api) == []
    rows = [row for table in TABLES for row in read_rows(api, table.name)]
    assert typed - {*strings_in(rows)} == set()
    cells = [
        cell
        for path in (api / "csv").glob("*.csv")
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True)
        for cell in row
    ]
    assert typed - {*map(restore, cells)} == set()
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))] == []
    assert query(api, "PRAGMA foreign_key_check") == []
    tables = [name for (name,) in query(api, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    stored = {value for name in tables for row in query(api, f'SELECT * FROM "{name}"') for value in row}
    assert typed - stored == set()


def _typed(value: Any) -> Iterator[str]:
    """The marked texts of a record, but for the words around quotations: these are from sources that are not public."""
    if isinstance(value, str):
        if re.search(r"k\d+k", value):
            yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("prefix", "suffix"):
                yield from _typed(getattr(value, name))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _typed(item)


def test_the_page_of_data(hostile: Path, browser: Browser) -> None:
    """Its samples are JSON that says what the rows say, whatever is typed there."""
    page = browser.new_page()
    page.set_content((hostile / "site/data/index.html").read_text("utf-8"))
    samples = [text for text in page.locator("pre").all_text_contents() if text.startswith("{")]
    rows = [row for table in TABLES for row in read_rows(hostile / "site/api/v1", table.name)]
    assert len(samples) == len(TABLES)
    assert [sample for sample in samples if json.loads(sample) not in rows] == []
    page.close()


def test_calendars(garden: Garden, hostile: Path) -> None:
    """Another parser reads each calendar: no line is too long, no property is forged, no text is lost."""
    shown = set()
    paths = list((hostile / "site").resolve().rglob("*.ics"))
    for path in paths:
        content = path.read_bytes()
        assert max(map(len, content.split(b"\r\n"))) <= LINE_OCTETS
        assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
        calendar = icalendar.Calendar.from_ical(content)
        assert set(calendar) == {"VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME"}
        for event in calendar.subcomponents:
            assert event.name == "VEVENT"
            assert set(event) <= EVENT_PROPERTIES, path
            assert re.fullmatch(r"event-(?:summit|storm)-\d\d@verbatim", event["UID"])
            for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
                here, otherwise = read_marks(garden, str(event[name]))
                shown |= here
                assert otherwise == []
    assert len(paths) == 1 + 3 * len(PAYLOADS)
    fields = ("briefings.events.title", "briefings.events.place", "briefings.events.summary")
    assert {pair for pair in lost(garden, shown, "fr") if pair[0] in fields} == set()


def test_feeds(garden: Garden, hostile: Path, tmp_path: Path, read: Callable) -> None:
    """Another parser reads each feed; titles are plain text, and contents are made as pages are."""
    shown = set()
    for number, path in enumerate(sorted((hostile / "site").resolve().rglob("feed.xml"))):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert feed.entries
        for entry in feed.entries:
            assert set(entry) <= ENTRY_KEYS, path
            assert entry.title_detail.type == "text/plain"
            here, otherwise = read_marks(garden, entry.title)
            assert otherwise == []
            shown |= here
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id)
        contents = [element.text or "" for element in ElementTree.parse(path).iter(f"{{{ATOM}}}content")]
        (tmp_path / f"{number}.html").write_text("".join(contents), encoding="utf-8")
    for page in read(tmp_path).values():
        assert is_made_of(page)
        assert page["handlers"] == page["sources"] == page["moves"] == page["undirected"] == []
        assert [each for each in page["addresses"] if not is_ours(each)] == []
        here, otherwise = read_marks(garden, page["text"])
        assert otherwise == []
        shown |= here
    fields = (
        "briefings.title", "briefings.summary", "briefings.key_points.summary", "briefings.positions.summary",
        "briefings.positions.condition", "briefings.quotations.quote", "issues.question", "issues.short", "actors.name",
    )  # fmt: skip
    assert {pair for pair in lost(garden, shown, "fr") if pair[0] in fields} == set()


def test_citations(garden: Garden, hostile: Path) -> None:
    """Other parsers read every reference: no text ends its field or its record, and each is there as it was typed."""
    shown = set()
    for path in (hostile / "site/briefings").resolve().glob("*/cite.json"):
        items = json.loads(path.read_bytes())
        library = bibtexparser.parse_string(path.with_suffix(".bib").read_text("utf-8"))
        records = rispy.loads(path.with_suffix(".ris").read_text("utf-8"))
        assert library.failed_blocks == []
        assert [type(block).__name__ for block in library.blocks if block not in library.entries] == []
        keys = [item["id"] for item in items]
        assert keys == [entry.key for entry in library.entries] == [record["id"] for record in records]
        for item, entry, record in zip(items, library.entries, records, strict=True):
            assert set(entry.fields_dict) <= BIBTEX_FIELDS
            assert set(record) <= RIS_FIELDS
            assert item["title"] == record["title"]
            for text in strings_in(item):
                here, otherwise = read_marks(garden, text)
                shown |= here
                assert otherwise == [], path
    fields = ("briefings.title", "briefings.events.title", "issues.short", "actors.name")
    assert {pair for pair in lost(garden, shown, "fr") if pair[0] in fields} == set()


def test_search_records(garden: Garden, english: Output) -> None:
    """Records have plain text as it was typed, and addresses of the site."""
    shown = set()
    for record in english.records:
        assert re.fullmatch(r"(?:briefings|actors|issues|sources|timeline|explore)/[a-z0-9/#-]*", record.url)
        for text in (record.title, record.text, record.note, *record.meta.values()):
            here, otherwise = read_marks(garden, text)
            shown |= here
            assert otherwise == []
    fields = ("briefings.title", "issues.question", "actors.name", "actors.aliases", "sources.title", "sources.author")
    assert {pair for pair in lost(garden, shown, "en") if pair[0] in (*fields, "briefings.quotations.quote")} == set()


KINDS = (
    "", "briefings/", "issues/", "actors/", "timeline/", "explore/", "sources/", "data/", "briefings/first-00/",
    "compare/?a=guild-08&b=speaker-16", "embed/issues/pier-08/camps.html", "embed/issues/pier-05/timeline.html",
    "embed/briefings/first-03/matrix.html",
    "briefings/second-08/", "issues/pier-08/", "actors/guild-08/", "actors/speaker-16/",
    "sources/gazette-05/", "actors/old-guild-08/",
)  # fmt: skip
"""A page of each kind; those of records are from copies with different payloads."""


def test_in_a_browser(browser: Browser, hostile: Path, serve: Callable[[Path], str]) -> None:
    """On each kind of page, in the search box and in the filters, nothing runs, and no request leaves the site."""
    address = serve(hostile / "site")
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    said, elsewhere = [], []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    context.on("request", lambda request: None if request.url.startswith(address) else elsewhere.append(request.url))

    def nothing_ran() -> None:
        assert page.evaluate("[typeof broken, document.querySelectorAll('base, iframe, object, embed').length]") == [
            "undefined", 0,
        ]  # fmt: skip

    for path in KINDS:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        nothing_ran()
    for words in ("script", "evil", "broken", "onerror"):
        page.goto("about/")
        page.locator(".md-search__input").click()
        page.keyboard.type(words)
        expect(page.locator(".md-search-result__link", has_text=words).first).to_be_visible()
        nothing_ran()
    page.goto("explore/?words=broken")
    expect(page.locator(".vb-x tr[data-id]:visible", has_text="broken").first).to_be_visible()
    nothing_ran()
    page.goto("explore/")
    with page.expect_download() as started:
        page.locator(".vb-download").click()
    cells = [cell for row in csv.reader(io.StringIO(started.value.path().read_text("utf-8-sig"))) for cell in row]
    assert len(cells) > 2000
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []
    assert any(cell.startswith("'=1+1") for cell in cells)
    context.close()
    assert said == elsewhere == []


def test_what_is_held_to_a_form_is_refused(tmp_path: Path) -> None:
    """A payload in an id, a reference, a date, a URL or a choice is one problem with its location, in one line."""
    for payload in PAYLOADS.values():
        for kinds in (("formed", "id"), ("reference",)):
            asked = []

            def put(place: Place, leaf: Leaf, kinds: tuple = kinds, asked: list = asked, payload: str = payload) -> Any:
                if leaf.kind in kinds and place[-1] not in ("event",):
                    asked.append(place)
                    return payload
                return None

            files = {name: fill(model, data, put) for name, (model, data) in records().items()}
            _, problems = checked_corpus(write_files(tmp_path / "briefings", files), "en")
            told = {problem.field for problem in problems if problem.severity == "error"}
            assert {field_name(place) for place in asked} - told == set(), payload
            for problem in problems:
                assert re.fullmatch(r"briefings/[^\s:]+:\d+:\d+: .*", str(problem))
                assert "##[" not in str(problem)
                assert len(str(problem)) < 400
