"""What a reader does, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

BRIEFING = "briefings/nato-and-terrorism-2017-05-24/"
KINDS = {
    "home": "",
    "briefing": BRIEFING,
    "issue": "issues/nato-joining-the-coalition/",
    "actor": "actors/jens-stoltenberg/",
    "source": "sources/nato-terrorism-article-2017-05/",
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
    """A reader searches a name, opens the actor, and finds a position with its quotation and where it stands."""
    page.goto("")
    _search(page, "Stoltenberg")
    result = page.locator(
        ".md-search-result__link", has=page.get_by_role("heading", name="Jens Stoltenberg", exact=True)
    )
    result.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jens Stoltenberg")
    row = page.locator("#position-jens-stoltenberg-doing-more-2017-05-24")
    expect(row).to_contain_text("Pour")
    expect(row.locator(".vb-words")).to_contain_text("Je m'attends à ce que les Alliés agissent")
    expect(row.locator(".vb-words")).to_contain_text("vérifié mot à mot")
    row.locator("summary").click()
    row.get_by_role("link", name="paragraphe\u00a03").first.click()
    expect(page).to_have_url(
        page.url.split("sources/")[0] + "sources/nato-terrorism-article-2017-05/#quotation-stoltenberg-allies-to-act"
    )
    expect(page.locator(":target")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("otan", "OTAN"),
        ("etat islamique", "Groupe État islamique"),
        ("défense", "Les Européens doivent-ils"),
        ("defense", "Les Européens doivent-ils"),
    ],
)
def test_search_minds_neither_accents_nor_elisions(page: Page, words: str, title: str) -> None:
    """Words are found behind an elision, and with or without their accents."""
    page.goto("")
    _search(page, words)
    expect(page.locator(".md-search-result__link", has_text=title).first).to_be_visible()


def test_search_shows_elided_words(page: Page) -> None:
    """ "otan" finds a statement that only says "l'OTAN"."""
    page.goto("")
    _search(page, "otan")
    texts = page.locator(".md-search-result__article").all_inner_texts
    expect(page.locator(".md-search-result__article mark", has_text="OTAN").first).to_be_visible()
    assert any("l'OTAN" in text or "L’OTAN" in text or "l’OTAN" in text for text in texts())


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_page_scrolls_sideways(page: Page, path: str) -> None:
    """From a small phone to a wide screen, nothing runs out of the window."""
    for width in (320, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)  # anew: the search box slides while a window is being resized
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_our_part_of_each_page_is_accessible(browser: Browser, address: str, path: str, scheme: str) -> None:
    """axe finds no violation in what we render, in light and dark, with all evidence open."""
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    results = Axe().run(page, context=".md-content")
    context.close()
    violations = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in results.response["violations"]]
    assert results.response["passes"]
    assert violations == []


def test_without_javascript(browser: Browser, address: str) -> None:
    """Every fact is there without scripts: positions, evidence, chain, events."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(BRIEFING)
    row = page.locator("#position-italy-joining-2017-05-24")
    row.locator("summary").click()
    expect(row.locator(".vb-chain")).to_be_visible()
    expect(row.locator(".vb-chain")).to_contain_text("Une source diplomatique")
    summit = page.locator("#event-brussels-summit-2017-05-25")
    expect(summit).to_contain_text("a eu lieu, dit le dossier du 25 mai 2017")
    context.close()


def test_by_keyboard_alone(page: Page) -> None:
    """The skip link comes first, evidence opens with Enter, and search opens with its key."""
    page.goto(BRIEFING)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#content")
    summary = page.locator("#position-nato-joining-2017-05-24 summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#position-nato-joining-2017-05-24 .vb-chain")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("body").press("f")
    expect(page.get_by_role("textbox", name="Rechercher")).to_be_focused()


def test_hostile_text_is_shown_and_not_run(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """Markup in titles, names and prose is shown as it was typed, in the page, its title and the search."""
    from conftest import copy_project, run_hooks

    hostile = "</title><script>window.broken=1</script><img src=x onerror=window.broken=1>"
    copy_project(tmp_path)
    briefing = tmp_path / "briefings/2017/nato-and-terrorism-2017-05-24.yml"
    text = briefing.read_text(encoding="utf-8")
    for words, start in (
        ("fr: L'OTAN pressée d'en faire plus contre le terrorisme", "fr: "),
        ("{fr: Une source diplomatique,", "{fr: "),
        ("fr: Les États-Unis demandent que l'OTAN entre dans la coalition qu'ils conduisent.", "fr: "),
    ):
        assert words in text
        text = text.replace(words, f"{start}'{hostile}'{',' if words.endswith(',') else ''}")
    briefing.write_text(text, encoding="utf-8")
    result = run_hooks(tmp_path, "build")
    assert result.returncode == 0, result.stdout + result.stderr
    context = browser.new_context(base_url=serve(tmp_path / "site"))
    page = context.new_page()
    for path in ("", BRIEFING, "briefings/", "timeline/", "issues/nato-joining-the-coalition/"):
        page.goto(path)
        assert page.evaluate("window.broken") is None, path
        expect(page.locator("body")).to_contain_text("<script>window.broken=1</script>")
    page.goto(BRIEFING)
    assert page.title() == f"{hostile} - Verbatim"
    _search(page, "broken")
    expect(page.locator(".md-search-result__link").first).to_contain_text("window.broken")
    assert page.evaluate("window.broken") is None
    context.close()
