"""Timeline figures: events on a scale, for wide pages and for phones. Geometry only; `sketches` makes the shapes.

Days are points, longer dates are bars. An edge that is not known to the day fades, an open end is an arrow. Points that
would overlap are folded into a count, and drawn again on a scale of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ..model.dates import Edtf, Point
from .labels import Label, set_label
from .marks import FADE, Caption, EventMark, Extent, Fold, Item, arrow_room, make_mark, place
from .rows import HEAD, WIDE, fit, set_rows
from .scale import Cut, Scale, Tick

NARROW = 350.0
"""Width of a phone's drawing, in which time runs down."""

TRACKS = 4
"""Greatest number of tracks for bars in the narrow drawing; further bars share the last one."""

LEFT = 80.0
"""In the narrow drawing, width of the axis and its labels."""

PROPORTION = 220.0
"""In the narrow drawing, length of the scale before it is stretched."""

FOOT = 14.0
"""Room below the last element."""

FOLD_ROOM = 36.0
"""In the narrow drawing, room for a count along the axis."""


@dataclass(frozen=True)
class TimelineDrawing:
    width: float
    height: float
    axis: Literal["x", "y"]
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    now: float | None
    """Place of the line between past and announced events; None for no line."""

    marks: tuple[EventMark, ...]
    folds: tuple[Fold, ...]


@dataclass(frozen=True)
class Stretch:
    """The events of one count, drawn on a scale of their own."""

    anchor: str
    dates: Edtf
    items: tuple[Item, ...]
    drawings: tuple[TimelineDrawing, ...]


@dataclass(frozen=True)
class TimelineFigure:
    drawings: tuple[TimelineDrawing, ...]
    stretches: tuple[Stretch, ...]
    left_out: int
    """Number of periods without a row, the shortest first; only the list has them."""


@dataclass(frozen=True)
class _Group:
    """Events that are folded into one count."""

    items: tuple[Item, ...]
    target: str
    """The anchor of the element that the count opens."""

    @property
    def span(self) -> tuple[date, date]:
        return min(item.span[0] for item in self.items), max(item.span[1] for item in self.items)


@dataclass(frozen=True)
class _Labelled:
    """An event of the narrow drawing with its label."""

    item: Item
    label: Label
    offset: float
    """Room for labels of the same day above this one."""


def draw_timeline(
    items: Iterable[Item], *, now: date | None, name: str = "stretch", fold: bool = True
) -> TimelineFigure:
    """Draw events for wide pages and for phones, and each folded stretch.

    `now` is the last known day. `name` is the prefix of the stretches' anchors. If `fold` is false, a count links to
    the first of its rows in the list.
    """
    items = sorted(items, key=lambda item: item.date.sort_key)
    start, end = 8 + arrow_room(items, "start"), WIDE - 8 - arrow_room(items, "end")
    scale = Scale([*(item.span for item in items), *_spans_of(now)], start, end)
    folded, single, left_out = fit(items, scale)
    groups = [
        _Group(tuple(group), f"{name}-{number}" if fold else group[0].anchor) for number, group in enumerate(folded, 1)
    ]
    drawings = (_wide(single, scale, now, groups), _narrow(single, now, groups))
    stretches = tuple(_stretch(group, now) for group in groups) if fold else ()
    return TimelineFigure(drawings, stretches, left_out)


def _spans_of(now: date | None) -> list[tuple[date, date]]:
    return [(now, now)] if now else []


def _stretch(group: _Group, now: date | None) -> Stretch:
    first, last = group.span
    text = first.isoformat() if first == last else f"{first}/{last}"
    dates = Edtf(text, Point("day", first, first), Point("day", last, last))
    inside = now if now and first <= now <= last else None
    return Stretch(group.target, dates, group.items, draw_timeline(group.items, now=inside, fold=False).drawings)


def _wide(items: Sequence[Item], scale: Scale, now: date | None, groups: Sequence[_Group]) -> TimelineDrawing:
    marks, depths = set_rows(items, scale)
    height = HEAD + sum(depths)
    folds = []
    for group in groups:
        extents = [place(item, scale, 0) for item in group.items]
        folds.append(Fold(group.items, _at_least(extents, 44, 0, WIDE, height + 12), group.target))
    line = scale.at(now, 1) if now else None
    # A tick's label is right of it, and must not cross a line or the label of a cut.
    crossings = [cut.start for cut in scale.cuts] + ([line] if line is not None else [])
    ticks = [
        tick
        for tick in scale.ticks({"day": 84, "month": 84, "year": 56})
        if all(not (place - 64 < tick.at < place + 1) for place in crossings)
    ]
    return TimelineDrawing(
        width=WIDE,
        height=height + (34 if folds else 0) + FOOT,
        axis="x",
        ticks=tuple(ticks),
        cuts=scale.cuts,
        now=line,
        marks=tuple(marks),
        folds=tuple(folds),
    )


def _at_least(extents: Sequence[Extent], length: float, first: float, last: float, across: float) -> Extent:
    """The extent of several marks, at least `length` long, between `first` and `last`."""
    start, end = min(extent.start for extent in extents), max(extent.end for extent in extents)
    more = max(0, length - (end - start)) / 2
    shift = max(0, first - (start - more)) - max(0, end + more - last)
    return Extent(start - more + shift, end + more + shift, across)


def _narrow(single: Sequence[Item], now: date | None, groups: Sequence[_Group]) -> TimelineDrawing:
    """Time runs down: bars in tracks, then points, then labels; the scale is stretched where labels need room."""
    tracks = min(TRACKS, max(1, sum(not item.is_point for item in single)))
    points_at = LEFT + 14 * tracks + 6
    labels_at = points_at + 20

    needs: dict[date, float] = defaultdict(float)
    labelled = []
    for item in single:
        label = set_label(item.title, item.detail, NARROW - labels_at, 4)
        labelled.append(_Labelled(item, label, needs[item.span[0]]))
        needs[item.span[0]] += label.height + 12
    for group in groups:
        needs[group.span[0]] += FOLD_ROOM

    items = [*single, *(item for group in groups for item in group.items)]
    spans = [*(item.span for item in single), *(group.span for group in groups), *_spans_of(now)]
    top = 24 + arrow_room(items, "start")
    scale = Scale(spans, top, top + PROPORTION, needs)

    folds = []
    for group in groups:
        start = scale.at(group.span[0]) + 4 + needs[group.span[0]] - FOLD_ROOM
        folds.append(Fold(group.items, Extent(start, start + 28, points_at), group.target))
    line = scale.at(now, 1) if now else None
    ticks = [tick for tick in scale.ticks_beside(needs, 22) if line is None or abs(line - tick.at) > 28]
    return TimelineDrawing(
        width=NARROW,
        height=scale.at(date.max, 1) + arrow_room(items, "end") + FOOT,
        axis="y",
        ticks=tuple(ticks),
        cuts=scale.cuts,
        now=line,
        marks=tuple(_marks_down(labelled, scale, tracks, points_at, labels_at)),
        folds=tuple(folds),
    )


def _marks_down(
    labelled: Sequence[_Labelled], scale: Scale, tracks: int, points_at: float, labels_at: float
) -> Iterator[EventMark]:
    """Yield the marks of the narrow drawing: points in one column, each bar in the first free track."""
    used = [float("-inf")] * tracks
    for each in labelled:
        y = scale.at(each.item.span[0]) + 12 + each.offset
        extent = place(each.item, scale, FADE)
        if each.item.is_point:
            around = (extent.end - extent.start) / 2
            extent = Extent(y - around, y + around, points_at)
        else:
            track = next((number for number, end in enumerate(used) if end < extent.start), tracks - 1)
            used[track] = extent.end
            extent = replace(extent, across=LEFT + 14 * track + 6)
        yield make_mark(each.item, extent, Caption(each.label, labels_at, y, "start"))
