"""Live editing: `mkdocs serve` in a process of its own, and waiting for the text of its pages."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 120
"""Seconds until a missing page is a failure; not a measure of speed."""


class LiveServer:
    """Serves a project on a free loopback port until it is stopped."""

    def __init__(self, project: Path, variables: Mapping[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            host, port = free.getsockname()
        self.address = f"http://{host}:{port}/"
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"{host}:{port}"]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **variables}
        self._process = subprocess.Popen(
            command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def wait_for(self, path: str, words: str) -> None:
        """Request a page until it has the words; fail if the server exits or the time is up."""
        deadline = time.monotonic() + PATIENCE
        while words not in self._get(path):
            assert self._process.poll() is None, "the server has ended"
            assert time.monotonic() < deadline, f"never saw {words!r}"
            time.sleep(0.2)

    def wait_until_gone(self, path: str) -> None:
        """Request a page until there is none."""
        deadline = time.monotonic() + PATIENCE
        while self._status(path) != 404:
            assert time.monotonic() < deadline, f"still there: {path}"
            time.sleep(0.2)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def _status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def _get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.read().decode()
        except OSError:  # not started yet, or busy with a build
            return ""
