"""Whole or nothing: a command that is killed, or finds the disk full, at any moment leaves the old state.

Faults are injected at Python's audit events, so that each moment is exact, without timing.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

from support.corpora import BASE, VERIFIED
from support.projects import build, call_hooks, copy_sample, run_hooks, snapshot

STRIKE = """
import errno, os, re, signal, sys

event, action, pattern = os.environ["FAULT"].split(" ", 2)

def strike(name, arguments):
    if name == event and re.search(pattern, " ".join(map(str, arguments))):
        if action == "kill":
            os.killpg(0, signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

sys.addaudithook(strike)
"""


@dataclass(frozen=True)
class Fault:
    """A fault that is injected at an audit event."""

    event: str
    """Name of the audit event, as in Python's documentation."""

    pattern: str
    """Regular expression for the arguments of the event."""

    action: Literal["kill", "full"] = "kill"
    """`kill` kills all processes, `full` reports a full disk."""

    def __str__(self) -> str:
        return f"{self.event} {self.action} {self.pattern}"


MOMENTS = {
    "before a folder is made": ("tempfile.mkdtemp", r"\.build/site-"),
    "before MkDocs starts": ("subprocess.Popen", r"mkdocs"),
    "at the first page": ("open", r"\.build/site-\w+/index\.html w"),
    "at a page in the midst": ("open", r"/issues/new-pier/index\.html w"),
    "while files are copied": ("open", r"\.build/site-.*/assets/.*w"),
    "before indexing": ("subprocess.Popen", r"pagefind.* \['?.*--service"),
    "while the index is gathered": ("open", r"/kept/pagefind-entry\.json w"),
    "before the index is in its place": ("os.rename", r"/kept \S+/search/fr-"),
    "before the index is in the site": ("os.link", r"pagefind"),
    "before the switch": ("os.symlink", r"link-to-site-"),
    "at the switch": ("os.rename", r"link-to-site-"),
}
FULL = ("at the first page", "while the index is gathered", "at the switch")
"""Moments that are also tested with a full disk."""

FAULTS = {f"{name}, killed": Fault(*moment) for name, moment in MOMENTS.items()}
FAULTS |= {f"{name}, disk full": Fault(*MOMENTS[name], "full") for name in FULL}


def strike(project: Path, fault: Fault, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one of our commands with a fault."""
    faults = project / "faults"
    faults.mkdir(exist_ok=True)
    (faults / "sitecustomize.py").write_text(STRIKE)
    environment = {**os.environ, "PYTHONPATH": str(faults), "FAULT": str(fault)}
    command = [sys.executable, str(project / "hooks"), *map(str, arguments)]
    return subprocess.run(command, env=environment, start_new_session=True, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a published site."""
    dated = BASE["2020/pier.yml"] + (
        "events:\n  - {id: vote, date: 2020-03-01, title: A vote, kind: vote, status: happened,"
        " evidence: [we-need-it], issues: [new-pier]}\n"
    )
    return build(copy_sample(tmp_path_factory.mktemp("faults"), {**BASE, "2020/pier.yml": dated}, in_french_alone=True))


def retitle(project: Path, title: str) -> None:
    """Make a change that no earlier build has seen, so that nothing can be reused."""
    briefing = project / "briefings/2020/pier.yml"
    lines = briefing.read_text().splitlines()
    briefing.write_text("\n".join([f"title: {title}", *lines[1:]]) + "\n")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_the_site(small: Path, name: str) -> None:
    """After any fault before the switch, the published site has the same bytes."""
    before = snapshot(small / "site")
    retitle(small, f"A pier {name}")
    result = strike(small, FAULTS[name], "build")
    assert result.returncode == (1 if "full" in name else -9), result.stdout + result.stderr
    if "full" in name:
        assert "No space left on device" in result.stderr
        assert "Traceback" not in result.stderr
    assert snapshot(small / "site") == before


def test_a_kill_after_the_switch(small: Path) -> None:
    """A build killed while it cleans up has published the new site; the next one removes all leftovers."""
    retitle(small, "A pier after the switch")
    old = (small / "site").readlink().name
    assert strike(small, Fault("shutil.rmtree", old), "build").returncode == -9
    published = snapshot(small / "site")
    assert (small / "site").readlink().name != old
    assert "A pier after the switch" in published["index.html"].decode()
    assert run_hooks(small, "build").returncode == 0
    again = snapshot(small / "site")
    assert {name for name in published if not name.startswith("pagefind/")} <= set(again)
    left = {path.name for path in (small / ".build").iterdir()} - {(small / "site").readlink().name}
    assert left == {"lock", "search", "site-fr.json"}
    assert sorted(path.name[:3] for path in (small / ".build/search").iterdir()) == ["fr-", "loc"]


SIZES = {"no page fits": 1 << 10, "no program fits": 1 << 17}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_limit_leaves_the_site(small: Path, size: int) -> None:
    """With a limit on file sizes, a build says so, fails, and changes nothing."""
    before = snapshot(small / "site")
    retitle(small, f"A pier of {size} bytes")
    result = limited(size, small, "build")
    assert result.returncode == 1
    assert result.stderr
    assert "Traceback" not in result.stderr
    assert snapshot(small / "site") == before


def limited(size: int, project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one of our commands with a limit on file sizes."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    command = [sys.executable, str(project / "hooks"), *map(str, arguments)]
    return subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)


@pytest.fixture
def unverified(tmp_path: Path) -> Path:
    """A project with a lock, and a quotation that is not in it yet."""
    folder = copy_sample(tmp_path, {**BASE, **VERIFIED}) / "briefings"
    assert call_hooks("verify", folder).returncode == 0
    briefing = folder / "2020/pier.yml"
    briefing.write_text(briefing.read_text().replace("quote: We need it now", "quote: We need it"))
    return tmp_path


@pytest.mark.parametrize("moment", [("open", r"verified\.lock\.new a"), ("os.rename", r"/verified\.lock ")])
@pytest.mark.parametrize("action", ["kill", "full"])
def test_a_fault_leaves_the_lock(unverified: Path, moment: tuple[str, str], action: Literal["kill", "full"]) -> None:
    """`verify` leaves the old lock or the new one; leftovers disturb neither a check nor the next run."""
    folder = unverified / "briefings"
    before = (folder / "sources/verified.lock").read_bytes()
    told = call_hooks("check", folder).stdout
    result = strike(unverified, Fault(*moment, action), "verify", folder)
    assert result.returncode == (1 if action == "full" else -9)
    assert result.stderr == ("verify: the lock cannot be written: No space left on device\n" * (action == "full"))
    assert (folder / "sources/verified.lock").read_bytes() == before
    assert call_hooks("check", folder).stdout == told
    assert call_hooks("verify", folder).returncode == 0
    assert {path.name for path in (folder / "sources").iterdir()} == {
        "harbour-gazette.yml", "verified.lock",
    }  # fmt: skip


def test_a_limit_leaves_the_lock(unverified: Path) -> None:
    """If the lock cannot be written, the old one stays."""
    folder = unverified / "briefings"
    before = (folder / "sources/verified.lock").read_bytes()
    result = limited(64, unverified, "verify", folder)
    assert (result.returncode, result.stderr) == (1, "verify: the lock cannot be written: File too large\n")
    assert (folder / "sources/verified.lock").read_bytes() == before
    assert not list((folder / "sources").glob(".*"))
