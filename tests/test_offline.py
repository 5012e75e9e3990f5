"""Offline: the site opened from its folder, without a server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, expect

from support.pages import Page, pages_by_kind
from support.projects import build, copy_sample, read_editions


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = build(copy_sample(tmp_path_factory.mktemp("project")), "--offline")
    assert not (project / "site").exists()
    return (project / "offline").resolve()


def test_every_link_leads_to_a_file(offline: Path) -> None:
    """Each link inside the site names a file, and each anchor an element of it."""
    pages = {
        path.as_uri(): Page(path.read_text("utf-8")) for path in offline.rglob("*.html") if path.name != "404.html"
    }
    files = {path.as_uri() for path in offline.rglob("*") if path.is_file()}
    inside = [urldefrag(urljoin(address, link)) for address, page in pages.items() for link in page.links]
    inside = [target for target in inside if target.url.startswith("file:")]
    assert len(inside) > len(pages)
    assert [target for target in inside if target.url not in files] == []
    anchors = [target for target in inside if target.fragment and not target.fragment.startswith("__")]
    assert [target for target in anchors if target.fragment not in pages[target.url].ids] == []


def test_each_kind_of_page_opens_from_its_folder(offline: Path, browser: Browser) -> None:
    """A page of each kind in each language opens without errors, and requests only files."""
    context = browser.new_context()
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    kinds = [
        addresses[-1]
        for edition in read_editions(offline.parent.parent)
        for addresses in pages_by_kind(offline, edition)
    ]
    assert len(kinds) > 20
    for address in kinds:
        page.goto((offline / address / "index.html").as_uri())
        page.wait_for_load_state("load")
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith("file:")] == []


def test_indexes_take_the_place_of_the_search_box(offline: Path, browser: Browser) -> None:
    """Links to questions and actors replace the search box; filters work on the rows of the page."""
    context = browser.new_context()
    page = context.new_page()
    page.goto((offline / "index.html").as_uri())
    expect(page.locator(".md-search")).to_have_count(0)
    page.locator(".vb-indexes").get_by_role("link", name="Acteurs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acteurs")
    page.get_by_role("link", name="Explorer").first.click()
    page.get_by_role("radio", name="Contre").check()
    shown = page.locator("tr[data-id]:visible")
    expect(page.locator("tr[data-id]:visible:not([data-stance=against])")).to_have_count(0)
    expect(page.locator(".vb-count")).to_contain_text(f"Résultats\u00a0: {shown.count()} sur")
    expect(page.get_by_role("button", name="Télécharger")).to_be_hidden()
    context.close()


def test_readers_check_their_copy_without_a_server(offline: Path, browser: Browser) -> None:
    """Checking a copy works on a page that is opened from its folder."""
    home = next(page for page in sorted((offline / "sources").glob("*/index.html")) if "vb-own" in page.read_text())
    context = browser.new_context()
    page = context.new_page()
    page.goto(home.as_uri())
    page.get_by_text("Vous avez l’article").click()
    page.get_by_role("textbox", name="Texte de l’article").fill("Another article.")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator(".vb-own-result")).to_contain_text("Citations retrouvées mot à mot\u00a0: 0 sur")
    context.close()
