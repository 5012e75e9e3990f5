"""Parts: a site that several machines build, each a share of its pages and of its search, and that is joined again.

Every part reads and checks the whole corpus, since the page of a question needs all of it. What is cheap, such as
calendars and the theme's files, is in every part.
"""

from __future__ import annotations

import filecmp
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..problems import Message
from ..search.records import SearchRecord
from .atomic import link_or_copy

VARIABLE = "VERBATIM_PART"
"""Of the environment: the part that is built, as `2/3`; without it the whole."""

NAME = "part.txt"
"""The file at the root of a part that says which one it is."""

MOST = 99
"""Greatest number of parts: each reads the whole corpus, and a reader's search asks each."""


class JoinError(Exception):
    """Folders that are not all the parts of one site."""


@dataclass(frozen=True)
class Part:
    """One of the parts of a site; without values the whole of it."""

    number: int = 1
    """From 1."""

    of: int = 1
    """How many there are."""

    @property
    def is_whole(self) -> bool:
        return self.of == 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def site(self) -> str:
        """The name that it is published by."""
        return "site" if self.is_whole else f"part-{self.number}-of-{self.of}"

    def has(self, url: str) -> bool:
        """Whether a page is in this part: the same one in every build, whatever other pages there are."""
        return zlib.crc32(url.encode()) % self.of == self.number - 1

    def records(self, records: Sequence[SearchRecord]) -> Sequence[SearchRecord]:
        """This part's share of the search records, a stretch of time: the first part has those without a date, and the
        newest, so that one index after the other gives the order of all."""
        if self.is_whole:
            return records
        ordered = sorted(records, key=lambda record: record.sort_date or "~", reverse=True)
        first, end = (len(ordered) * number // self.of for number in (self.number - 1, self.number))
        return ordered[first:end]

    @property
    def index(self) -> str:
        """The folder of its search index in the site."""
        return self.indexes[self.number - 1]

    @property
    def indexes(self) -> list[str]:
        """The folders of all parts' search indexes, the newest first."""
        return ["pagefind"] if self.is_whole else [f"pagefind-{number}" for number in range(1, self.of + 1)]


def parse_part(text: str) -> Part:
    """A part written as `2/3`; raises ValueError for what is none."""
    number, slash, of = text.partition("/")
    if slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= MOST:
        return Part(int(number), int(of))
    raise ValueError(Message("not a part: {text!r} (write the second of three as 2/3)", text=text))


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
