"""Measures how `serve` follows a saved briefing: seconds until the page has the change, and CPU up to then."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 900
"""Seconds until the first build, or the page after an edit, is given up."""

TICK = os.sysconf("SC_CLK_TCK")


def follow_edits(project: Path, edits: int) -> list[dict[str, float]]:
    """Serve a generated project with its search, and edit the title of as many briefings, one after the other."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VERBATIM_ONLINE": "true"}
    briefings = sorted((project / "briefings").glob("*/briefing-*.yml"))
    with subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_until(lambda: bool(_page(port, "")))
            _wait_until(lambda: _is_quiet(server.pid))
            return [_follow(server.pid, port, briefings[number]) for number in range(edits)]
        finally:
            server.terminate()


def _follow(pid: int, port: int, briefing: Path) -> dict[str, float]:
    before = briefing.read_text(encoding="utf-8")
    used, start = _cpu(pid), time.perf_counter()
    briefing.write_text(before.replace("title: ", "title: Changed ", 1), encoding="utf-8")
    _wait_until(lambda: "<h1>Changed " in _page(port, f"briefings/{briefing.stem}/"))
    taken = {"wall": round(time.perf_counter() - start, 3), "cpu": round(_cpu(pid) - used, 3)}
    _wait_until(lambda: _is_quiet(pid))  # the index is made after the page
    return taken


def _page(port: int, url: str) -> str:
    try:
        with urlopen(f"http://127.0.0.1:{port}/{url}", timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except URLError:
        return ""


def _is_quiet(pid: int) -> bool:
    """Whether the server, for two seconds, does next to nothing and has no child at work."""
    before = _cpu(pid)
    time.sleep(2)
    children = [each.read_text(encoding="ascii") for each in Path(f"/proc/{pid}/task").glob("*/children")]
    return not any(children) and _cpu(pid) - before < 0.2


def _cpu(pid: int) -> float:
    """CPU seconds of a process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def _wait_until(holds: Callable[[], bool]) -> None:
    start = time.perf_counter()
    while not holds():
        assert time.perf_counter() - start < PATIENCE
        time.sleep(0.05)
