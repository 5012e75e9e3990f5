"""References of briefings and statements, read back by other parsers, and their control on the pages."""

from __future__ import annotations

import io
import json
from functools import cache
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as CitedItems
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from support.accessibility import violations
from support.sample import BRIEFING, EVE, ISSUE, NEXT_DAY, sample_atlas
from verbatim.exports.citations import Citation, citation_files, write_bibtex, write_csl, write_ris
from verbatim.model.dates import parse_edtf
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language

ROOT = "https://site.test/"
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info/>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout delimiter=" "><group delimiter=" "><names variable="author"><name/></names>
<date variable="issued" prefix="(" suffix=")"><date-part name="day" suffix=" "/><date-part name="month" form="numeric"
suffix=" "/><date-part name="year"/></date><text variable="title" suffix=","/><text variable="container-title"/>
<text variable="URL"/></group></layout></bibliography></style>"""


@cache
def files(code: str = "en", root: str = ROOT) -> dict[str, bytes]:
    return dict(citation_files(sample_atlas(), [], load_language(code), Site("Sextant", root)))


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """The fields of each entry by its key, in letters; without the braces that keep capitals."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return {
        entry.key: {"type": entry.entry_type} | {field.key: field.value.strip("{}") for field in entry.fields}
        for entry in library.entries
    }


def read_ris(text: str) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in rispy.loads(text)}


def test_every_format_says_the_same() -> None:
    """The files of a briefing have it first, then each of its statements by its anchor, with one title and address."""
    atlas = sample_atlas()
    for id in atlas.corpus.briefings:
        items = json.loads(files()[f"briefings/{id}/cite.json"])
        entries = read_bibtex(files()[f"briefings/{id}/cite.bib"].decode())
        records = read_ris(files()[f"briefings/{id}/cite.ris"].decode())
        events = [view.anchor for view in atlas.events_by_briefing[id] if view.briefing.id == id]
        expected = [f"briefing-{id}", *(view.anchor for view in atlas.positions_by_briefing[id]), *events]
        assert [item["id"] for item in items] == list(entries) == list(records) == expected
        for item in items:
            entry, record = entries[item["id"]], records[item["id"]]
            assert item["title"] == entry["title"] == record["title"]
            assert item["URL"] == entry["url"] == record["urls"][0]
            assert item["author"] == [{"literal": "Sextant"}]
            assert (entry["author"], record["authors"]) == ("Sextant", ["Sextant"])
            assert entry["type"] == "misc"


def test_a_briefing_in_each_format() -> None:
    """It has the site for its author, and the day of its state."""
    key = f"briefing-{NEXT_DAY}"
    [item] = [each for each in json.loads(files()[f"briefings/{NEXT_DAY}/cite.json"]) if each["id"] == key]
    assert item == {
        "id": key,
        "type": "webpage",
        "title": "ORPA joins the patrol, unarmed",
        "container-title": "Sextant",
        "author": [{"literal": "Sextant"}],
        "language": "en",
        "URL": f"{ROOT}briefings/{NEXT_DAY}/",
        "custom": {"text": "Sextant, “ORPA joins the patrol, unarmed”, as of 25 May 2021."},
        "issued": {"date-parts": [[2021, 5, 25]]},
    }
    entry = read_bibtex(files()[f"briefings/{NEXT_DAY}/cite.bib"].decode())[key]
    assert (entry["year"], entry["date"], entry["note"]) == ("2021", "2021-05-25", "as of 25 May 2021")
    record = read_ris(files()[f"briefings/{NEXT_DAY}/cite.ris"].decode())[key]
    assert (record["year"], record["date"], record["notes"]) == ("2021", "2021/05/25", ["as of 25 May 2021"])


def test_a_statement_as_readers_read_it() -> None:
    """In French with French marks, the briefing that it is in, and its permalink; second-hand says so."""
    items = {item["id"]: item for item in json.loads(files("fr")[f"briefings/{NEXT_DAY}/cite.json"])}
    key = "position-valdoria-joining-2021-05-24-evening"
    assert items[key]["custom"]["text"] == (
        "Sextant, «\u00a0Valdorie · Membre de la patrouille · Pour (rapporté)\u00a0», dans\u00a0: «\u00a0L’ARPO entre"
        " dans la patrouille, sans armes\u00a0», état au 25 mai 2021."
    )


@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported")
def test_a_style_sets_the_items() -> None:
    """A processor of citation styles makes a reference of the items."""
    items = json.loads(files()[f"briefings/{NEXT_DAY}/cite.json"])
    style = CitationStylesStyle(io.BytesIO(STYLE.encode()), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(CitedItems([CitationItem(f"briefing-{NEXT_DAY}")]))
    [reference] = bibliography.bibliography()
    assert str(reference) == f"Sextant (25 5 2021) ORPA joins the patrol, unarmed, Sextant {ROOT}briefings/{NEXT_DAY}/"


def test_without_an_address_there_is_none() -> None:
    """A site that does not know its address gives none, rather than one that leads nowhere."""
    for path, content in files(root="").items():
        assert "http" not in content.decode(), path
        assert b"patrol" in content or b"keepers" in content


@pytest.mark.parametrize(
    ("date", "issued", "bibtex", "ris"),
    [
        ("2017", {"date-parts": [[2017]]}, "2017", "2017//"),
        ("2017-05", {"date-parts": [[2017, 5]]}, "2017-05", "2017/05/"),
        ("2016~", {"date-parts": [[2016]], "circa": True}, "2016", "2016//"),
        ("2014/2017-02", {"date-parts": [[2014], [2017, 2]]}, "2014", "2014//"),
        ("0987-01-02", {"date-parts": [[987, 1, 2]]}, "0987-01-02", "0987/01/02"),
        ("201X", None, None, None),
    ],
)
def test_dates_are_as_precise_as_they_are(date: str, issued: dict | None, bibtex: str | None, ris: str | None) -> None:
    """A year stays a year in each format; a decade, which none of them has, stays in words alone."""
    citation = make(state=date)
    assert json.loads(write_csl([citation]))[0].get("issued") == issued
    assert read_bibtex(write_bibtex(citation))["k"].get("date") == bibtex
    assert read_ris(write_ris(citation))["k"].get("date") == ris


def make(title: str = "T", whole: str = "", state: str = "2020-03-02") -> Citation:
    return Citation("k", title, whole, "S", parse_edtf(state), "as of then", "en", "https://example.org/#k", "T.")


printable = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(title=printable, whole=printable)
def test_whatever_a_title_holds_comes_back(title: str, whole: str) -> None:
    """No brace, backslash, sign or word of a title ends its field, in any format."""
    citation = make(title, whole)
    (item,) = json.loads(write_csl([citation]))
    assert (item["title"], item["container-title"]) == (title, whole)
    record = read_ris(write_ris(citation))["k"]
    assert (record["title"], record["secondary_title"]) == (title, whole)
    library = bibtexparser.parse_string(write_bibtex(citation))
    assert library.failed_blocks == []
    [entry] = library.entries
    assert plain(entry["title"].removeprefix("{").removesuffix("}")) == title
    assert plain(entry["howpublished"]) == whole


def plain(text: str) -> str:
    """Undo the escapes of BibTeX; what is left of its signs has not been escaped."""
    for name, sign in {"braceleft": "\ue001", "braceright": "\ue002", "backslash": "\ue003", "asciitilde": "\ue004",
                       "asciicircum": "\ue005"}.items():  # fmt: skip
        text = text.replace(f"\\text{name}{{}}", sign)
    for number, sign in enumerate("#$%&_"):
        text = text.replace(f"\\{sign}", chr(0xE010 + number))
    assert not set(text) & set("\\{}#$%&_~^")
    return text.translate(
        {0xE001 + n: c for n, c in enumerate("{}\\~^")} | {0xE010 + n: c for n, c in enumerate("#$%&_")}
    )


def test_a_page_has_its_reference_ready(plain_page: Page) -> None:
    """Without a script the briefing's reference stands on its page, with a link to each format; a statement's control
    leads there, and opens it."""
    plain_page.goto(BRIEFING)
    part = plain_page.locator("details:has(#cite)")
    part.locator("summary").click()
    expect(part.locator("#cite")).to_contain_text("Sextant, «")
    assert [link.inner_text() for link in part.locator("a").all()] == ["BibTeX", "RIS", "CSL-JSON"]
    for link in part.locator("a").all():
        assert plain_page.request.get(link.evaluate("a => a.href")).ok
    plain_page.goto(f"issues/{ISSUE}/")
    row = plain_page.locator("#position-orpa-joining-2021-05-25")
    row.locator("summary", has_text="Source").click()
    row.locator(".vb-citing").click()
    expect(plain_page).to_have_url(f"{plain_page.evaluate('location.origin')}/briefings/{NEXT_DAY}/#cite")
    expect(plain_page.locator("#cite")).to_be_visible()


def test_a_statement_has_its_own(page: Page) -> None:
    """With a script its reference opens in each format, by the keyboard too, and Escape leads back."""
    page.goto(f"issues/{ISSUE}/")
    row = page.locator("#position-orpa-joining-2021-05-25")
    row.locator("summary", has_text="Source").click()
    row.locator(".vb-citing").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Citer")
    expect(dialog).to_contain_text("ARPO · Membre de la patrouille · Pour")
    assert dialog.locator("h3").count() == 4
    bibtex, ris, items = (each.inner_text() for each in dialog.locator("pre").all())
    assert list(read_bibtex(bibtex)) == ["position-orpa-joining-2021-05-25"]
    assert list(read_ris(ris)) == ["position-orpa-joining-2021-05-25"]
    assert [item["id"] for item in json.loads(items)] == ["position-orpa-joining-2021-05-25"]
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(row.locator(".vb-citing")).to_be_focused()


def test_an_event_has_its_own(page: Page) -> None:
    """So has an event, on the page of its briefing."""
    page.goto(f"briefings/{EVE}/")
    row = page.locator("#event-orane-summit-2021-05-25")
    row.locator(".vb-citing").click()
    expect(page.get_by_role("dialog", name="Citer")).to_contain_text("event-orane-summit-2021-05-25")


def test_print_has_no_control(page: Page) -> None:
    """A printed briefing has no link to cite it; its imprint has site, address and day."""
    page.emulate_media(media="print")
    page.goto(BRIEFING)
    assert [each for each in page.locator(".vb-citing, #cite").all() if each.is_visible()] == []
    page.emulate_media(media="screen")
