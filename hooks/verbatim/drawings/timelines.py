"""Timelines: events on a scale, for wide pages and for phones. Geometry only; the template draws it.

Days are points, everything longer is a bar. An edge that is not known to the day fades, an end that is open is an
arrow. Where points would lie on one another they are folded into a count, and drawn again on a scale of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ..model.dates import Edtf, Point
from .labels import set_label
from .marks import FADE, Caption, Extent, Fold, Item, Mark, arrow_room, make_mark, place
from .rows import HEAD, WIDE, fit, set_rows
from .scale import Cut, Scale, Tick

NARROW = 350.0
"""The width of a phone's drawing, in which time runs down."""

TRACKS = 4
"""Bars side by side in the narrow drawing; further ones lie in the last."""

LEFT = 80.0
"""In the narrow drawing, what the axis and its words take."""

PROPORTION = 220.0
"""How long the narrow drawing is before it is stretched."""

FOOT = 14.0
"""Below what is drawn last."""


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    axis: Literal["x", "y"]
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    now: float | None
    """Where what was known ends, and what was to come begins."""

    marks: tuple[Mark, ...]
    folds: tuple[Fold, ...]


@dataclass(frozen=True)
class Stretch:
    """What one count stands for, drawn again on its own scale."""

    anchor: str
    dates: Edtf
    items: tuple[Item, ...]
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True)
class Figure:
    drawings: tuple[Drawing, ...]
    stretches: tuple[Stretch, ...]
    left_out: int
    """Periods for which there is no row, the shortest first: they are in the list alone."""


def draw_timeline(items: Iterable[Item], *, now: date | None, name: str = "stretch", fold: bool = True) -> Figure:
    """Both drawings of some events, and of the stretches that are folded in them.

    `now` is the last day of what is known. `name` begins the anchors of the stretches; where `fold` is false a
    count leads to the first of its rows in the list.
    """
    items = sorted(items, key=lambda item: item.date.sort_key)
    lines = [(now, now)] if now else []
    scale = Scale(
        [*(item.span for item in items), *lines], 8 + arrow_room(items, "start"), WIDE - 8 - arrow_room(items, "end")
    )
    groups, single, left_out = fit(items, scale)
    targets = [f"{name}-{index}" if fold else group[0].anchor for index, group in enumerate(groups, 1)]
    wide = _wide(single, scale, now, groups, targets)
    narrow = _narrow(single, now, groups, targets)
    stretches = [_stretch(group, now, target) for group, target in zip(groups, targets, strict=True) if fold]
    return Figure((wide, narrow), tuple(stretches), left_out)


def _stretch(items: Sequence[Item], now: date | None, anchor: str) -> Stretch:
    days = [point for item in items for point in item.span]
    first, last = min(days), max(days)
    text = first.isoformat() if first == last else f"{first}/{last}"
    point = lambda day: Point("day", day, day)  # noqa: E731
    inside = now if now and first <= now <= last else None
    drawings = draw_timeline(items, now=inside, fold=False).drawings
    return Stretch(anchor, Edtf(text, point(first), point(last)), tuple(items), drawings)


def _wide(
    items: Sequence[Item], scale: Scale, now: date | None, groups: list[list[Item]], targets: list[str]
) -> Drawing:
    marks, depths = set_rows(items, scale)
    height = HEAD + sum(depths)
    folds = []
    for group, target in zip(groups, targets, strict=True):
        extents = [place(item, scale, 0) for item in group]
        folds.append(Fold(tuple(group), _at_least(extents, 44, 0, WIDE, height + 12), target))
    bottom = height + (34 if folds else 0) + FOOT
    ticks = scale.ticks({"day": 84, "month": 84, "year": 56})
    line = scale.at(now, 1) if now else None
    # A tick's words stand to its right, where a line or the words of a cut would cross them.
    crossings = [cut.start for cut in scale.cuts] + ([line] if now else [])
    ticks = [tick for tick in ticks if all(not (place - 64 < tick.at < place + 1) for place in crossings)]
    return Drawing(WIDE, bottom, "x", tuple(ticks), scale.cuts, line, tuple(marks), tuple(folds))


def _at_least(extents: Sequence[Extent], length: float, first: float, last: float, across: float) -> Extent:
    """The extent of several, but no shorter than its own words, and inside the drawing."""
    start, end = min(extent.start for extent in extents), max(extent.end for extent in extents)
    more = max(0, length - (end - start)) / 2
    shift = max(0, first - (start - more)) - max(0, end + more - last)
    return Extent(start - more + shift, end + more + shift, across)


def _narrow(single: Sequence[Item], now: date | None, groups: list[list[Item]], targets: list[str]) -> Drawing:
    """Time runs down: bars in tracks, then points, then labels; the scale is stretched where they need room."""
    items = [*single, *(item for group in groups for item in group)]
    tracks = min(TRACKS, max(1, sum(not item.is_point for item in single)))
    points_at = LEFT + 14 * tracks + 6
    labels_at = points_at + 20

    labels = [set_label(item.title, item.detail, NARROW - labels_at, 4) for item in single]
    needs: dict[date, float] = defaultdict(float)
    spans = [item.span for item in single]
    offsets = []
    for (first, _), label in zip(spans, labels, strict=True):
        offsets.append(needs[first])
        needs[first] += label.height + 12
    ends = [(min(item.span[0] for item in group), max(item.span[1] for item in group)) for group in groups]
    for first, _ in ends:
        needs[first] += 36
    lines = [(now, now)] if now else []
    top = 24 + arrow_room(items, "start")
    scale = Scale([*spans, *ends, *lines], top, top + PROPORTION, needs)

    marks, used = [], [float("-inf")] * tracks
    for item, (first, _), label, offset in zip(single, spans, labels, offsets, strict=True):
        y = scale.at(first) + 12 + offset
        caption = Caption(label, labels_at, y, "start")
        extent = place(item, scale, FADE)
        if item.is_point:
            around = (extent.end - extent.start) / 2
            extent = Extent(y - around, y + around, points_at)
        else:
            track = next((n for n, end in enumerate(used) if end < extent.start), tracks - 1)
            used[track] = extent.end
            extent = replace(extent, across=LEFT + 14 * track + 6)
        marks.append(make_mark(item, extent, caption))
    folds = []
    for group, (first, _), target in zip(groups, ends, targets, strict=True):
        start = scale.at(first) + 4 + needs[first] - 36
        extent = Extent(start, start + 28, points_at)
        folds.append(Fold(tuple(group), extent, target))
    height = scale.at(date.max, 1) + arrow_room(items, "end") + FOOT
    ticks = scale.ticks_beside(needs, 22)
    line = scale.at(now, 1) if now else None
    ticks = [tick for tick in ticks if line is None or abs(line - tick.at) > 28]
    return Drawing(NARROW, height, "y", tuple(ticks), scale.cuts, line, tuple(marks), tuple(folds))
