"""As of a day, in a real browser: the control, the address, and the answer on days of change."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

ISSUE = "issues/joining-the-patrol/"


def camp(page: Page, stance: str) -> list[str]:
    """The names shown in a camp."""
    return page.locator(f".vb-camp.s-{stance}:visible li:visible a").all_inner_texts()


@pytest.mark.parametrize(
    ("day", "valdoria", "orpa"),
    [("2021-05-19", "reserved", "undecided"), ("2021-05-24", "for", "undecided"), ("2021-05-25", "for", "for")],
)
def test_who_stands_where_on_a_day(page: Page, day: str, valdoria: str, orpa: str) -> None:
    """On the 19th, 24th and 25th the page shows who was for, who was not, and who reports it, on one screen."""
    page.goto(f"{ISSUE}?on={day}")
    assert "Valdorie" in camp(page, valdoria)
    assert "Brumélie" in camp(page, valdoria)
    assert "ARPO" in camp(page, orpa)
    place = page.locator(f".vb-camp.s-{valdoria} li:visible", has_text="Valdorie").first
    expect(place).to_contain_text("d’après")
    for entry in page.locator(".vb-camp li:visible").all():
        box = entry.bounding_box()
        assert box["y"] + box["height"] <= 900
    named = page.get_by_role("link", name="Valdorie", exact=True)
    shown = page.locator(".vb-rows tr[data-when]:visible th", has=named)
    expect(shown).to_have_count(1)


def test_the_address_follows_and_back_works(page: Page) -> None:
    """A chosen day is in the address; a reload keeps it; back undoes it; the latest day is not in the address."""
    page.goto(ISSUE)
    assert "Valdorie" in camp(page, "for")
    page.get_by_role("radio", name="19 mai 2021").check(force=True)
    assert page.url.endswith("?on=2021-05-19")
    assert "Valdorie" in camp(page, "reserved")
    page.reload()
    assert "Valdorie" in camp(page, "reserved")
    expect(page.get_by_role("radio", name="19 mai 2021")).to_be_checked()
    page.get_by_label("Un autre jour").fill("2021-05-01")
    page.get_by_label("Un autre jour").blur()
    assert page.url.endswith("?on=2021-05-01")
    assert camp(page, "reserved") == []
    expect(page.locator(".vb-answer .vb-silence")).to_contain_text("Valdorie")
    page.go_back()
    assert page.url.endswith("?on=2021-05-19")
    assert "Valdorie" in camp(page, "reserved")
    page.go_back()
    assert page.url.endswith(ISSUE)
    assert "Valdorie" in camp(page, "for")


def test_by_keyboard(page: Page) -> None:
    """The arrow keys move through the days, and the change is announced."""
    page.goto(ISSUE)
    page.get_by_role("radio", name="25 mai 2021").focus()
    page.keyboard.press("ArrowLeft")
    assert page.url.endswith("?on=2021-05-24")
    expect(page.get_by_role("status").filter(has_text="24 mai 2021")).to_have_text("Positions au 24 mai 2021")
    assert "ARPO" in camp(page, "undecided")


def test_the_matrix_follows(page: Page) -> None:
    """On the index of questions, cells change with the day; an empty cell says so."""
    page.goto("issues/?on=2021-05-19")
    table = page.get_by_role("table", name="Thème : ARPO")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Valdorie", exact=True))
    expect(row).to_contain_text("Réserves", use_inner_text=True)
    page.get_by_role("radio", name="25 mai 2021").check(force=True)
    assert page.url.endswith("/issues/")
    expect(row).not_to_contain_text("Réserves", use_inner_text=True)
    expect(row).to_contain_text("Pour", use_inner_text=True)
    page.goto("issues/?on=2010-01-01")
    expect(row).to_contain_text("non dit dans les sources")


@pytest.mark.parametrize(
    "query", ["?on=yesterday", "?on=0000-01-01", "?on=2021-02-31", "?on=%22%3E%3Cscript%3E", "?on="]
)
def test_an_address_with_no_day(page: Page, query: str) -> None:
    """An invalid day shows the latest."""
    page.goto(ISSUE + query)
    assert "Valdorie" in camp(page, "for")


@pytest.mark.parametrize("opened", ["page", "plain_page"])
def test_the_newest_answer_shows_although_nothing_changed_that_day(opened: str, request: pytest.FixtureRequest) -> None:
    """A briefing dated after its positions gives the answer when the page opens, with and without scripts."""
    page = request.getfixturevalue(opened)
    page.goto("issues/lighthouse-keepers/")
    expect(page.locator(".vb-answer .v")).to_contain_text("L’ARPO dit oui aux gardiens.", use_inner_text=True)


def test_old_addresses_keep_their_anchor(page: Page) -> None:
    """The former address of a renamed page redirects to the same anchor of the new one."""
    page.goto("briefings/summit/#position-orpa-joining-2021-05-25")
    page.wait_for_url("**/briefings/patrol-agreed-2021-05-25/#position-orpa-joining-2021-05-25")
    expect(page.locator(":target")).to_contain_text("ARPO")


def test_without_javascript_the_latest_and_every_change(plain_page: Page) -> None:
    """Without scripts, the page shows the latest day, each party's history inside its row, and no control."""
    plain_page.goto(f"{ISSUE}?on=2021-05-19")
    assert "Valdorie" in camp(plain_page, "for")
    expect(plain_page.locator(".vb-asof")).to_be_hidden()
    named = plain_page.get_by_role("link", name="Valdorie", exact=True)
    row = plain_page.locator(".vb-rows tr:visible", has=plain_page.locator("th", has=named))
    row.locator("summary", has_text="prises de position").click()
    expect(row.locator(".vb-past")).to_be_visible()
    expect(row.locator(".vb-past")).to_contain_text("Réserves")
    expect(row.locator(".vb-past")).to_contain_text("Pour")


def test_on_a_phone_the_row_of_days_shows_the_chosen_one(page: Page) -> None:
    """On a small screen, the days are one row that scrolls to the chosen day by itself."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(ISSUE)
    for number in (-1, 0):
        stop = page.locator(".vb-stops label").nth(number)
        stop.locator("input").check(force=True)
        expect(stop).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("scrollY") == 0


def test_a_permalink_is_copied(browser: Browser, address: str) -> None:
    """A click on the mark beside a position copies its permalink and announces it; the permalink works."""
    context = browser.new_context(base_url=address, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ISSUE)
    link = page.locator("#position-orpa-joining-2021-05-25 .vb-link")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Lien copié")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied)
    expect(page.locator(":target")).to_contain_text("ARPO")
    context.close()
