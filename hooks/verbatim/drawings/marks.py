"""Marks: events as points and bars on a scale, as exactly as their dates are known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..model.dates import Edtf, Point
from .labels import Label
from .scale import Scale

FADE = 22.0
"""How far an edge takes to fade."""

ARROW = 34.0
"""How far an open end goes on beyond the scale."""

State = Literal["happened", "ahead", "cancelled"]


@dataclass(frozen=True)
class Item:
    """An event as it is to be drawn."""

    anchor: str
    """Of its row in the list: `event-…`."""

    date: Edtf
    state: State
    derived: bool
    title: str
    """Plain words, like its detail: its date, and what became of it."""

    detail: str

    @property
    def is_point(self) -> bool:
        """Whether it is drawn as a point: a day, about a day, or a moment of one."""
        return self.date.is_day

    @property
    def span(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day that are known; of an open interval, those of the end that is given."""
        return self.date.first_day, self.date.last_day


@dataclass(frozen=True)
class Extent:
    """Where something lies along the axis, and across it."""

    start: float
    end: float
    across: float = 0

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class Caption:
    label: Label
    x: float
    y: float
    """Of its first line's middle."""

    side: Literal["start", "end"]


@dataclass(frozen=True)
class EventMark:
    item: Item
    extent: Extent
    """Of a point: where it may lie, which is one place for a day that is known."""

    fade_start: bool
    fade_end: bool
    open_start: bool
    open_end: bool
    caption: Caption


@dataclass(frozen=True)
class Fold:
    """Events too close together to be drawn apart, as a count."""

    items: tuple[Item, ...]
    extent: Extent
    target: str
    """The anchor of what it opens."""


def arrow_room(items: Iterable[Item], end: Literal["start", "end"]) -> float:
    """The room that arrows take beyond the scale."""
    return ARROW if any(getattr(item.date, end) is None for item in items) else 0


def place(item: Item, scale: Scale, fade: float) -> Extent:
    """Where an event lies along the axis. A vague date takes `fade` units more."""
    start, end = item.date.start, item.date.end
    if item.is_point:
        # Early in a day that is wide, so that its words stand in the same column.
        middle = scale.at(item.date.first_day, min(0.5, 14 / scale.unit))
        around = fade / 2 if start and _is_vague(start) else 0
        return Extent(middle - around, middle + around)
    first, last = item.span
    # What may begin earlier or end later than its words say fades beyond them.
    x1 = scale.at(first) - (fade / 2 if start and _is_vague(start) else 0)
    x2 = scale.at(last, 1) + (fade / 2 if end and _is_vague(end) else 0)
    x1 = scale.at(datetime.date.min) - ARROW if start is None else x1
    x2 = scale.at(datetime.date.max, 1) + ARROW if end is None else x2
    return Extent(x1, x2) if x2 - x1 >= 6 else Extent((x1 + x2) / 2 - 3, (x1 + x2) / 2 + 3)


def _is_vague(point: Point) -> bool:
    return point.approximate or point.uncertain


def make_mark(item: Item, extent: Extent, caption: Caption) -> EventMark:
    """A mark whose edges say what is known of them."""
    start, end = item.date.start, item.date.end
    long_enough = extent.end - extent.start >= FADE / 2

    def fades(point: Point | None) -> bool:
        exact = point is None or (point.precision in ("day", "minute") and not _is_vague(point))
        # What is drawn hollow is vague as a whole.
        return not item.is_point and not exact and long_enough and item.state == "happened"

    return EventMark(item, extent, fades(start), fades(end), start is None, end is None, caption)
