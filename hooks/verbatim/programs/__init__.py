"""Programs: what git says of a project, asked once for each run and handed to the core as `Outside`."""

from __future__ import annotations

from pathlib import Path

from ..reading.outside import Outside
from .git import committed_texts


def ask_programs(folder: Path) -> Outside:
    """Ask about a folder of briefings and the folder around it."""
    committed, problems = committed_texts(folder)
    return Outside(committed, tuple(problems))
