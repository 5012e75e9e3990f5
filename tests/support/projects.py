"""Projects in folders of their own, and the commands that are run in them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from support import ROOT


def copy_project(target: Path) -> Path:
    """What a build needs, in a folder of its own."""
    for name in ("docs", "hooks", "briefings"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.txt"))
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy(config, target)
    return target


def run_hooks(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `python hooks …` of this checkout, or of a copy where the first argument is its folder."""
    folder, *rest = arguments if isinstance(arguments[0], Path) else (ROOT, *arguments)
    command = [sys.executable, str(folder / "hooks"), *map(str, rest)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a published site, by its path."""
    paths = [path for path in folder.resolve().rglob("*") if path.is_file()]
    return {path.relative_to(folder.resolve()).as_posix(): path.read_bytes() for path in paths}


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace the first place where a text stands in a file, where it must stand."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
