"""Labels: text wrapped into lines of estimated width, so that labels can be kept apart.

No font is available at build time. Widths are those of a wide sans serif, so that text in the reader's own font
takes less room than estimated.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import lru_cache

BOLD, PLAIN = 9.7, 7.9
"""Mean width of a character in drawing units: `BOLD` for titles at 14 px, `PLAIN` for details at 13 px."""

LINE = 16.0
"""Line height in drawing units."""


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


@lru_cache(maxsize=8192)  # an event is drawn on several pages
def set_label(title: str, detail: str, room: float, lines: int) -> Label:
    """Wrap a title and a detail, each into at most `lines` lines of `room` units; longer text ends in "…"."""
    return Label(_lines(title, room / BOLD, lines), _lines(detail, room / PLAIN, lines))


def _lines(text: str, characters: float, most: int) -> tuple[str, ...]:
    # `textwrap` does not break at no-break spaces.
    return tuple(textwrap.wrap(text, max(8, int(characters)), max_lines=most, placeholder="…", break_on_hyphens=False))
