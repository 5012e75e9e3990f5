"""Live editing: the server outlives every mistake in a briefing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import copy_project

BRIEFING = "briefings/nato-and-terrorism-2017-05-24/"


def _get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return ""


def _wait_for(address: str, words: str, server: subprocess.Popen) -> None:
    """Ask until the page holds the words; only a server that never gets there fails."""
    deadline = time.monotonic() + 60
    while words not in _get(address):
        assert server.poll() is None, "the server has ended"
        assert time.monotonic() < deadline, f"never saw {words!r}"
        time.sleep(0.2)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator:
    servers = []

    def run(**variables: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **variables}
        server = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        servers.append(server)
        return server

    yield run
    for server in servers:
        server.terminate()
        server.wait()


def test_a_mistake_is_shown_and_mended(tmp_path: Path, port: int, start) -> None:
    """A file broken while serving shows its problem on the page that is open, and the page comes back once mended."""
    copy_project(tmp_path)
    page = f"http://127.0.0.1:{port}/{BRIEFING}"
    server = start()
    _wait_for(page, "Qui dit quoi", server)
    issue = tmp_path / "briefings/issues/nato-combat-role.yml"
    good = issue.read_text(encoding="utf-8")
    issue.write_text(good.replace("question:", "qestion:"), encoding="utf-8")
    _wait_for(page, "issues/nato-combat-role.yml:1:1: qestion: unknown field", server)
    issue.write_text(good.replace("rôle de combat dans", "rôle militaire dans"), encoding="utf-8")
    _wait_for(page, "rôle militaire dans", server)


def test_a_mistake_at_the_first_start(tmp_path: Path, port: int, start) -> None:
    """A server started on a broken file explains it on the home page, and recovers."""
    copy_project(tmp_path)
    actor = tmp_path / "briefings/actors/nato.yml"
    good = actor.read_text(encoding="utf-8")
    actor.write_text("kind: [", encoding="utf-8")
    server = start()
    _wait_for(f"http://127.0.0.1:{port}/", "actors/nato.yml:2:1", server)
    actor.write_text(good, encoding="utf-8")
    _wait_for(f"http://127.0.0.1:{port}/{BRIEFING}", "Qui dit quoi", server)


def test_both_languages_and_their_search(tmp_path: Path, port: int, start) -> None:
    """The server has every language, each with its search index, which follows the pages, and again after a change."""
    copy_project(tmp_path)
    server = start()
    root = f"http://127.0.0.1:{port}/"
    _wait_for(f"{root}en/{BRIEFING}", "Who says what", server)
    for folder in ("", "en/"):
        _wait_for(f"{root}{folder}pagefind/pagefind-entry.json", "page_count", server)
    issue = tmp_path / "briefings/issues/nato-combat-role.yml"
    good = issue.read_text(encoding="utf-8")
    issue.write_text(good.replace("combat role in the coalition", "fighting role in the coalition"), encoding="utf-8")
    _wait_for(f"{root}en/issues/nato-combat-role/", "fighting role in the coalition", server)
    _wait_for(f"{root}en/pagefind/pagefind-entry.json", "page_count", server)


def test_the_site_without_search(tmp_path: Path, port: int, start) -> None:
    """The site that is read without a server can be served, too, in every language."""
    copy_project(tmp_path)
    server = start(VERBATIM_ONLINE="false")
    _wait_for(f"http://127.0.0.1:{port}/en/{BRIEFING}index.html", "Who says what", server)
