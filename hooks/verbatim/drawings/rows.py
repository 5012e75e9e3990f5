"""Rows: places marks and labels of the wide drawing in rows, and folds those without room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from .labels import set_label
from .marks import FADE, Caption, EventMark, Extent, Item, make_mark, place
from .scale import Scale

WIDE = 1120.0
"""Width of the drawing: that of a page at full width."""

ROWS = 10
"""Greatest number of rows. Points without a row are folded, periods are left out."""

HEAD = 52.0
"""Room above the first row, for the axis and its labels."""

APART = 14.0
"""Least distance between two labels of a row."""

SMALL = 24.0
"""A bar shorter than this can be folded, like a point."""


def fit(items: Sequence[Item], scale: Scale) -> tuple[list[list[Item]], list[Item], int]:
    """Fold points until the rest has room: the groups, the rest, and how many periods are left out."""
    near = 12.0
    while True:
        groups = list(_groups(items, scale, near))
        folded = {item.anchor for group in groups for item in group}
        single = [item for item in items if item.anchor not in folded]
        if len(_in_rows(single, scale, ROWS)) == len(single):
            return groups, single, 0
        if near > WIDE:
            break
        near *= 2
    everything = len(single)
    while len(single) > 1 and (too_many := len(set_rows(single, scale)[1]) - ROWS) > 0:
        periods = sorted(single, key=lambda item: _length(item, scale))
        dropped = {item.anchor for item in periods[: max(1, too_many // 2)]}
        single = [item for item in single if item.anchor not in dropped]
    return groups, single, everything - len(single)


def _length(item: Item, scale: Scale) -> float:
    extent = place(item, scale, 0)
    return extent.end - extent.start


def _groups(items: Sequence[Item], scale: Scale, near: float) -> Iterator[list[Item]]:
    """Yield runs of points that are at most `near` units apart, within a month, a year or a decade."""
    unit = next((name for name, days in (("month", 30), ("year", 365)) if days * scale.unit >= 44), "decade")
    small = []
    for item in items:
        extent = place(item, scale, 0)
        if item.date.start and item.date.end and (item.is_point or extent.end - extent.start < SMALL):
            small.append((extent.middle, item))
    small.sort(key=lambda pair: pair[0])

    def cell(pair: tuple[float, Item]) -> tuple[int, int]:
        day = pair[1].span[0]
        return (day.year // 10 if unit == "decade" else day.year, day.month if unit == "month" else 0)

    for _, members in groupby(small, cell):
        run: list[tuple[float, Item]] = []
        for pair in [*members, None]:
            if run and (pair is None or pair[0] - run[-1][0] > near):
                days = {item.span for _, item in run}
                if len(run) >= (3 if len(days) > 1 else 6):
                    yield [item for _, item in run]
                run = []
            if pair:
                run.append(pair)


def set_rows(items: Sequence[Item], scale: Scale) -> tuple[list[EventMark], list[float]]:
    """Place each event in the first row with room for its mark and label; returns the marks and the rows' heights."""
    placed = _in_rows(items, scale)
    depths = [0.0] * (max((number for number, _ in placed), default=-1) + 1)
    for number, mark in placed:
        depths[number] = max(depths[number], mark.caption.label.height + (8 if mark.item.is_point else 24))
    tops = [HEAD + sum(depths[:number]) for number in range(len(depths))]
    marks = [_moved(mark, tops[number] + 12) for number, mark in placed]
    return marks, depths


def _in_rows(items: Sequence[Item], scale: Scale, most: int | None = None) -> list[tuple[int, EventMark]]:
    """The events with the number of their rows; it ends at the first that would need more than `most` rows."""
    rows: list[list[tuple[float, float]]] = []
    placed: list[tuple[int, EventMark]] = []
    for item in items:
        extent = place(item, scale, FADE)
        caption, left, right = _beside(item, extent)
        number = next(
            (n for n, row in enumerate(rows) if all(right + APART < a or b + APART < left for a, b in row)), len(rows)
        )
        if number == most:
            break
        if number == len(rows):
            rows.append([])
        rows[number].append((left, right))
        placed.append((number, make_mark(item, extent, caption)))
    return placed


def _beside(item: Item, extent: Extent) -> tuple[Caption, float, float]:
    """A label right of its point or under its bar, or right-aligned near the edge; with the left and right it takes."""
    offset = 14 if item.is_point else 0
    x = max(0, (extent.end if item.is_point else extent.start) + offset)
    y = 0 if item.is_point else 16
    label = set_label(item.title, item.detail, min(280, max(180, WIDE - x)), 3)
    if x + label.width <= WIDE:
        return Caption(label, x, y, "start"), extent.start - 8, max(extent.end + 8, x + label.width)
    label = set_label(item.title, item.detail, 280, 3)
    x = min(WIDE, (extent.start if item.is_point else extent.end) - offset)
    return Caption(label, x, y, "end"), min(extent.start - 8, x - label.width), extent.end + 8


def _moved(mark: EventMark, y: float) -> EventMark:
    caption = replace(mark.caption, y=mark.caption.y + y)
    return replace(mark, extent=replace(mark.extent, across=y), caption=caption)
