"""Lanes: stances through time as a drawing, one lane a party. Geometry only; the template draws it.

The columns are the days on which something changes, in their order and at equal distances: within a week or
within six years, every change is legible, and the caption says that the axis is not to scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..model.entities import Position
from ..model.standing import Period
from ..views.as_of import Cell, stops
from ..views.statements import Party


@dataclass(frozen=True)
class Column:
    day: date
    x: float
    """In the drawing's own units, which are CSS pixels at its full width."""


@dataclass(frozen=True)
class Segment:
    """What a lane says between two columns; silence where `stance` is empty."""

    x1: float
    x2: float
    stance: str
    sure: bool
    """False where the position stands only perhaps."""


@dataclass(frozen=True)
class Mark:
    """A statement, on its day."""

    x: float
    stance: str
    modality: str


@dataclass(frozen=True)
class Lane:
    party: Party
    y: float
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    narrow: bool
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]


def draw_lanes(cells: Sequence[Cell], *, narrow: bool) -> Drawing:
    """The drawing of an issue's cells: 1120 units wide, or 350 with the names above the lanes."""
    width, left, step, top = (350, 14, 46, 50) if narrow else (1120, 224, 36, 44)
    days = stops(cells)
    distance = (width - left - (22 if narrow else 60)) / max(1, len(days))
    columns = tuple(Column(day, round(left + distance * (index + 0.5), 1)) for index, day in enumerate(days))
    lanes = tuple(
        _lane(cell, top + step * (index + 0.5) + (8 if narrow else 0), columns, left, width)
        for index, cell in enumerate(cells)
    )
    return Drawing(width, top + step * len(cells) + 10, narrow, columns, lanes)


def _lane(cell: Cell, y: float, columns: Sequence[Column], left: float, width: float) -> Lane:
    edges = [left, *(column.x for column in columns), width]
    segments, marks = [], []
    for index, (x1, x2) in enumerate(pairwise(edges)):
        day = columns[index - 1].day if index else date.min
        period = next(p for p in cell.periods if p.start <= day and (p.end is None or day < p.end))
        shown = period.standing.holds or period.standing.perhaps
        stance = shown[0].stance if shown else ""
        segments.append(Segment(x1, x2, stance, bool(period.standing.holds)))
        told = [each for each in period.standing.holds if index and _is_told(each, day, period)]
        spread = [(place - (len(told) - 1) / 2) * 20 for place in range(len(told))]
        marks += [Mark(x1 + dx, each.stance, each.modality) for dx, each in zip(spread, told, strict=True)]
    return Lane(cell.holder, y, tuple(segments), tuple(marks))


def _is_told(position: Position, day: date, period: Period) -> bool:
    """Whether a position is told on a day, or begins to hold on it."""
    return period.start == day or any(edtf and edtf.upper == day for edtf in (position.since, position.date))
