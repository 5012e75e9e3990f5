"""What readers do, in a real browser."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.accessibility import SIZES, open_everything, violations
from support.sample import EVE, ISSUE, SOURCE

BRIEFING = f"briefings/{EVE}/"
KINDS = {
    "home": "",
    "briefing": BRIEFING,
    "issue": f"issues/{ISSUE}/",
    "actor": "actors/nils-haldenberg/",
    "source": f"sources/{SOURCE}/",
    "timeline": "timeline/",
    "explore": "explore/",
    "briefings": "briefings/",
    "issues": "issues/",
    "actors": "actors/",
    "sources": "sources/",
    "method": "method/",
}


def _search(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Rechercher").click()
    page.keyboard.type(words)


def test_from_a_search_to_the_words(page: Page) -> None:
    """A reader searches a name, opens the actor, and finds a position with its quotation and locator."""
    page.goto("")
    _search(page, "Haldenberg")
    result = page.locator(".md-search-result__link").first
    expect(result).to_contain_text("Nils Haldenberg")
    result.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nils Haldenberg")
    row = page.locator("#position-nils-haldenberg-doing-more-2021-05-24")
    expect(row).to_contain_text("Pour")
    expect(row.locator(".vb-words")).to_contain_text("Je m'attends à ce que les Ports agissent")
    expect(row.locator(".vb-words")).to_contain_text("vérifié mot à mot")
    row.locator("summary").click()
    row.get_by_role("link", name="paragraphe\u00a03").first.click()
    expect(page).to_have_url(page.url.split("sources/")[0] + f"sources/{SOURCE}/#quotation-haldenberg-ports-to-act")
    expect(page.locator(":target")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("arpo", "ARPO"),
        ("zenith noir", "Groupe Zénith noir"),
        ("sûreté", "Les ports doivent-ils"),
        ("surete", "Les ports doivent-ils"),
    ],
)
def test_search_minds_neither_accents_nor_elisions(page: Page, words: str, title: str) -> None:
    """Words are found after an elision, and with or without accents."""
    page.goto("")
    _search(page, words)
    expect(page.locator(".md-search-result__link", has_text=title).first).to_be_visible()


def test_search_shows_elided_words(page: Page) -> None:
    """ "arpo" finds a statement that only says "l'ARPO"."""
    page.goto("")
    _search(page, "arpo")
    texts = page.locator(".md-search-result__article").all_inner_texts
    expect(page.locator(".md-search-result__article mark", has_text="ARPO").first).to_be_visible()
    assert any("l'ARPO" in text or "L’ARPO" in text or "l’ARPO" in text for text in texts())


TOO_WIDE = """[...document.querySelectorAll(".vb-ev-b, .vb-ev-b *")]
  .filter((one) => one.checkVisibility() && !one.closest(".vb-sr") && one.clientWidth)
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.outerHTML.slice(0, 200))"""
"""What is wider than its place in opened evidence."""


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_page_scrolls_sideways(page: Page, path: str) -> None:
    """From a small phone to a wide screen, nothing is wider than the window or its place, opened or not."""
    for loaded, *wider in ((320, 390, 768), (1280, 1920)):
        page.set_viewport_size({"width": loaded, "height": 900})
        page.goto(path)
        for width in (loaded, *wider):
            page.set_viewport_size({"width": width, "height": 900})
            for opened in (False, True):
                page.evaluate("open => document.querySelectorAll('details').forEach(one => one.open = open)", opened)
                # Wait: the search box moves while a window is being resized.
                page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width, polling=20)
            assert page.evaluate(TOO_WIDE) == []


MODES = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone in the dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "large text": {"viewport": {"width": 1280, "height": 900}},
}


def _enlarge(page: Page) -> None:
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # Material's own is 125 %


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_accessible(browser: Browser, address: str, mode: str) -> None:
    """axe finds no violation on any kind of page, the theme's parts included, with evidence open and search in use."""
    context = browser.new_context(base_url=address, bypass_csp=True, **MODES[mode])
    page = context.new_page()
    found = {}
    others = ("en/", f"en/{BRIEFING}", "explore/?words=arpo", "404.html") if mode == "desktop" else ()
    for path in (*KINDS.values(), *others):
        page.goto(path)
        open_everything(page)
        if mode == "large text":
            _enlarge(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path
        if path == "":
            page.locator(".md-header__button[for=__search], .md-search__input").locator("visible=true").first.click()
            page.keyboard.type("patrouille")
            expect(page.locator(".md-search-result__link").first).to_be_visible()
        found[path] = violations(page, only=SIZES if mode == "large text" else ())
    context.close()
    assert {path: each for path, each in found.items() if each} == {}


OUTLINE = """(html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const unnamed = "main :is(nav, aside, form):not([aria-label], [aria-labelledby], [role=search])";
    return {
        levels: [...page.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")].map((one) => Number(one.tagName[1])),
        mains: page.querySelectorAll("main").length,
        unnamed: [...page.querySelectorAll(unnamed)].map((one) => one.outerHTML.slice(0, 120)),
    };
}"""
"""What assistive technology navigates by, in a page that is parsed and not run."""


def test_headings_and_landmarks(page: Page, site: Path) -> None:
    """Each page has one h1, no skipped heading level, one main landmark, and names for the other landmarks."""
    for path in KINDS.values():
        outline = page.evaluate(OUTLINE, (site / path / "index.html").read_text(encoding="utf-8"))
        levels = outline["levels"]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
        assert (outline["mains"], outline["unnamed"]) == (1, []), path


def test_the_theme_s_menu_and_search_by_keyboard_on_a_phone(page: Page) -> None:
    """On a small screen, Tab reaches the menu and the search, and Enter opens them."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("about/")
    page.locator(".md-header__button[for=__drawer]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#__drawer")).to_be_checked()
    expect(page.locator(".md-nav--primary").get_by_role("link", name="Acteurs")).to_be_visible()
    page.goto("about/")
    page.locator(".md-header__button[for=__search]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#__search")).to_be_checked()


def test_no_stop_is_off_the_screen_of_a_phone(page: Page) -> None:
    """The Tab key comes only to what is on the screen; the drawer's links are stops while it is open."""
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("", "about/", BRIEFING):
        page.goto(path)
        for _ in range(25):
            page.keyboard.press("Tab")
            where = page.evaluate("""() => {
                const one = document.activeElement, box = one.getBoundingClientRect();
                return box.right <= 0 || box.left >= innerWidth ? one.outerHTML.slice(0, 120) : null;
            }""")
            assert where is None, (path, where)
        page.goto(path)
        page.locator(".md-header__button[for=__drawer]").press("Enter")
        page.locator(".md-nav--primary").get_by_role("link", name="Acteurs").focus()
        expect(page.locator(".md-nav--primary").get_by_role("link", name="Acteurs")).to_be_focused()
        expect(page.locator(".md-nav--primary").get_by_role("link", name="Acteurs")).to_be_in_viewport()


def test_focus_is_always_visible(page: Page) -> None:
    """Every element that Tab reaches on a briefing and in the explorer has a visible focus."""
    for path in (BRIEFING, "explore/", f"issues/{ISSUE}/"):
        page.goto(path)
        page.locator("h1").click()
        for _ in range(25):
            page.keyboard.press("Tab")
            seen = page.evaluate("""() => {
                const one = document.activeElement;
                const shows = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                const near = [one, one.closest("label"), one.nextElementSibling];
                return near.some((it) => it && shows(getComputedStyle(it))) || one.outerHTML.slice(0, 120);
            }""")
            assert seen is True, (path, seen)


def test_the_other_language_is_the_same_place(page: Page) -> None:
    """The switch opens the same page in the other language, with the chosen day or words, and back."""
    page.goto(f"issues/{ISSUE}/?on=2021-05-19")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(rf"/en/issues/{ISSUE}/\?on=2021-05-19$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Should ORPA become a full member")
    expect(page.get_by_role("radio", name="19 May 2021")).to_be_checked()
    page.goto("en/explore/?words=patrol")
    expect(page.locator(".vb-count:not([aria-busy])")).to_contain_text("Results")
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("searchbox", name="Mots cherchés")).to_have_value("patrol")


def test_the_home_page_searches(page: Page) -> None:
    """Words typed on the home page are searched in the explorer."""
    page.goto("en/")
    page.get_by_label("Search for a name, a word, a question").fill("Merlow")
    page.keyboard.press("Enter")
    expect(page.locator(".vb-x tr.vb-whole").first).to_contain_text("Anna Merlow")


def test_a_briefing_in_print(browser: Browser, address: str) -> None:
    """On A4, a briefing has its evidence, address and date, and nothing that works only on a screen."""
    context = browser.new_context(base_url=address, viewport={"width": 718, "height": 1000}, bypass_csp=True)
    page = context.new_page()
    page.goto(BRIEFING)
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-tabs", ".md-footer", ".vb-crumbs", ".vb-filter"):
        assert page.locator(f"{selector}:visible").count() == 0, selector
    row = page.locator("#position-corvina-joining-2021-05-24")
    expect(row.locator(".vb-mod").first).to_contain_text("une source diplomatique")
    expect(row.locator(".vb-ev-b")).to_contain_text("paragraphe\u00a011")
    expect(row.locator(".vb-ev-b")).to_be_visible()
    expect(page.locator(".vb-imprint")).to_be_visible()
    expect(page.locator(".vb-imprint")).to_contain_text(BRIEFING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.pdf(format="A4").startswith(b"%PDF")
    context.close()


def test_without_javascript(plain_page: Page) -> None:
    """Without scripts, every fact is shown: positions, evidence, chain, events."""
    plain_page.goto(BRIEFING)
    row = plain_page.locator("#position-corvina-joining-2021-05-24")
    row.locator("summary").click()
    expect(row.locator(".vb-chain")).to_be_visible()
    expect(row.locator(".vb-chain")).to_contain_text("une source diplomatique")
    summit = plain_page.locator("#event-orane-summit-2021-05-25")
    expect(summit).to_contain_text("a eu lieu, d’après le dossier du 25 mai 2021")


def test_words_explain_themselves(plain_page: Page) -> None:
    """Without scripts, a word with a special sense is explained where it first stands and in the key: by a tap, by
    Enter, and in the key by the focus alone; the explanation leads to its paragraph of the method page."""
    plain_page.goto(BRIEFING)
    first = plain_page.locator(".vb-ess [popovertarget=reported]")
    explanation = plain_page.locator("#reported")
    expect(first).to_have_count(1)
    for opens in (first.click, lambda: first.press("Enter")):
        opens()
        expect(explanation).to_be_visible()
        plain_page.keyboard.press("Escape")
        expect(explanation).to_be_hidden()
    plain_page.locator(".vb-key [popovertarget]").last.focus()
    plain_page.keyboard.press("Shift+Tab")
    shown = plain_page.locator(".vb-key [popover]:visible")
    expect(shown).to_have_id("paraphrase")
    plain_page.keyboard.press("Enter")
    plain_page.keyboard.press("Tab")
    expect(shown.get_by_role("link")).to_be_focused()
    plain_page.keyboard.press("Enter")
    expect(plain_page).to_have_url(re.compile("/method/#paraphrase$"))


def test_by_keyboard_alone(page: Page) -> None:
    """The skip link comes first, evidence opens with Enter, and search opens with its key."""
    page.goto(BRIEFING)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#content")
    summary = page.locator("#position-orpa-joining-2021-05-24 summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#position-orpa-joining-2021-05-24 .vb-chain")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("body").press("f")
    expect(page.get_by_role("textbox", name="Rechercher")).to_be_focused()
