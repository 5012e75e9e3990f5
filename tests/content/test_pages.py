"""The project's own site, for any content: links, languages, policy, size, accessibility and plain HTML."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag

from playwright.sync_api import Browser, Page, expect

from support.accessibility import faint, open_everything, violations
from support.pages import broken_links, double_ids, pages_by_kind, read_pages, strays, unreached
from support.projects import Edition
from verbatim.checks import checked_corpus
from verbatim.pages.embedding import POLICY
from verbatim.site import make_output
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language

WEIGHT = 200_000
"""Greatest size of a page in bytes, compressed."""

FOUND = """async (query) => {
    window.index ??= await vbQuery.open(new URL("./", location.href));
    const results = await vbQuery.search(window.index, query);
    const shown = await Promise.all(results.slice(0, 100).map(vbQuery.shown));
    return [results.length, shown.map(({ url }) => url)];
}"""
"""The number of answers, and the addresses of the first hundred."""


def _written_by_hand(edition: Edition) -> set[str]:
    """The addresses of hand-written pages, without home."""
    return {f"{path.parent.relative_to(edition.docs).as_posix()}/" for path in edition.docs.glob("*/**/index.md")}


def test_every_record_has_its_page(own_site: Path, edition: Edition) -> None:
    """The site has home, indexes, a page for each record, and the hand-written pages."""
    corpus, _ = checked_corpus(edition.briefings, edition.lang)
    expected = {""} | {
        f"{path.parent.relative_to(edition.docs).as_posix()}/" for path in edition.docs.glob("*/**/index.md")
    }
    for name in ("actors", "issues", "sources", "briefings"):
        expected |= {f"{name}/", *(f"{name}/{id}/" for id in getattr(corpus.published(), name))}
    missing = {f"/{edition.folder}{address}" for address in expected} - set(read_pages(own_site))
    assert missing == set()


def test_every_link_and_anchor_resolves(own_site: Path) -> None:
    """Each address inside the site leads to a file, and each anchor to an element; no page has an id twice."""
    pages = read_pages(own_site)
    assert broken_links(own_site, pages) == []
    assert double_ids(pages) == {}


def test_every_page_is_reached_from_home(own_site: Path) -> None:
    """Links from the home page reach every page, except redirects from former addresses."""
    assert unreached(read_pages(own_site)) == set()


def test_the_languages_of_the_pages(own_site: Path, editions: list[Edition]) -> None:
    """Pages declare their language, and link to themselves in each other language."""
    assert strays(own_site, editions) == []


def test_search_records_lead_to_their_places(own_site: Path, edition: Edition) -> None:
    """Every search record has the address of a page or an anchor in its language."""
    pages = read_pages(own_site)
    corpus, _ = checked_corpus(edition.briefings, edition.lang)
    language, site = load_language(edition.lang), Site(edition.name)
    output = make_output(corpus, language, site, today=date(2020, 1, 1), drafts=False)
    for record in output.records:
        path, anchor = urldefrag(record.url)
        assert anchor == "" or anchor in pages[f"/{edition.folder}{path}"].ids, record.url


def test_the_index_of_the_box_holds_what_is_written_by_hand(own_site: Path, edition: Edition) -> None:
    """Material's own index, which every page fetches, has no generated page."""
    index = json.loads((own_site / edition.folder / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert {urldefrag(entry["location"]).url for entry in index["docs"]} <= _written_by_hand(edition)


def test_no_page_is_heavy(own_site: Path) -> None:
    """No page is larger than 200 KB, compressed."""
    sizes = {path: len(gzip.compress(path.read_bytes(), 6)) for path in own_site.resolve().rglob("*.html")}
    assert {path: size for path, size in sizes.items() if size > WEIGHT} == {}


def test_one_policy_for_all_pages(own_site: Path) -> None:
    """Every page has the same content security policy, and what other sites frame a stricter one; none is unsafe."""
    policies, framed = set(), set()
    for path in own_site.resolve().rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found = tuple(re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', unescape(text)))
        (framed if "embed" in path.relative_to(own_site.resolve()).parts else policies).add(found)
    ((policy,),) = policies
    assert framed <= {(POLICY,)}
    for each in (policy, POLICY):
        assert "default-src 'none'" in each
        assert "unsafe" not in each
    assert "script-src" not in POLICY


def test_each_kind_of_page_in_a_browser(own_page: Page, kinds: list[str]) -> None:
    """Each kind of page requests nothing from other hosts, logs no error, and fits a small phone's window; on a wide
    one, with everything opened, axe finds no violation except of colours."""
    wider, found = [], {}
    for path in kinds:
        own_page.set_viewport_size({"width": 320, "height": 900})
        own_page.goto(path)
        if own_page.evaluate("document.documentElement.scrollWidth") > 320:
            wider.append(path)
        own_page.set_viewport_size({"width": 1280, "height": 900})
        open_everything(own_page)
        if violated := violations(own_page):
            found[path] = violated
    assert (wider, found) == ([], {})


def test_colours_stand_out(own_page: Page, own_site: Path, editions: list[Edition]) -> None:
    """The project's colours have the contrast that axe requires: at home, and on a small page below each index."""
    tried, found = [], {}
    for addresses in pages_by_kind(own_site, editions[0]):
        if addresses[0].count("/") == 1:
            continue
        own_page.goto(addresses[0])
        open_everything(own_page)
        if faded := faint(own_page, tried):
            found[addresses[0]] = faded
    assert len(tried) > 10
    assert found == {}


HIDDEN = """(ids) => ids.filter((id) => {
    const row = document.getElementById(id)?.closest("tr");
    return !row?.checkVisibility({ visibilityProperty: true }) || !row.getBoundingClientRect().height;
})"""
"""Of the ids, those of rows, or of what is in a row, that are not visible."""


def test_without_javascript_every_statement_is_there(
    browser: Browser, own_address: str, own_site: Path, edition: Edition
) -> None:
    """Without scripts, the newest twenty briefings show all their positions, and the explorer shows no form."""
    corpus, _ = checked_corpus(edition.briefings, edition.lang)
    context = browser.new_context(base_url=own_address, java_script_enabled=False)
    page = context.new_page()
    for briefing in list(corpus.published().briefings.values())[-20:]:
        page.goto(f"{edition.folder}briefings/{briefing.id}/")
        assert page.evaluate(HIDDEN, [f"position-{position.id}" for position in briefing.positions]) == []
    page.goto(f"{edition.folder}explore/")
    expect(page.locator("form[data-filter]")).to_be_hidden()
    context.close()


def test_every_name_is_found(browser: Browser, own_address: str, edition: Edition) -> None:
    """A search for the name of each of the first fifty actors finds the actor's page."""
    language = load_language(edition.lang)
    corpus, _ = checked_corpus(edition.briefings, edition.lang)
    context = browser.new_context(base_url=own_address, bypass_csp=True)
    page = context.new_page()
    page.goto(edition.folder)
    lost = []
    for actor in list(corpus.actors.values())[:50]:
        total, found = page.evaluate(FOUND, language.plain(actor.name))
        if total <= 100 and f"actors/{actor.id}/" not in found:
            lost.append(actor.id)
    context.close()
    assert lost == []
