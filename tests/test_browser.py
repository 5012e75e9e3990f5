"""What readers do, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from support.sample import BRIEFING, ISSUE, KINDS, SOURCE


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
    widths = (320, 390, 768, 1280, 1920)
    page.set_viewport_size({"width": widths[0], "height": 900})
    page.goto(path)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for opened in (False, True):
            page.evaluate("open => document.querySelectorAll('details').forEach(one => one.open = open)", opened)
            # Wait: the search box moves while a window is being resized.
            page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width, polling=20)
        assert page.evaluate(TOO_WIDE) == []


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
    expect(summit).to_contain_text("Suite : a eu lieu (dossier du 25 mai 2021)")


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
    plain_page.locator(".vb-legend > summary").click()
    plain_page.locator(".vb-key [popovertarget]").last.focus()
    plain_page.keyboard.press("Shift+Tab")
    shown = plain_page.locator(".vb-key [popover]:visible")
    expect(shown).to_have_id("paraphrase")
    plain_page.keyboard.press("Enter")
    plain_page.keyboard.press("Tab")
    expect(shown.get_by_role("link")).to_be_focused()
    plain_page.keyboard.press("Enter")
    expect(plain_page).to_have_url(re.compile("/method/#paraphrase$"))


def test_two_actors_compared(page: Page) -> None:
    """An actor's page leads there; former ids are known; each line says who holds what; choices are the address."""
    page.goto("actors/nils-haldenberg/")
    page.get_by_text("Avec qui, et contre qui").last.click()
    page.get_by_role("link", name="Comparer avec : ARPO").click()
    expect(page.get_by_role("status")).to_contain_text("Même position : 2 · positions différentes : 1")
    page.goto("compare/?a=shore-alliance&b=nils-haldenberg")
    expect(page.get_by_label("Un acteur")).to_have_value("orpa")
    shown = {name: page.locator(f"#{name} ~ table tbody tr") for name in ("differ", "agree", "one", "changed")}
    for name, count in {"differ": 1, "agree": 2, "one": 2, "changed": 2}.items():
        expect(shown[name]).to_have_count(count)
    expect(shown["one"].first).to_contain_text("non dit dans les sources")
    line = shown["differ"].locator(".vb-statement").last
    expect(line).to_contain_text("Question ouverte")
    expect(line).to_contain_text("de première main · 24 mai 2021")
    assert (line.get_by_role("link").get_attribute("href") or "").startswith("../briefings/")
    page.get_by_label("Un autre acteur").select_option("corvina")
    expect(page).to_have_url(re.compile(r"/compare/\?a=orpa&b=corvina$"))
    page.locator("a.vb-lang").click()
    expect(page).to_have_url(re.compile(r"/en/compare/\?a=orpa&b=corvina$"))
    expect(page.locator("#differ")).to_have_text("Different positions 1")
    page.goto("compare/?a=orpa&b=orpa")
    expect(page.get_by_role("status")).to_have_text("Choisissez deux acteurs différents.")
    page.goto("compare/?a=orpa&b=nobody")
    expect(page.get_by_role("status")).to_have_text("Aucun acteur du site n’a cette adresse.")


@pytest.mark.parametrize(
    ("path", "part"), [(f"issues/{ISSUE}/", "camps"), (f"issues/{ISSUE}/", "timeline"), (BRIEFING, "matrix")]
)
def test_what_other_sites_frame(page: Page, path: str, part: str) -> None:
    """The code to copy leads to a page that names its source and day, follows the reader's colours, and links out."""
    page.goto(path)
    root = page.url.removesuffix(path)
    code = page.locator(f"#embed-{part}").input_value()
    [address] = re.findall(r'<iframe src="([^"]+)" title="[^"]+" width="100%" height="420" loading="lazy"', code)
    assert page.goto(f"{root}{address}").ok
    assert page.locator("script").count() == 0
    expect(page.locator("h1 a")).to_have_attribute("target", "_blank")
    expect(page.locator(".vb-from")).to_contain_text(re.compile(r"Sextant · état au \d+"))
    if part != "timeline":
        expect(page.locator(".vb-mk use").first).to_be_attached()
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(19, 25, 31)"
    page.emulate_media(color_scheme=None)
    lines = page.locator("li a, td a, th a")
    assert lines.count() > 0
    for link in lines.all():
        assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")
