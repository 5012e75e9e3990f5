"""Git: which texts of sources it tracks, what a commit changes, and which changes stay on this machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..authoring.review import ChangedFile
from ..problems import Message, Problem, Where, reason
from ..reading.text_files import PRIVATE

_SAFELY = ("-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit")
"""Runs no program that a repository's settings name, and takes no folder with committed files of git's for one."""

_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS")
"""Some are set where git runs us from a hook, of this or of another repository."""


MOST_WRITTEN = 100


def committed_texts(folder: Path) -> tuple[frozenset[str], list[Problem]]:
    """The text files that git tracks, in lower case: `briefings/sources/<id>.txt`.

    `.texts` alone where it is a link or a repository within the repository. None where there is no repository; a
    problem where git does not say what its repository tracks.
    """
    root = folder.absolute().parent
    sources = f"{folder.name}/sources"
    questions = [(root, "", [sources, PRIVATE])]
    if os.access(root / sources, os.R_OK | os.X_OK):  # in a repository of its own, perhaps
        questions.append((root / sources, f"{sources}/", []))
    names: set[str] = set()
    for place, prefix, paths in questions:
        tracked, complaint = _tracked_files(place, paths)
        if tracked is None:
            return frozenset(), _unanswered(folder, complaint)
        names |= {f"{prefix}{name}".lower() for name in tracked}
    return frozenset(name for name in names if name.endswith(".txt") or name.startswith(PRIVATE)), []


def files_of_last_commit(folder: Path) -> frozenset[str]:
    """The files of the briefings' folder, with its name before theirs; none where there is no commit to ask about."""
    root = folder.absolute().parent
    answer, _ = _ask(root, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", f"{folder.name}/")
    return frozenset(os.fsdecode(name) for name in (answer or b"").split(b"\0") if name)


def _tracked_files(place: Path, paths: list[str]) -> tuple[list[str] | None, str]:
    """The files below a folder, or those of its paths; None and git's complaint where it has no answer."""
    answer, complaint = _ask(place, "--icase-pathspecs", "ls-files", "-z", "--", *paths)
    return None if answer is None else [os.fsdecode(name) for name in answer.split(b"\0") if name], complaint


def _ask(place: Path, *arguments: str) -> tuple[bytes | None, str]:
    """What git prints in a folder; None and its complaint, in one line, where it has no answer."""
    command = ["git", *_SAFELY, "-C", str(place), *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    try:
        answer = subprocess.run(command, capture_output=True, check=False, env={**environment, "LC_ALL": "C"})
    except OSError as error:
        return None, Message("git: {reason}", reason=reason(error))
    if answer.returncode:
        return None, answer.stderr.decode(errors="replace").strip().partition("\n")[0][:200]
    return answer.stdout, ""


def _unanswered(folder: Path, complaint: str) -> list[Problem]:
    root = folder.absolute().parent
    if not any((place / ".git").exists() for place in (root, *root.parents)):
        return []
    message = "git does not say which texts are committed"
    return [Problem(Where(folder.name), "", message, complaint)]


class GitError(Exception):
    """Git gave no answer; the message is its complaint, in one line."""


def find_base(root: Path, base: str) -> str:
    """The commit that `HEAD` and a revision have in common. Raises GitError."""
    return _told(root, "merge-base", "--end-of-options", base, "HEAD").decode().strip()


def changed_files(root: Path, base: str) -> list[ChangedFile]:
    """What differs between a commit and `HEAD`, in the whole repository. Raises GitError."""
    prefix = os.fsdecode(_told(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    raw = _told(root, "diff-tree", "-r", "-z", "--no-renames", "--ignore-submodules=none", base, "HEAD").split(b"\0")
    changes = []
    for told, path in zip(raw[::2], raw[1::2], strict=False):
        name = os.fsdecode(path)
        name = name.removeprefix(prefix) if name.startswith(prefix) else f"/{name}"
        changes.append(ChangedFile(name, told.split()[1].decode()))
    return changes


def count_uncommitted(folder: Path) -> int:
    """How many files below a folder are new or changed since `HEAD`, ignored ones left out. Raises GitError."""
    status = _told(folder, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".")
    return status.count(b"\0")


def write_committed(root: Path, revision: str, names: Sequence[str], target: Path) -> None:
    """Write these files of a commit, and those below these folders, under another folder. Raises GitError, OSError.

    At most `MOST_WRITTEN`; links and submodules are left out.
    """
    listed = _told(root, "ls-tree", "-r", "-z", revision, "--", *names).split(b"\0")
    for line in [line for line in listed if line.startswith(b"100")][:MOST_WRITTEN]:
        told, _, name = line.partition(b"\t")
        path = target / os.fsdecode(name)
        if ".." in path.parts:  # which only a forged tree has
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_told(root, "cat-file", "blob", told.split()[2].decode()))


def keep_local(path: Path, local: bool) -> None:
    """Let git pass over what changes in a tracked file, or no longer; without git, or a tracked file, nothing."""
    _ask(path.parent, "update-index", "--skip-worktree" if local else "--no-skip-worktree", "--", path.name)


def _told(root: Path, *arguments: str) -> bytes:
    answer, complaint = _ask(root, *arguments)
    if answer is None:
        raise GitError(complaint or Message("git {command} failed", command=arguments[0]))
    return answer
