"""Joining: the parts of a site, built on several machines, become one site."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from pathlib import Path

from ..parts import Part, parse_part
from ..problems import Message
from .atomic import link_or_copy

NAME = "part.txt"
"""The file at the root of a part that says which one it is."""


class JoinError(Exception):
    """Folders that are not all the parts of one site."""


def join(folders: Sequence[Path], stage: Path) -> None:
    """Put the parts in these folders together as a site in an empty folder.

    Raises JoinError where one is missing or none, or where a file differs, since then they were not built from the same
    files on the same day.
    """
    found = [_part_in(folder) for folder in folders]
    if {part.number for part in found} != set(range(1, found[0].of + 1)) or len({part.of for part in found}) > 1:
        raise JoinError(Message("these are not all parts of one site: {found}", found=", ".join(map(str, found))))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            target = stage / path.relative_to(folder)
            if path.is_symlink():
                raise JoinError(Message("{file} is a link: remove it", file=path))
            if path.is_dir():
                target.mkdir(exist_ok=True)
            elif target.name == NAME and target.parent == stage:
                continue
            elif not target.exists():
                link_or_copy(str(path), str(target))
            elif not filecmp.cmp(path, target, shallow=False):
                message = "{file} differs between parts: build all from the same files on the same day"
                raise JoinError(Message(message, file=target.relative_to(stage).as_posix()))


def _part_in(folder: Path) -> Part:
    try:
        return parse_part((folder / NAME).read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError, ValueError):
        raise JoinError(Message("{folder} is no part of a site", folder=folder)) from None
