"""Timelines: events on a scale, as exactly as their dates are known. Geometry only; the template draws it.

Days are points, everything longer is a bar. An edge that is not known to the day fades, an end that is open is an
arrow. Where points would lie on one another they are folded into a count, and drawn again on a scale of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from ..dates import Edtf, Point
from .labels import Label, set_label
from .scale import Cut, Scale, Tick

WIDE, NARROW = 1120.0, 350.0
"""Widths of the two drawings: of a page at its full width, and of a phone's. In the narrow one time runs down."""

ROWS = 10
"""Rows of the wide drawing. Points that find no place in them are folded, periods are left out."""

TRACKS = 4
"""Bars side by side in the narrow drawing; further ones lie in the last."""

SMALL = 24.0
"""What is drawn shorter than this can be folded, like a point."""

LEFT = 80.0
"""In the narrow drawing, what the axis and its words take."""

PROPORTION = 220.0
"""How long the narrow drawing is before it is stretched."""

FADE = 22.0
"""How far an edge takes to fade."""

ARROW = 34.0
"""How far an open end goes on beyond the scale."""

HEAD, FOOT = 52.0, 14.0
"""Above the first row, for the axis and its words; below the last."""

GAP = 14.0
"""Between two labels of a row."""

State = Literal["happened", "ahead", "cancelled"]
Axis = Literal["x", "y"]


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
class Mark:
    item: Item
    extent: Extent
    """Of a point: where it may lie, which is one place for a day that is known."""

    is_point: bool
    fade_start: bool
    fade_end: bool
    open_start: bool
    open_end: bool
    caption: Caption


@dataclass(frozen=True)
class Fold:
    """Events too close to tell apart, as a count."""

    items: tuple[Item, ...]
    extent: Extent
    target: str
    """The anchor of what it opens."""


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    axis: Axis
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
    scale = Scale([*_spans(items), *lines], 8 + _arrow(items, "start"), WIDE - 8 - _arrow(items, "end"))
    groups, single, left_out = _fit(items, scale)
    targets = [f"{name}-{index}" if fold else group[0].anchor for index, group in enumerate(groups, 1)]
    wide = _wide(single, scale, now, groups, targets)
    narrow = _narrow(single, now, groups, targets)
    stretches = [_stretch(group, now, target) for group, target in zip(groups, targets, strict=True) if fold]
    return Figure((wide, narrow), tuple(stretches), left_out)


def _stretch(items: Sequence[Item], now: date | None, anchor: str) -> Stretch:
    days = [point for item in items for point in _span(item.date)]
    first, last = min(days), max(days)
    text = first.isoformat() if first == last else f"{first}/{last}"
    point = lambda day: Point("day", day, day)  # noqa: E731
    inside = now if now and first <= now <= last else None
    drawings = draw_timeline(items, now=inside, fold=False).drawings
    return Stretch(anchor, Edtf(text, point(first), point(last)), tuple(items), drawings)


# ---- Along the axis -------------------------------------------------------------------------------------------


def _span(edtf: Edtf) -> tuple[date, date]:
    """The first and the last day that are known; of an open interval, those of the end that is given."""
    first, last = edtf.start or edtf.end, edtf.end or edtf.start
    return first.lower, last.upper


def _arrow(items: Iterable[Item], end: Literal["start", "end"]) -> float:
    """The room that arrows take beyond the scale."""
    return ARROW if any(getattr(item.date, end) is None for item in items) else 0


def _place(item: Item, scale: Scale, fade: float) -> tuple[Extent, bool]:
    """Where an event lies along the axis, and whether it is a point."""
    start, end = item.date.start, item.date.end
    if _is_point(item):
        # Early in a day that is wide, so that its words stand in the same column.
        middle = scale.at(start.lower, min(0.5, 14 / scale.unit))
        around = fade / 2 if start.approximate or start.uncertain else 0
        return Extent(middle - around, middle + around), True
    first, last = _span(item.date)
    # What may begin earlier or end later than its words say fades beyond them.
    x1 = scale.at(first) - (fade / 2 if start and _is_vague(start) else 0)
    x2 = scale.at(last, 1) + (fade / 2 if end and _is_vague(end) else 0)
    x1 = scale.at(date.min) - ARROW if start is None else x1
    x2 = scale.at(date.max, 1) + ARROW if end is None else x2
    return (Extent(x1, x2) if x2 - x1 >= 6 else Extent((x1 + x2) / 2 - 3, (x1 + x2) / 2 + 3)), False


def _is_point(item: Item) -> bool:
    start = item.date.start
    return start is not None and start is item.date.end and start.precision in ("day", "minute")


def _is_vague(point: Point) -> bool:
    return point.approximate or point.uncertain


def _mark(item: Item, extent: Extent, is_point: bool, caption: Caption) -> Mark:
    start, end = item.date.start, item.date.end
    long_enough = extent.end - extent.start >= FADE / 2

    def fades(point: Point | None) -> bool:
        exact = point is None or (point.precision in ("day", "minute") and not _is_vague(point))
        # What is drawn hollow is vague as a whole.
        return not is_point and not exact and long_enough and item.state == "happened"

    return Mark(item, extent, is_point, fades(start), fades(end), start is None, end is None, caption)


# ---- Folding --------------------------------------------------------------------------------------------------


def _fit(items: Sequence[Item], scale: Scale) -> tuple[list[list[Item]], list[Item], int]:
    """The groups that are folded so that the others have room, the others, and how many are left out of both."""
    near = 12.0
    while True:
        groups = list(_groups(items, scale, near))
        folded = {item.anchor for group in groups for item in group}
        single = [item for item in items if item.anchor not in folded]
        if len(_rows(single, scale)[1]) <= ROWS:
            return groups, single, 0
        if near > WIDE:
            break
        near *= 2
    everything = len(single)
    while len(single) > 1 and (too_many := len(_rows(single, scale)[1]) - ROWS) > 0:
        periods = sorted(single, key=lambda item: _length(item, scale))
        dropped = {item.anchor for item in periods[: max(1, too_many // 2)]}
        single = [item for item in single if item.anchor not in dropped]
    return groups, single, everything - len(single)


def _length(item: Item, scale: Scale) -> float:
    extent, _ = _place(item, scale, 0)
    return extent.end - extent.start


def _groups(items: Sequence[Item], scale: Scale, near: float) -> Iterator[list[Item]]:
    """Runs of points closer to one another than `near`, within a month, a year or a decade."""
    unit = next((name for name, days in (("month", 30), ("year", 365)) if days * scale.unit >= 44), "decade")
    small = []
    for item in items:
        extent, is_point = _place(item, scale, 0)
        if item.date.start and item.date.end and (is_point or extent.end - extent.start < SMALL):
            small.append((extent.middle, item))
    small.sort(key=lambda pair: pair[0])

    def cell(pair: tuple[float, Item]) -> tuple[int, int]:
        day = _span(pair[1].date)[0]
        return (day.year // 10 if unit == "decade" else day.year, day.month if unit == "month" else 0)

    for _, members in groupby(small, cell):
        run: list[tuple[float, Item]] = []
        for pair in [*members, None]:
            if run and (pair is None or pair[0] - run[-1][0] > near):
                days = {_span(item.date) for _, item in run}
                if len(run) >= (3 if len(days) > 1 else 6):
                    yield [item for _, item in run]
                run = []
            if pair:
                run.append(pair)


# ---- Across it: rows of the wide drawing ---------------------------------------------------------------------------


def _rows(items: Sequence[Item], scale: Scale) -> tuple[list[Mark], list[float]]:
    """Each event in the first row where its mark and its label have room; and the rows' heights."""
    rows: list[list[tuple[float, float]]] = []
    placed: list[tuple[int, Mark]] = []
    depths: list[float] = []
    for item in items:
        extent, is_point = _place(item, scale, FADE)
        caption, left, right = _beside(item, extent, is_point)
        number = next(
            (n for n, row in enumerate(rows) if all(right + GAP < a or b + GAP < left for a, b in row)), len(rows)
        )
        if number == len(rows):
            rows.append([])
            depths.append(0)
        rows[number].append((left, right))
        depths[number] = max(depths[number], caption.label.height + (8 if is_point else 24))
        placed.append((number, _mark(item, extent, is_point, caption)))
    tops = [HEAD + sum(depths[:number]) for number in range(len(rows))]
    marks = [_moved(mark, tops[number] + 12) for number, mark in placed]
    return marks, depths


def _beside(item: Item, extent: Extent, is_point: bool) -> tuple[Caption, float, float]:
    """A label to the right of its point or under its bar, or flush with its end where the drawing ends before."""
    offset = 14 if is_point else 0
    x = max(0, (extent.end if is_point else extent.start) + offset)
    y = 0 if is_point else 16
    label = set_label(item.title, item.detail, min(280, max(180, WIDE - x)), 3)
    if x + label.width <= WIDE:
        return Caption(label, x, y, "start"), extent.start - 8, max(extent.end + 8, x + label.width)
    label = set_label(item.title, item.detail, 280, 3)
    x = min(WIDE, (extent.start if is_point else extent.end) - offset)
    return Caption(label, x, y, "end"), min(extent.start - 8, x - label.width), extent.end + 8


def _moved(mark: Mark, y: float) -> Mark:
    caption = replace(mark.caption, y=mark.caption.y + y)
    return replace(mark, extent=replace(mark.extent, across=y), caption=caption)


def _wide(
    items: Sequence[Item], scale: Scale, now: date | None, groups: list[list[Item]], targets: list[str]
) -> Drawing:
    marks, depths = _rows(items, scale)
    height = HEAD + sum(depths)
    folds = []
    for group, target in zip(groups, targets, strict=True):
        extents = [_place(item, scale, 0)[0] for item in group]
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


# ---- The narrow drawing ---------------------------------------------------------------------------------------------


def _narrow(single: Sequence[Item], now: date | None, groups: list[list[Item]], targets: list[str]) -> Drawing:
    """Time runs down: bars in tracks, then points, then labels; the scale is stretched where they need room."""
    items = [*single, *(item for group in groups for item in group)]
    tracks = min(TRACKS, max(1, sum(not _is_point(item) for item in single)))
    points_at = LEFT + 14 * tracks + 6
    labels_at = points_at + 20

    labels = [set_label(item.title, item.detail, NARROW - labels_at, 4) for item in single]
    needs: dict[date, float] = defaultdict(float)
    spans = [_span(item.date) for item in single]
    offsets = []
    for (first, _), label in zip(spans, labels, strict=True):
        offsets.append(needs[first])
        needs[first] += label.height + 12
    ends = [(min(first for first, _ in days), max(last for _, last in days)) for days in map(_spans, groups)]
    for first, _ in ends:
        needs[first] += 36
    lines = [(now, now)] if now else []
    top = 24 + _arrow(items, "start")
    scale = Scale([*spans, *ends, *lines], top, top + PROPORTION, needs)

    marks, used = [], [float("-inf")] * tracks
    for item, (first, _), label, offset in zip(single, spans, labels, offsets, strict=True):
        y = scale.at(first) + 12 + offset
        caption = Caption(label, labels_at, y, "start")
        extent, is_point = _place(item, scale, FADE)
        if is_point:
            around = (extent.end - extent.start) / 2
            extent = Extent(y - around, y + around, points_at)
        else:
            track = next((n for n, end in enumerate(used) if end < extent.start), tracks - 1)
            used[track] = extent.end
            extent = replace(extent, across=LEFT + 14 * track + 6)
        marks.append(_mark(item, extent, is_point, caption))
    folds = []
    for group, (first, _), target in zip(groups, ends, targets, strict=True):
        start = scale.at(first) + 4 + needs[first] - 36
        extent = Extent(start, start + 28, points_at)
        folds.append(Fold(tuple(group), extent, target))
    height = scale.at(date.max, 1) + _arrow(items, "end") + FOOT
    ticks = scale.ticks_beside(needs, 22)
    line = scale.at(now, 1) if now else None
    ticks = [tick for tick in ticks if line is None or abs(line - tick.at) > 28]
    return Drawing(NARROW, height, "y", tuple(ticks), scale.cuts, line, tuple(marks), tuple(folds))


def _spans(items: Iterable[Item]) -> list[tuple[date, date]]:
    return [_span(item.date) for item in items]
