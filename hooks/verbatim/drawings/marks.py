"""Marks: events as points and bars on a scale, which show how exact their dates are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..model.dates import Edtf, Point
from .labels import Label
from .scale import Scale

FADE = 22.0
"""Length of a fading edge, in drawing units."""

ARROW = 34.0
"""Length of an open end beyond the scale, in drawing units."""

State = Literal["happened", "ahead", "cancelled"]


@dataclass(frozen=True)
class Item:
    """An event to draw."""

    anchor: str
    """The anchor of its row in the list: `event-…`."""

    date: Edtf
    state: State
    derived: bool
    title: str
    """Plain text, like `detail`, which has the date and the status."""

    detail: str

    @property
    def is_point(self) -> bool:
        """Whether it is drawn as a point: an exact or approximate day, or a minute."""
        return self.date.is_day

    @property
    def span(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last known day; for an open interval, those of the given end."""
        return self.date.first_day, self.date.last_day


@dataclass(frozen=True)
class Extent:
    """A place along the axis and across it, in drawing units."""

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
    """Middle of the first line."""

    side: Literal["start", "end"]


@dataclass(frozen=True)
class EventMark:
    item: Item
    extent: Extent
    """For a point, the range in which it may lie; of length 0 for an exact day."""

    fade_start: bool
    fade_end: bool
    open_start: bool
    open_end: bool
    caption: Caption


@dataclass(frozen=True)
class Fold:
    """A count in place of events that are too close to draw apart."""

    items: tuple[Item, ...]
    extent: Extent
    target: str
    """The anchor of the element that it opens."""


def arrow_room(items: Iterable[Item], end: Literal["start", "end"]) -> float:
    """The room for arrows beyond one end of the scale, in drawing units."""
    return ARROW if any(getattr(item.date, end) is None for item in items) else 0


def place(item: Item, scale: Scale, fade: float) -> Extent:
    """The place of an event along the axis; a vague end is moved outwards by half of `fade`."""
    start, end = item.date.start, item.date.end
    if item.is_point:
        # At most 14 units into the day, so that the labels of a wide day line up.
        middle = scale.at(item.date.first_day, min(0.5, 14 / scale.unit))
        around = fade / 2 if start and _is_vague(start) else 0
        return Extent(middle - around, middle + around)
    first, last = item.span
    # A vague start or end fades beyond its stated date.
    x1 = scale.at(first) - (fade / 2 if start and _is_vague(start) else 0)
    x2 = scale.at(last, 1) + (fade / 2 if end and _is_vague(end) else 0)
    x1 = scale.at(datetime.date.min) - ARROW if start is None else x1
    x2 = scale.at(datetime.date.max, 1) + ARROW if end is None else x2
    return Extent(x1, x2) if x2 - x1 >= 6 else Extent((x1 + x2) / 2 - 3, (x1 + x2) / 2 + 3)


def _is_vague(point: Point) -> bool:
    return point.approximate or point.uncertain


def make_mark(item: Item, extent: Extent, caption: Caption) -> EventMark:
    """Make a mark whose edges show how exact the dates are."""
    start, end = item.date.start, item.date.end
    long_enough = extent.end - extent.start >= FADE / 2

    def fades(point: Point | None) -> bool:
        exact = point is None or (point.precision in ("day", "minute") and not _is_vague(point))
        # Hollow marks do not fade: they are vague as a whole.
        return not item.is_point and not exact and long_enough and item.state == "happened"

    return EventMark(item, extent, fades(start), fades(end), start is None, end is None, caption)
