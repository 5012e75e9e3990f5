"""Shapes: the elements of a drawing, with coordinates in drawing units, so that templates only loop.

`look` is the CSS class. A drawing unit is a CSS pixel at the drawing's full width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Anchor = Literal["start", "middle", "end"]
"""Which point of the text is at `x`, as in SVG's `text-anchor`."""


@dataclass(frozen=True)
class Rect:
    kind: ClassVar = "rect"
    look: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Circle:
    kind: ClassVar = "circle"
    look: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Path:
    kind: ClassVar = "path"
    look: str
    d: str
    transform: str = ""


@dataclass(frozen=True)
class Words:
    """One line of text."""

    kind: ClassVar = "words"
    look: str
    x: float
    y: float
    text: str
    anchor: Anchor = "start"


Shape = Rect | Circle | Path | Words


def unit(place: float) -> str:
    """Format a coordinate with at most one decimal: `12`, `12.5`."""
    return f"{place:.1f}".removesuffix(".0")
