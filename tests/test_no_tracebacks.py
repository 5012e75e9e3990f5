"""Whatever the machine refuses ends in a line that says so, not in a traceback."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

import mkdocs_outputs
from support.corpora import BASE, VERIFIED
from support.projects import call_hooks, copy_sample, replace_text

PR_CAPBSET_DROP, VERSION_3 = 24, 0x20080522
READS_EVERYTHING = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root reads what nobody may."""


def _obey_permissions() -> None:
    """Take from root what lets it read everything, in this process and in what it executes."""
    if os.geteuid() != 0:
        return
    libc, head, held = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(VERSION_3, 0), (ctypes.c_uint32 * 6)()
    for capability in READS_EVERYTHING:
        assert libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0
    assert libc.capget(head, held) == 0
    for place in (0, 1):  # what is in effect, and what may be
        held[place] &= ~sum(1 << capability for capability in READS_EVERYTHING)
    assert libc.capset(head, held) == 0


Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def call() -> Iterator[Call]:
    """Calls commands on a project's briefings, all in one process; what they do not catch fails the test."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _obey_permissions) as process:

        def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
            return process.submit(call_hooks, *arguments, project / "briefings").result()

        yield run


def build(project: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "hooks", "build"]
    environment = {**os.environ, **variables}
    return subprocess.run(
        command, cwd=project, env=environment, preexec_fn=_obey_permissions, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_sample(tmp_path_factory.mktemp("sample"), {**BASE, **VERIFIED}, in_french_alone=True)
    assert call_hooks("verify", project / "briefings").returncode == 0
    return project


MODES = (0o000, 0o400, 0o100)
FOLDERS = ("briefings", "briefings/2020", "briefings/sources", ".texts")
CASES = [("check", name, mode) for name in FOLDERS for mode in MODES] + [
    (command, name, MODES[(place + offset) % 3])  # each command meets each folder and each mode
    for offset, command in enumerate(("verify", "coverage pier", "build"))
    for place, name in enumerate(FOLDERS)
]


@pytest.mark.parametrize(("command", "name", "mode"), CASES)
def test_a_folder_that_may_not_be_read(sample: Path, call: Call, name: str, mode: int, command: str) -> None:
    """A folder without permission to list or to enter it is a problem of that folder, for every command."""
    (sample / name).chmod(mode)
    try:
        result = build(sample) if command == "build" else call(sample, *command.split())
    finally:
        (sample / name).chmod(0o755)
    assert "Traceback" not in result.stdout + result.stderr
    if command != "coverage pier":  # which shows texts, not problems
        assert f"{name}:1:1: cannot be read" in result.stdout + result.stderr
        assert result.returncode == 1


@pytest.mark.parametrize(
    "name", ["briefings/2020/pier.yml", "briefings/sources/verified.lock", ".texts/harbour-gazette.txt"]
)
def test_a_file_that_may_not_be_read(sample: Path, call: Call, name: str) -> None:
    """A file without permission to read it is a problem of that file."""
    (sample / name).chmod(0)
    try:
        result = call(sample, "check")
    finally:
        (sample / name).chmod(0o644)
    assert f"{name}:1:1: cannot be read" in result.stdout
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("language: fr", "language: ../x", "theme.language: '../x' is no language's code of two letters"),
        ("language: fr", "language: [fr]", "theme.language: ['fr'] is no language's code of two letters"),
        ("language: fr", "language: ''", "theme.language: '' is no language's code of two letters"),
        ("language: fr", "name: nowhere\n  language: fr", "theme.name: 'nowhere' (write material)"),
        ("language: fr", "name: mkdocs\n  language: fr", "theme.name: 'mkdocs' (write material)"),
        ("language: fr", "name: [a]\n  language: fr", "theme.name: ['a'] (write material)"),
        ("theme:\n  language: fr\n", "theme: readthedocs\nunused:\n", "theme.name: 'readthedocs' (write material)"),
    ],
)
def test_a_theme_that_is_none_of_ours(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A theme or a language that the site cannot have ends the build with a line that says so."""
    project = copy_sample(tmp_path, BASE, in_french_alone=True)
    replace_text(project / "mkdocs.yml", old, new)
    result = build(project)
    assert said in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert result.returncode == 1


@pytest.mark.parametrize("value", ["1e3", "9" * 30])
def test_a_date_of_the_build_that_is_none(sample: Path, value: str) -> None:
    """SOURCE_DATE_EPOCH that is no number, or too large a one, ends the build with a line that says so."""
    result = build(sample, SOURCE_DATE_EPOCH=value)
    assert "SOURCE_DATE_EPOCH is not a number of seconds since 1970" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 1


@pytest.mark.parametrize("value", ["", "yesterday", "-9" * 20])
def test_a_day_that_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """So does an empty one, a word, and a number before all days."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(PluginError, match="SOURCE_DATE_EPOCH is not a number of seconds since 1970"):
        mkdocs_outputs.build_day(str)
