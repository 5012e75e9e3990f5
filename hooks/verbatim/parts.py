"""Parts: a site that several machines build, each a share of its pages and of its search, and that is joined again.

Every part reads and checks the whole corpus, since the page of a question needs all of it. What is cheap, such as
calendars and the theme's files, is in every part.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from .problems import Message

T = TypeVar("T")

VARIABLE = "VERBATIM_PART"
"""Of the environment: the part that is built, as `2/3`; without it the whole."""

MOST = 8
"""Greatest number of parts: each reads the whole corpus, and a reader's search asks each."""


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

    @property
    def site(self) -> str:
        """The name that it is published by."""
        return "site" if self.is_whole else f"part-{self.number}-of-{self.of}"

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def has(self, name: str) -> bool:
        """Whether a page or a file is in this part: the same ones in every build, whatever others there are."""
        return zlib.crc32(name.encode()) % self.of == self.number - 1

    def stretch(self, items: Sequence[T]) -> Sequence[T]:
        """This part's share of a sequence, in one piece."""
        first, end = (len(items) * number // self.of for number in (self.number - 1, self.number))
        return items[first:end]


def parse_part(text: str) -> Part:
    """A part written as `2/3`; raises ValueError for what is none."""
    number, slash, of = text.partition("/")
    if slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= MOST:
        return Part(int(number), int(of))
    raise ValueError(Message("not a part: {text!r} (write the second of three as 2/3)", text=text))
