"""As of a day, in a real browser: the control, the address, and the answer on the days that matter."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.corpora import BASE, write_corpus
from support.projects import copy_project, run_hooks

ISSUE = "issues/nato-joining-the-coalition/"


def camp(page: Page, stance: str) -> list[str]:
    """Who is shown in a camp, without the words beside the names."""
    return page.locator(f".vb-camp.s-{stance}:visible li:visible a").all_inner_texts()


@pytest.mark.parametrize(
    ("day", "france", "nato"),
    [("2017-05-19", "reserved", "undecided"), ("2017-05-24", "for", "undecided"), ("2017-05-25", "for", "for")],
)
def test_who_wanted_nato_in_the_coalition(page: Page, day: str, france: str, nato: str) -> None:
    """On the 19th, 24th and 25th the page says who was for, who was not, and on whose word, in one screen."""
    page.goto(f"{ISSUE}?on={day}")
    assert "France" in camp(page, france)
    assert "Allemagne" in camp(page, france)
    assert "OTAN" in camp(page, nato)
    place = page.locator(f".vb-camp.s-{france} li:visible", has_text="France").first
    expect(place).to_contain_text("rapporté par")
    for entry in page.locator(".vb-camp li:visible").all():
        box = entry.bounding_box()
        assert box["y"] + box["height"] <= 900
    shown = page.locator(".vb-rows tr[data-when]:visible th", has_text="France")
    expect(shown).to_have_count(1)


def test_the_address_follows_and_back_works(page: Page) -> None:
    """Choosing a day puts it into the address; a reload keeps it; back undoes it; the latest day needs no address."""
    page.goto(ISSUE)
    assert "France" in camp(page, "for")
    page.get_by_role("radio", name="19 mai 2017").check(force=True)
    assert page.url.endswith("?on=2017-05-19")
    assert "France" in camp(page, "reserved")
    page.reload()
    assert "France" in camp(page, "reserved")
    expect(page.get_by_role("radio", name="19 mai 2017")).to_be_checked()
    page.get_by_label("Un autre jour").fill("2017-05-01")
    page.get_by_label("Un autre jour").blur()
    assert page.url.endswith("?on=2017-05-01")
    assert camp(page, "reserved") == []
    expect(page.locator(".vb-answer .vb-silence")).to_contain_text("France")
    page.go_back()
    assert page.url.endswith("?on=2017-05-19")
    assert "France" in camp(page, "reserved")
    page.go_back()
    assert page.url.endswith(ISSUE)
    assert "France" in camp(page, "for")


def test_by_keyboard(page: Page) -> None:
    """The arrow keys walk through the days, and the change is said aloud."""
    page.goto(ISSUE)
    page.get_by_role("radio", name="25 mai 2017").focus()
    page.keyboard.press("ArrowLeft")
    assert page.url.endswith("?on=2017-05-24")
    expect(page.get_by_role("status").filter(has_text="24 mai 2017")).to_have_text("Positions au 24 mai 2017")
    assert "OTAN" in camp(page, "undecided")


def test_the_matrix_follows(page: Page) -> None:
    """On the page of all questions, cells change with the day; an empty one says so."""
    page.goto("issues/?on=2017-05-19")
    table = page.get_by_role("table", name="Thème : OTAN")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="France", exact=True))
    expect(row).to_contain_text("Réservé", use_inner_text=True)
    page.get_by_role("radio", name="25 mai 2017").check(force=True)
    assert page.url.endswith("/issues/")
    expect(row).not_to_contain_text("Réservé", use_inner_text=True)
    expect(row).to_contain_text("Pour", use_inner_text=True)
    page.goto("issues/?on=2010-01-01")
    expect(row).to_contain_text("non dit dans les sources")


@pytest.mark.parametrize("query", ["?on=yesterday", "?on=2017-02-31", "?on=%22%3E%3Cscript%3E", "?on="])
def test_an_address_with_no_day(page: Page, query: str) -> None:
    """What is no day shows the latest."""
    page.goto(ISSUE + query)
    assert "France" in camp(page, "for")


def test_the_newest_answer_shows_although_nothing_changed_that_day(
    browser: Browser, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    """A briefing dated after its positions answers on the page as it is opened, with and without a script."""
    copy_project(tmp_path)
    shutil.rmtree(tmp_path / "briefings")
    later = BASE["2020/pier.yml"].replace("date: 2020-03-02", "date: 2020-03-09", 1)
    point = "key_points:\n  - {id: p, issue: new-pier, summary: She says yes., evidence: [we-need-it]}\n"
    older = (
        later.replace("2020-03-09", "2020-02-09").replace("ada-brun-pier", "before").replace("2020-03-01", "2020-02-01")
    )
    older = older.replace("we-need-it", "we-needed-it").replace("stance: for", "stance: against")
    write_corpus(tmp_path / "briefings", {**BASE, "2020/pier.yml": later + point, "2020/before.yml": older})
    assert run_hooks(tmp_path, "build").returncode == 0
    for scripts in (True, False):
        context = browser.new_context(base_url=serve(tmp_path / "site"), java_script_enabled=scripts)
        page = context.new_page()
        page.goto("issues/new-pier/")
        expect(page.locator(".vb-answer .v")).to_contain_text("She says yes.", use_inner_text=True)
        context.close()


def test_old_addresses_keep_their_anchor(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """The old address of a renamed page leads to the same place of the new one."""
    copy_project(tmp_path)
    briefing = tmp_path / "briefings/2017/nato-brussels-summit-2017-05-25.yml"
    briefing.write_text("formerly: [summit]\n" + briefing.read_text(encoding="utf-8"), encoding="utf-8")
    assert run_hooks(tmp_path, "build").returncode == 0
    context = browser.new_context(base_url=serve(tmp_path / "site"))
    page = context.new_page()
    page.goto("briefings/summit/#position-nato-joining-2017-05-25")
    page.wait_for_url("**/briefings/nato-brussels-summit-2017-05-25/#position-nato-joining-2017-05-25")
    expect(page.locator(":target")).to_contain_text("OTAN")
    context.close()


def test_without_javascript_the_latest_and_every_change(browser: Browser, address: str) -> None:
    """Without a script the latest day shows, with the list of changes and no control that does nothing."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{ISSUE}?on=2017-05-19")
    assert "France" in camp(page, "for")
    expect(page.locator(".vb-asof")).to_be_hidden()
    changes = page.locator(".vb-changes > div", has=page.get_by_role("link", name="France", exact=True))
    expect(changes).to_contain_text("Réservé")
    expect(changes).to_contain_text("Pour")
    context.close()


def test_a_permalink_is_copied(browser: Browser, address: str) -> None:
    """A click on the mark beside a position copies its address, says so, and the address leads to it."""
    context = browser.new_context(base_url=address, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ISSUE)
    link = page.locator("#position-nato-joining-2017-05-25 .vb-link")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Lien copié")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied)
    expect(page.locator(":target")).to_contain_text("OTAN")
    context.close()


def test_no_page_is_heavy(site: Path, serve: Callable[[Path], str]) -> None:
    """No page of the published site is above 200 KB compressed."""
    import gzip

    sizes = {path: len(gzip.compress(path.read_bytes())) for path in site.resolve().rglob("*.html")}
    assert max(sizes.values()) < 200_000
