"""Fixtures for the project's own site: its languages, pages and kinds of page are found, never named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support import ROOT
from support.pages import pages_by_kind
from support.projects import Edition, build, copy_project, make_once, read_editions

EDITIONS = read_editions(ROOT)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that uses `edition` once per language of the project."""
    if "edition" in metafunc.fixturenames:
        metafunc.parametrize("edition", EDITIONS, ids=lambda edition: edition.lang)


@pytest.fixture(scope="session")
def editions() -> list[Edition]:
    return EDITIONS


@pytest.fixture(scope="session")
def own_site(shared: Path) -> Path:
    """The project's own published site, without private texts."""
    return make_once(shared / "own", lambda folder: build(copy_project(folder))) / "site"


@pytest.fixture(scope="session")
def own_address(own_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(own_site)


@pytest.fixture
def kinds(own_site: Path, edition: Edition) -> list[str]:
    """The address of a page of each kind: the largest in the default language, the smallest in the others."""
    return [addresses[0 if edition.folder else -1] for addresses in pages_by_kind(own_site, edition)]


@pytest.fixture
def own_page(own_address: str, browser: Browser, watched: Callable) -> Iterator[Page]:
    """A page on the project's own site; requests to other hosts and console errors fail the test."""
    with watched(own_address) as page:
        yield page
