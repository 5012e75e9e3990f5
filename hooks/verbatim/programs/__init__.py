"""Programs: what git and ssh-keygen say of a project, handed to the core as `Outside`."""

from __future__ import annotations

from pathlib import Path

from ..reading.outside import Outside
from .git import committed_texts, files_of_last_commit
from .ssh_keygen import verify_signature


def ask_programs(folder: Path) -> Outside:
    """Ask about a folder of briefings and the folder around it."""
    committed, problems = committed_texts(folder)
    return Outside(committed, files_of_last_commit(folder), verify_signature, tuple(problems))
