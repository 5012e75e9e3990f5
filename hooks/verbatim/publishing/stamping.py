"""Stamping: the theme's shell, taken apart once and put around every page of one shape.

Pages of one shape differ by five values alone: title, description, head, content, and what their URLs end in. The shell
is rendered with a token in the place of each, and cut at the tokens. Rendering it for every page would take as long as
rendering the pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Value = Literal["title", "description", "head", "content", "slug"]

MARK = "\ue000"
"""A character of private use, of which no template has one."""

TOKENS: Mapping[Value, str] = {
    # The entity is there because a filter that strips tags would undo it: then a mark is left, and nothing is stamped.
    "title": f"{MARK}title&amp;{MARK}",
    "description": f"{MARK}description&amp;{MARK}",
    "head": f"<meta name={MARK}head&amp;{MARK}>",
    "content": f"<h1>{MARK}content&amp;{MARK}</h1>",
    # Each part of a URL, which a filter may encode.
    "slug": "vb-the-slug-of-the-page",
}
TOKEN = re.compile(
    "|".join(f"(?P<{value}>{re.escape(token)}(?:/{re.escape(token)})*)" for value, token in TOKENS.items())
)


@dataclass(frozen=True)
class Shell:
    """The pieces of a rendered page between its values."""

    pieces: tuple[str, ...]
    values: tuple[Value, ...]
    """What stands between each piece and the next."""

    def around(self, values: Mapping[Value, str]) -> str:
        """A page of the shell's shape; the values are as the theme prints them."""
        parts = [self.pieces[0]]
        for value, piece in zip(self.values, self.pieces[1:], strict=True):
            parts += values[value], piece
        return "".join(parts)


def cut(page: str) -> Shell | None:
    """The shell of a page that was rendered with `TOKENS` as its values; None where the theme changes one of them."""
    found = list(TOKEN.finditer(page))
    starts, ends = [match.start() for match in found], [match.end() for match in found]
    pieces = tuple(page[start:end] for start, end in zip([0, *ends], [*starts, len(page)], strict=True))
    values: tuple[Value, ...] = tuple(match.lastgroup for match in found)  # type: ignore[misc]
    whole = {"title", "head", "content"} <= set(values) and not any(MARK in piece for piece in pieces)
    return Shell(pieces, values) if whole else None
