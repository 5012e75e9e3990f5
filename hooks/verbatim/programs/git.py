"""Git: which texts of sources it tracks."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from ..problems import Problem, Where
from ..reading.text_files import PRIVATE


def committed_texts(folder: Path) -> tuple[frozenset[str], list[Problem]]:
    """The text files that git tracks, from the folder around the briefings: `briefings/sources/<id>.txt`.

    None where there is no repository; a problem where git does not say what its repository tracks.
    """
    root = folder.absolute().parent
    command = ["git", "-C", str(root), "ls-files", "-z", "--", f"{folder.name}/sources", PRIVATE]
    try:
        answer = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"})
        complaint = answer.stderr.decode(errors="replace").strip()
    except OSError as error:
        answer, complaint = None, f"git: {error.strerror}"
    if answer and answer.returncode == 0:
        names = [os.fsdecode(name) for name in answer.stdout.split(b"\0")]
        return frozenset(name for name in names if name.endswith(".txt") or name.startswith(PRIVATE)), []
    if not any((place / ".git").exists() for place in (root, *root.parents)):
        return frozenset(), []
    message = "git does not say which texts are committed"
    return frozenset(), [Problem(Where(folder.name), "", message, complaint.splitlines()[0][:200] if complaint else "")]
