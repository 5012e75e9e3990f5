"""Small corpora as text by file name, and the problems of a folder of briefings."""

from __future__ import annotations

from pathlib import Path

import yaml

from support import CASES
from verbatim.checks import checked_corpus


def read_files(path: Path) -> dict[str, str]:
    """The files of a golden case."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))["files"]


BASE = read_files(CASES / "base.yml")
"""A small corpus without problems."""

VERIFIED = read_files(CASES / "verification-base.yml")
"""Files that give its source a private text."""


def write_corpus(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder of briefings."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def lines_of(folder: Path) -> list[str]:
    """The problems of a folder as lines, without the folder's name."""
    _, problems = checked_corpus(folder, "en")
    return [str(problem).replace(f"{folder.name}/", "") for problem in problems]
