"""Live editing: `mkdocs serve` in a process of its own, and what its pages say after a while."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 120
"""Seconds after which a page that does not come is a failure; never a measure of speed."""


class LiveServer:
    """Serves a project on a free port of the loopback until it is stopped."""

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
        """Ask for a page until it holds the words; fail where the server ends or never gets there."""
        deadline = time.monotonic() + PATIENCE
        while words not in self._get(path):
            assert self._process.poll() is None, "the server has ended"
            assert time.monotonic() < deadline, f"never saw {words!r}"
            time.sleep(0.2)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def _get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return answer.read().decode()
        except OSError:  # not there yet, or busy with a build
            return ""
