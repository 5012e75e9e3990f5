"""Workflows: actions in CI are pinned to commits, and have only the permissions that they need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_fixed(path: Path) -> None:
    """Every action is pinned to a commit, with its version in a comment; a checkout keeps no credentials."""
    for line in re.findall(r"uses: .*", path.read_text(encoding="utf-8")):
        assert re.fullmatch(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", line), line
    for job in _read(path)["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_checks_are_as_strict_as_the_build() -> None:
    """What a warning stops in the published build it stops in `make check`, which CI runs."""
    recipe = re.search(r"^check:.*\n\t(.*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert "hooks check --strict" in recipe[1]
    steps = [step.get("run") for path in WORKFLOWS for job in _read(path)["jobs"].values() for step in job["steps"]]
    assert "make check" in steps
    assert not [step for step in steps if step and "hooks check" in step]


@pytest.mark.parametrize("name", ["ci", "publish"])
def test_problems_become_annotations(name: str) -> None:
    """The workflows that build from briefings check them first, and GitHub shows the problems on their lines."""
    jobs = _read(ROOT / ".github" / "workflows" / f"{name}.yml")["jobs"].values()
    formats = [
        step.get("env", {}).get("FORMAT", "")
        for job in jobs
        for step in job["steps"]
        if step.get("run") == "make check"
    ]
    assert ["github" in each for each in formats] == [True]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_jobs_may_do_what_they_must(path: Path) -> None:
    """Permissions are granted per job; jobs of pull requests can only read, and get no secrets."""
    workflow = _read(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    for name, job in workflow["jobs"].items():
        assert "permissions" in job, name
        if "pull_request" in workflow["on"]:
            assert set(job["permissions"].values()) <= {"read"}, name
            assert "secrets." not in str(job), name
