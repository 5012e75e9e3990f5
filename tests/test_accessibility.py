"""What everybody can read and reach, in a real browser: axe, headings, the keyboard, what has the focus."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.accessibility import SIZES, WIDTHS, faint, open_everything, violations
from support.sample import BRIEFING, ISSUE, KINDS

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MODES = ("desktop", "phone in the dark", "large text")
OTHERS = ("en/", f"en/{BRIEFING}", "explore/?words=arpo", "404.html", f"embed/issues/{ISSUE}/camps.html")
"""Pages that are looked at in one mode alone."""


@pytest.fixture(scope="module")
def violated(address: str, watched: Callable[[str], AbstractContextManager[Page]]) -> dict[str, dict[str, list]]:
    """By mode and page, what axe finds, and how much wider than the window the page is; each page is loaded once."""
    found = {mode: {} for mode in MODES}
    tried = []
    with watched(address) as page:
        for path in (*KINDS.values(), *OTHERS):
            page.set_viewport_size(DESKTOP)
            page.emulate_media(color_scheme="light")
            page.goto(path)
            open_everything(page)
            if path == "":
                page.locator(".md-search__input").click()
                page.keyboard.type("patrouille")
                expect(page.locator(".md-search-result__link").first).to_be_visible()
            found["desktop"][path] = violations(page) + faint(page, tried)
            if path in OTHERS:
                continue
            page.evaluate("document.documentElement.style.fontSize = '250%'")  # Material's own is 125 %
            wider = page.evaluate("document.documentElement.scrollWidth") - DESKTOP["width"]
            found["large text"][path] = violations(page, only=SIZES) + [("wider than the window", wider)] * (wider > 0)
            page.evaluate("document.documentElement.style.fontSize = ''")
            page.set_viewport_size(PHONE)
            page.emulate_media(color_scheme="dark")
            found["phone in the dark"][path] = violations(page, only=WIDTHS if path else ()) + faint(page, tried)
    return found


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_accessible(violated: dict[str, dict[str, list]], mode: str) -> None:
    """axe finds no violation on any kind of page, the theme's parts included, with evidence open and search in use.

    On a phone in the dark all rules are run at home, and on other pages those that colours and widths can violate.
    """
    assert len(violated[mode]) >= len(KINDS)
    assert {path: each for path, each in violated[mode].items() if each} == {}


FAINT = """<style>p { color: #111 } .late { color: #999 }</style>
<main><p>A <b>dark</b> word</p><p>Another</p><p class=late>One that is faint</p><p class=late>And one more</p></main>"""


def test_faint_words_are_seen(page: Page) -> None:
    """Of words that are too faint, one of each look is named, once for all pages."""
    tried = []
    page.set_content(FAINT)
    assert faint(page, tried) == [("color-contrast", ['<p class="late" data-look="">One that is faint</p>'])]
    page.set_content(FAINT)
    assert faint(page, tried) == []
    assert faint(page) != []


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
        outline = page.evaluate(OUTLINE, (site / path.split("?")[0] / "index.html").read_text(encoding="utf-8"))
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
