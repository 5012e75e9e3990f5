"""The explorer: its statements as data, and its page in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from support.sample import EVE, SOURCE, sample_atlas
from verbatim.exports.table import COLUMNS, Statement, list_statements, parts_of, statement_files
from verbatim.pages.explorer import STATEMENT_FACETS, statement_facets
from verbatim.reading.corpus import Corpus
from verbatim.views.addresses import Site
from verbatim.views.atlas import build_atlas
from verbatim.wording.language import load_language

FRENCH = load_language("fr")
EMPTY = build_atlas(Corpus(), date(2021, 1, 1))


@cache
def _statements() -> tuple[Statement, ...]:
    return tuple(list_statements(sample_atlas(), FRENCH))


def _count(facet: str, value: str) -> int:
    return sum(value in statement.filters[facet] for statement in _statements())


def _one(id: str) -> Statement:
    return next(statement for statement in _statements() if statement.id == id)


TOTAL = len(_statements())
STEP = 30
"""Results that are drawn together."""

GO_BACK_TO = """(query) => {
    history.pushState(null, "", query);
    dispatchEvent(new PopStateEvent("popstate"));
}"""
"""Shows an address of the page like the browser's back button, without loading it again."""


# ---- As data ------------------------------------------------------------------------------------------------


def test_every_position_and_event_is_listed_once() -> None:
    """Every position and event is listed, with a unique id."""
    atlas = sample_atlas()
    ids = [statement.id for statement in _statements()]
    assert sorted(ids) == sorted(view.anchor for view in (*atlas.positions, *atlas.events))
    assert len(set(ids)) == len(ids)


def test_newest_first() -> None:
    """Statements sort by first day, latest first; those of one day in the order of their briefing."""
    days = [statement.sort_date for statement in _statements()]
    assert days == sorted(days, reverse=True)
    written = [statement.id for statement in _statements() if statement.url.startswith(f"briefings/{EVE}/")]
    assert [id for id in written if "joining" in id][:3] == [
        "position-united-erane-joining-2021-05-24",
        "position-many-ports-joining-2021-05-24",
        "position-orpa-joining-2021-05-24",
    ]


def test_a_position_in_plain_words() -> None:
    """A statement has names and URLs instead of ids, and exact quotations."""
    statement = _one("position-orpa-armed-role-2021-05-24")
    assert (statement.date, statement.sort_date, statement.year) == ("24 mai 2021", "2021-05-24", "2021")
    assert [(actor.key, actor.name, actor.url) for actor in statement.actors] == [
        ("actor/orpa", "ARPO", "actors/orpa/")
    ]
    assert (statement.stance, statement.modality, statement.said_by) == ("against", "stated", "Nils Haldenberg")
    assert (statement.proof, statement.quotations) == ("verified", ("rôle armé",))
    assert statement.url == f"briefings/{EVE}/#position-orpa-armed-role-2021-05-24"
    assert [source.key for source in statement.sources] == [SOURCE]


def test_facet_counts() -> None:
    """A facet counts the statements of each value, and omits values without any."""
    facets = {facet.name: facet.values for facet in statement_facets(_statements(), FRENCH)}
    assert list(facets) == list(STATEMENT_FACETS)
    kinds = {value.value: value.count for value in facets["kind"]}
    assert sum(kinds.values()) == len(_statements())
    assert [value.value for value in facets["modality"]] == ["stated", "reported", "expected", "inferred"]
    for name, values in facets.items():
        for value in values:
            assert value.count == sum(value.value in statement.filters[name] for statement in _statements())


def test_names_are_in_the_order_of_the_alphabet() -> None:
    """Accents do not matter: Érane-Unie comes before Groupe Zénith noir."""
    actors = next(facet for facet in statement_facets(_statements(), FRENCH) if facet.name == "actor")
    labels = [value.label for value in actors.values]
    assert labels.index("Elia Marsan") < labels.index("Érane-Unie") < labels.index("Groupe Zénith noir")


def test_files_by_year() -> None:
    """There is one compact JSON file per year, with the same bytes in each build; every statement is in one."""
    files = dict(statement_files(EMPTY, _statements(), FRENCH, Site("")))
    assert list(files) == [f"explore/{year}.json" for year in (2021, 2020, 2018, 2015, 2010, 1998, 1974)]
    assert files == dict(statement_files(EMPTY, _statements(), FRENCH, Site("")))
    ids = []
    for content in files.values():
        heads, *lines = json.loads(content)
        assert heads[:2] == ["Date", "Premier jour"]
        assert {len(line) for line in (heads, *lines)} == {len(COLUMNS)}
        assert json.dumps([heads, *lines], ensure_ascii=False, separators=(",", ":")).encode() == content
        ids += [line[-1] for line in lines]
    assert ids == [statement.id for statement in _statements()]


def test_a_year_with_much_is_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file has more statements than allowed, but for those of one day; together they have all, newest first."""
    monkeypatch.setattr("verbatim.exports.table.MOST_LINES", 8)
    parts = parts_of(_statements())
    assert {"2021-05-24", "2020", "1974"} <= {dates for dates, _ in parts}
    assert [statement for _, part in parts for statement in part] == list(_statements())
    for dates, part in parts:
        assert len(part) <= 8 or len(dates) == len("2021-05-24")
        assert all(statement.sort_date.startswith(dates) for statement in part)


def test_nothing_to_list() -> None:
    """Without statements, there are no facets and no files."""
    assert statement_facets([], FRENCH) == []
    assert list(statement_files(EMPTY, [], FRENCH, Site(""))) == []


# ---- In the browser -----------------------------------------------------------------------------------------


def _settled(page: Page) -> None:
    expect(page.locator(".vb-count:not([aria-busy])")).to_be_attached()


def _shown(page: Page) -> int:
    _settled(page)
    return page.locator("tr[data-id]:visible").count()


def test_filters_by_keyboard_and_the_address_follows(page: Page) -> None:
    """A stance chosen with the arrow keys is in the address; a reload keeps it; back undoes it, and the first one."""
    page.goto("explore/")
    status = page.get_by_role("status").filter(has_text="Résultats")
    expect(status).to_have_text(f"Résultats\u00a0: {TOTAL} sur {TOTAL}")
    page.locator("input[name=modality]").first.focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "stance")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(page.url.split("explore/")[0] + "explore/?stance=reserved")
    expect(status).to_have_text(f"Résultats\u00a0: {_count('stance', 'reserved')} sur {TOTAL}")
    assert _shown(page) == _count("stance", "reserved")
    page.reload()
    expect(page.get_by_role("radio", name="Réserves")).to_be_checked()
    expect(status).to_have_text(f"Résultats\u00a0: {_count('stance', 'reserved')} sur {TOTAL}")
    page.go_back()
    expect(page.get_by_role("radio", name="Pour")).to_be_checked()
    expect(status).to_have_text(f"Résultats\u00a0: {_count('stance', 'for')} sur {TOTAL}")
    page.go_back()
    expect(status).to_have_text(f"Résultats\u00a0: {TOTAL} sur {TOTAL}")
    assert page.locator("input[name=stance]:checked").get_attribute("value") == ""
    page.go_forward()
    page.go_forward()
    expect(status).to_have_text(f"Résultats\u00a0: {_count('stance', 'reserved')} sur {TOTAL}")
    page.get_by_role("button", name="Tout remontrer").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text(f"Résultats\u00a0: {TOTAL} sur {TOTAL}")
    assert page.url.endswith("/explore/")


def test_facets_narrow_together(page: Page) -> None:
    """Two choices both apply, years without results are hidden, and an empty result says so."""
    page.goto("explore/")
    page.get_by_role("combobox", name="Acteur").select_option("actor/orpa")
    page.get_by_role("radio", name="Contre").check()
    _settled(page)
    assert "position-orpa-armed-role-2021-05-24" in page.locator("tr[data-id]:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.id)"
    )
    assert page.locator("tbody:visible").count() == 1
    assert page.url.endswith("?actor=actor%2Forpa&stance=against")
    page.get_by_role("radio", name="attendu").check()
    assert _shown(page) == 0
    expect(page.get_by_text("Rien ne répond à tous ces choix")).to_be_visible()
    expect(page.get_by_role("button", name="Télécharger en CSV")).to_be_disabled()


@pytest.mark.parametrize("query", ["?stance=bogus", "?actor=actor/nobody", "?other=1", "?stance=", "?stance=%22]%3E"])
def test_an_address_that_asks_for_what_is_not_there(page: Page, query: str) -> None:
    """A value that no facet offers is ignored, and everything is shown."""
    page.goto(f"explore/{query}")
    expect(page.get_by_role("button", name="Télécharger en CSV")).to_be_enabled()
    assert _shown(page) == TOTAL


def test_every_count_is_what_choosing_it_shows(page: Page) -> None:
    """The count of each of the first four values of a facet is the number of its results."""
    page.goto("explore/")
    for facet in statement_facets(_statements(), FRENCH):
        for value in facet.values[:4]:
            page.evaluate(GO_BACK_TO, f"?{facet.name}={value.value}")
            expect(page.locator(".vb-count")).to_have_text(f"Résultats\u00a0: {value.count} sur {TOTAL}")
            assert _shown(page) == min(value.count, STEP)
    assert _count("kind", "position") > STEP


def test_without_javascript_everything_is_there(plain_page: Page) -> None:
    """Without scripts, all statements and no controls are shown."""
    plain_page.goto("explore/?stance=against")
    assert _shown(plain_page) == TOTAL
    expect(plain_page.locator("form[data-filter]")).to_be_hidden()
    expect(plain_page.get_by_role("button", name="Télécharger en CSV")).to_be_hidden()


def test_filters_are_folded_on_a_phone(page: Page) -> None:
    """On a small screen, the filters are closed, and open above the list."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("explore/")
    expect(page.get_by_role("radio", name="Contre")).to_be_hidden()
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_role("radio", name="Contre").check()
    assert _shown(page) == _count("stance", "against")


def _download(page: Page) -> str:
    _settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger en CSV").click()
    return Path(waiting.value.path()).read_bytes().decode("utf-8")


def test_download_is_what_is_shown(page: Page) -> None:
    """The CSV has a byte order mark, CRLF line endings, headings, and the shown rows in their order."""
    page.goto(f"explore/?stance=reserved&source={SOURCE}")
    text = _download(page)
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n") == 3
    heads, *rows = csv.reader(io.StringIO(text[1:]), strict=True)
    assert heads[:6] == ["Date", "Premier jour", "Nature", "Acteurs", "Questions", "Position"]
    assert [row[:6] for row in rows] == [
        ["24 mai 2021", "2021-05-24", "prise de position", name, "Membre de la patrouille", "Réserves"]
        for name in ("Corvine", "Valdorie")
    ]
    address = rows[0][COLUMNS.index("url")]
    assert address.endswith(f"/briefings/{EVE}/#position-corvina-joining-2021-05-24")
    page.goto(address)
    expect(page.locator(":target")).to_be_visible()
    page.goto("explore/")
    ids = page.eval_on_selector_all("tr[data-id]", "rows => rows.map((row) => row.dataset.id)")
    assert [row[-1] for row in csv.reader(io.StringIO(_download(page)))][1:] == ids


def test_download_from_several_files(page: Page) -> None:
    """Of a year in parts, those with shown rows are fetched, and each row is found in its own."""
    fetched = []

    def part(route: Route) -> None:
        dates = Path(route.request.url).stem
        fetched.append(dates)
        heads, *lines = json.loads(dict(statement_files(EMPTY, _statements(), FRENCH, Site("")))["explore/2021.json"])
        route.fulfill(json=[heads, *(line for line in lines if line[COLUMNS.index("sort_date")].startswith(dates))])

    page.route(re.compile(r"/explore/2021-.*\.json"), part)
    page.goto("explore/")
    parts = list(dict.fromkeys(statement.sort_date for statement in _statements() if statement.year == "2021"))
    page.locator(".vb-download").evaluate(
        "({ dataset }, parts) => { dataset.parts = dataset.parts.replace('2021', parts); }", " ".join(parts)
    )
    ids = page.eval_on_selector_all("tr[data-id]", "rows => rows.map((row) => row.dataset.id)")
    assert [row[-1] for row in csv.reader(io.StringIO(_download(page)))][1:] == ids
    assert sorted(fetched) == sorted(parts)
    assert len(parts) > 1


def test_download_neutralises_formulas(page: Page) -> None:
    """Formulas get an apostrophe, behind semicolons too; quotes, commas and line endings are kept."""
    harmful = {
        "position-corvina-joining-2021-05-24": ("＠SUM(A1)", '-2+HYPERLINK("x","y")；＝1+1'),
        "position-valdoria-joining-2021-05-24": ("+33;-34", "=1+1,\n2; =3;x;;@y"),
    }
    neutral = {
        "position-corvina-joining-2021-05-24": ("'＠SUM(A1)", """'-2+HYPERLINK("x","y")；＝1+1"""),
        "position-valdoria-joining-2021-05-24": ("'+33;'-34", "'=1+1,\n2; '=3;x;;'@y"),
    }

    id, actors, summary = map(COLUMNS.index, ("id", "actors", "summary"))

    def spoil(route: Route) -> None:
        file = route.fetch().json()
        for line in file:
            if line[id] in harmful:
                actor, line[summary] = harmful[line[id]]
                line[actors] = [actor]
        route.fulfill(json=file)

    page.route("**/explore/2021.json", spoil)
    page.goto(f"explore/?stance=reserved&source={SOURCE}")
    _, *rows = csv.reader(io.StringIO(_download(page), newline=""), strict=True)
    cells = {row[id]: (row[actors], row[summary]) for row in rows}
    assert cells == neutral


def test_download_that_fails_says_so(browser: Browser, address: str) -> None:
    """If a year's file cannot be fetched, the page says so and does not change."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/explore/*.json", lambda route: route.abort())
    page.goto("explore/")
    page.get_by_role("button", name="Télécharger en CSV").click()
    expect(page.get_by_role("status").filter(has_text="préparé")).to_be_visible()
    assert _shown(page) == TOTAL
    context.close()
