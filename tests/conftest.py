"""Fixtures: a built site, servers, and a browser. Functions that tests share are in `support/`."""

from __future__ import annotations

import gc
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from support import TESTS
from support.live import LiveServer
from support.projects import build, copy_sample, make_once

expect.set_options(timeout=20_000)  # on two busy cores

gc.set_threshold(100_000, 20, 100)  # corpora are large and live long: looking through them for garbage finds none

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled once is used by hundreds of processes

LONGEST = (
    "test_accessibility", "test_injection", "content/test_pages", "test_search", "test_whole_or_nothing",
    "test_fuzzing", "test_no_tracebacks", "test_own_copy", "test_browser", "test_serve", "test_explore",
    "test_timelines", "test_offline", "test_front_matter", "test_repeatable", "test_site", "test_verification",
    "test_live_breakage", "test_signatures", "test_archives", "test_whole_site",
)  # fmt: skip
"""The modules that take longest start first, so that no worker is left alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest modules first; others keep their order."""
    places = {str(TESTS / f"{name}.py"): place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(str(item.path), len(LONGEST)))


CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Programs of Chromium, the cheapest first: the shell, which has no windows, takes less than half of the time."""

DESKTOP = {"width": 1280, "height": 900}

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("fuzz", deadline=None, max_examples=20_000)
settings.load_profile("repeatable")  # `pytest --hypothesis-profile=fuzz` chooses the other


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share; `make_once` fills its subfolders."""
    base = tmp_path_factory.getbasetemp()
    return base.parent / "shared" if "PYTEST_XDIST_WORKER" in os.environ else base / "shared"


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(shared: Path) -> None:
    """Let the workers of a run share one compiled engine."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.environ["COMPILED"] = str(shared / "engine")


@pytest.fixture(scope="session")
def built(shared: Path) -> Path:
    """The sample as a project with a published site; tests must not change it."""
    return make_once(shared / "sample", lambda folder: build(copy_sample(folder)))


@pytest.fixture(scope="session")
def site(built: Path) -> Path:
    """The sample's published site."""
    return built / "site"


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the sample with a published site; tests may change it."""
    return shutil.copytree(built, tmp_path / "project", symlinks=True)


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for a page and its files

    def log_message(self, *arguments: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on loopback; returns its URL, with a trailing slash."""
    servers = []

    def start(folder: Path) -> str:
        handler = partial(_QuietHandler, directory=str(folder))
        server = _Server(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def serve_live() -> Iterator[Callable[..., LiveServer]]:
    """Serve a project as an author does, with live reload."""
    servers = []

    def start(project: Path, **variables: str) -> LiveServer:
        servers.append(LiveServer(project, variables))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert chromium, "the browser tests need Chromium: install Debian's package `chromium-headless-shell`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture(scope="session")
def watched(browser: Browser) -> Callable[[str], AbstractContextManager[Page]]:
    """A desktop page for the site at a URL; requests to other hosts and console errors fail the test at its end.

    Tests of one site have the same page, by turns, because a new one takes longer than most of them. At the end it is
    as it was at first, but for scripts that a test lets run in every page: `with page.add_init_script(…)` takes them
    away.
    """

    @cache
    def page_of(address: str) -> Page:
        return browser.new_context(viewport=DESKTOP, base_url=address).new_page()

    @contextmanager
    def watch(address: str) -> Iterator[Page]:
        page = page_of(address)
        urls, errors = [], []
        listeners = {
            "request": lambda request: urls.append(request.url),
            "console": lambda message: errors.append(message.text) if message.type == "error" else None,
            "pageerror": lambda error: errors.append(str(error)),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        yield page
        _clear(page, address)
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        assert [url for url in urls if not url.startswith((address, "about:"))] == []
        assert errors == []

    return watch


def _clear(page: Page, address: str) -> None:
    """Leave a page as a new one is."""
    page.unroute_all()
    page.goto("about:blank")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(media="null", color_scheme="null")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"})
    session.detach()


@pytest.fixture
def page(address: str, watched: Callable[[str], AbstractContextManager[Page]]) -> Iterator[Page]:
    """A watched page on the sample's site."""
    with watched(address) as page:
        yield page


@pytest.fixture(scope="session")
def _page_without_scripts(browser: Browser, address: str) -> Page:
    return browser.new_context(viewport=DESKTOP, base_url=address, java_script_enabled=False).new_page()


@pytest.fixture
def plain_page(_page_without_scripts: Page) -> Iterator[Page]:
    """A page on the sample's site that runs no script."""
    yield _page_without_scripts
    _page_without_scripts.goto("about:blank")
