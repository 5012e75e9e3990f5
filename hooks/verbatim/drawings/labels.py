"""Labels: words broken into lines whose width is known well enough to keep them apart.

No font is at hand when a site is built. Widths are those of a wide sans serif, so that words in the reader's own
font take less room than was kept for them.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import lru_cache

BOLD, PLAIN = 9.7, 7.9
"""Mean width of a character, in drawing units: of a title at 14 px, of a detail at 13 px."""

LINE = 16.0
"""From one line to the next."""


@dataclass(frozen=True)
class Label:
    title: tuple[str, ...]
    detail: tuple[str, ...]

    @property
    def width(self) -> float:
        return max([BOLD * len(line) for line in self.title] + [PLAIN * len(line) for line in self.detail], default=0)

    @property
    def height(self) -> float:
        return LINE * (len(self.title) + len(self.detail))


@lru_cache(maxsize=8192)  # an event is drawn on the pages of its briefing, its actors and its issues
def set_label(title: str, detail: str, room: float, lines: int) -> Label:
    """A title and what is said of it, each in `lines` of `room` units at most; what is too long ends in "…"."""
    return Label(_lines(title, room / BOLD, lines), _lines(detail, room / PLAIN, lines))


def _lines(text: str, characters: float, most: int) -> tuple[str, ...]:
    # No-break spaces stay: `textwrap` breaks at ordinary ones alone.
    return tuple(textwrap.wrap(text, max(8, int(characters)), max_lines=most, placeholder="…", break_on_hyphens=False))
