"""The site that is read from its folder, without a server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, expect

from support.projects import build, copy_sample


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = build(copy_sample(tmp_path_factory.mktemp("project")), "--offline")
    assert not (project / "site").exists()
    return (project / "offline").resolve()


def test_every_page_opens_from_its_folder(offline: Path, browser: Browser) -> None:
    """Each page opens without an error and asks for nothing but files, and each link inside leads to a file."""
    context = browser.new_context()
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    links, anchors = set(), {}
    for path in sorted(offline.rglob("*.html")):
        if path.name == "404.html":
            continue
        page.goto(path.as_uri())
        page.wait_for_load_state("load")
        found = page.eval_on_selector_all("[href]", "all => all.map((one) => one.getAttribute('href'))")
        links |= {urljoin(path.as_uri(), link) for link in found}
        anchors[path.as_uri()] = set(page.eval_on_selector_all("[id]", "all => all.map((one) => one.id)"))
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith("file:")] == []
    inside = [urldefrag(link) for link in links if link.startswith("file:")]
    files = {path.as_uri() for path in offline.rglob("*") if path.is_file()}
    assert [file for file, _ in inside if file not in files] == []
    assert [at for at in inside if at.fragment and at.fragment not in anchors[at.url] | {"__skip"}] == []


def test_indexes_take_the_place_of_the_search_box(offline: Path, browser: Browser) -> None:
    """There is no search box, but links to questions and actors; filters still work, on the rows that are there."""
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
