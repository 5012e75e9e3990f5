"""Git: which texts of sources it tracks."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from ..problems import Problem, Where
from ..reading.text_files import PRIVATE

_SAFELY = ("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", "--icase-pathspecs")
"""Runs no program that a repository's settings name, and takes no folder with committed files of git's for one."""

_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS")
"""Some are set where git runs us from a hook, of this or of another repository."""


def committed_texts(folder: Path) -> tuple[frozenset[str], list[Problem]]:
    """The text files that git tracks, in lower case: `briefings/sources/<id>.txt`.

    `.texts` alone where it is a link or a repository within the repository. None where there is no repository; a
    problem where git does not say what its repository tracks.
    """
    root = folder.absolute().parent
    sources = f"{folder.name}/sources"
    questions = [(root, "", [sources, PRIVATE])]
    if os.path.isdir(root / sources):  # noqa: PTH112 - in a repository of its own, perhaps; Path raises where it may not look
        questions.append((root / sources, f"{sources}/", []))
    names: set[str] = set()
    for place, prefix, paths in questions:
        tracked, complaint = _tracked_files(place, paths)
        if tracked is None:
            return frozenset(), _unanswered(folder, complaint)
        names |= {f"{prefix}{name}".lower() for name in tracked}
    return frozenset(name for name in names if name.endswith(".txt") or name.startswith(PRIVATE)), []


def _tracked_files(place: Path, paths: list[str]) -> tuple[list[str] | None, str]:
    """The files below a folder, or those of its paths; None and git's complaint where it has no answer."""
    command = ["git", *_SAFELY, "-C", str(place), "ls-files", "-z", "--", *paths]
    environment = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    try:
        answer = subprocess.run(command, capture_output=True, check=False, env={**environment, "LC_ALL": "C"})
    except OSError as error:
        return None, f"git: {error.strerror}"
    if answer.returncode:
        return None, answer.stderr.decode(errors="replace").strip()
    return [os.fsdecode(name) for name in answer.stdout.split(b"\0") if name], ""


def _unanswered(folder: Path, complaint: str) -> list[Problem]:
    root = folder.absolute().parent
    if not any((place / ".git").exists() for place in (root, *root.parents)):
        return []
    message = "git does not say which texts are committed"
    return [Problem(Where(folder.name), "", message, complaint.splitlines()[0][:200] if complaint else "")]
