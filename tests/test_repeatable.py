"""Same input, same bytes: a build depends only on the files and SOURCE_DATE_EPOCH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from support.projects import copy_sample, replace_text, snapshot

JUST_BEFORE_MIDNIGHT = "1625095740"
"""Close to midnight in UTC, so that other time zones have another day."""

SURROUNDINGS = {
    "plain": {"TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0"},
    "ein anderer Ordner, né ailleurs": {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "fr_FR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242",
        "COLUMNS": "40", "HOME": "/nonexistent", "USER": "nobody", "PYTHONOPTIMIZE": "1",
    },
}  # fmt: skip
"""Environment by name of the build's folder."""


def copy_in_order(source: Path, target: Path, *, backwards: bool) -> None:
    """Copy a project file by file, so that folders list the files in another order."""
    for path in sorted((path for path in source.rglob("*") if path.is_file()), reverse=backwards):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (0, 10**9 if backwards else 10**8))


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample, built in two environments: on one processor and on all, with files written in opposite orders; once
    with every page rendered in full, once with pages that are stamped."""
    found, source = [], copy_sample(tmp_path_factory.mktemp("sample"))
    for number, (name, variables) in enumerate(SURROUNDINGS.items()):
        project = tmp_path_factory.mktemp("repeatable") / name
        copy_in_order(source, project, backwards=bool(number))
        replace_text(project / "project.yml", "extra:\n", f"extra:\n  stamp: {'true' if number else 'false'}\n")
        environment = {**os.environ, **variables, "SOURCE_DATE_EPOCH": JUST_BEFORE_MIDNIGHT}
        alone = (
            partial(os.sched_setaffinity, 0, [min(os.sched_getaffinity(0))])
            if number and hasattr(os, "sched_setaffinity")
            else None
        )
        command = [sys.executable, str(project / "hooks"), "build"]
        result = subprocess.run(
            command,
            env=environment,
            cwd=project if number else "/",
            preexec_fn=alone,
            umask=0o077 if number else 0o022,
            capture_output=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        found.append(project)
    return found


def test_the_sites_are_the_same(projects: list[Path]) -> None:
    """Every file has the same bytes, except the search index, whose files are named after their content."""
    first, second = (snapshot(project / "site") for project in projects)
    assert set(first) - set(second) == {name for name in first if name not in second and "pagefind/" in name}
    ours = [name for name in first if "pagefind/" not in name]
    assert len(ours) > 50
    assert "sitemap.xml.gz" in ours
    assert [name for name in ours if first[name] != second[name]] == []


def test_the_search_records_are_the_same(projects: list[Path]) -> None:
    """Both builds have the same digest of search records, by which the index is named."""
    first, second = ({path.name for path in (project / ".build/search").glob("fr-*")} for project in projects)
    assert first == second != set()
