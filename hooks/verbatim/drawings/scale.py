"""Scale: places days along an axis in proportion, and cuts long stretches without a date.

A scale can also be stretched where labels need room; its ticks show where.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

Unit = Literal["day", "month", "year"]

LONG = 731
"""Shortest stretch without a date that may be cut, in days: two years."""

CUT = 56.0
"""Length of a cut on the axis, in drawing units."""

STEPS: tuple[tuple[Unit, int, float], ...] = (
    ("day", 1, 1), ("day", 2, 2), ("day", 5, 5), ("day", 10, 10), ("month", 1, 30.4), ("month", 3, 91.3),
    ("year", 1, 365.2), ("year", 2, 730.5), ("year", 5, 1826), ("year", 10, 3652), ("year", 20, 7305),
    ("year", 50, 18262), ("year", 100, 36524), ("year", 500, 182621),
)  # fmt: skip
"""Steps between ticks: unit, number of units, length in days."""


@dataclass(frozen=True)
class Tick:
    day: date
    unit: Unit
    at: float
    first: bool
    """Whether it is the first of its piece or year; its label then has the year."""


@dataclass(frozen=True)
class Cut:
    start: float
    end: float
    years: int
    """Number of years that it leaves out, rounded."""


class Scale:
    """Maps the days from the first to the last of some spans (first and last day each) to drawing units.

    It runs from `start` to `end`, or further if `needs` asks for it: the least room from a day to the next first or
    last day of a span.
    """

    def __init__(
        self, spans: Iterable[tuple[date, date]], start: float, end: float, needs: Mapping[date, float] | None = None
    ) -> None:
        edges = sorted({edge for first, last in spans for edge in (first.toordinal(), last.toordinal() + 1)})
        self.first, self.last = edges[0], edges[-1]
        gaps = list(pairwise(edges))
        cut = _long_gaps(gaps)
        drawn = sum(b - a for a, b in gaps if (a, b) not in cut)
        self.unit = (end - start - CUT * len(cut)) / drawn
        """Drawing units per day, where the scale is in proportion."""

        needed = {day.toordinal(): room for day, room in (needs or {}).items()}

        self._days, self._places = [self.first], [start]
        self._pieces = [[self.first, self.last]]
        cuts = []
        for a, b in gaps:
            length = CUT if (a, b) in cut else (b - a) * self.unit
            place = self._places[-1] + max(length, needed.get(a, 0))
            if (a, b) in cut:
                cuts.append(Cut(self._places[-1], place, round((b - a) / 365.2425)))
                self._pieces[-1][1] = a + 1
                self._pieces.append([b, self.last])
            self._days.append(b)
            self._places.append(place)
        self.cuts: tuple[Cut, ...] = tuple(cuts)

    def at(self, day: date, part: float = 0) -> float:
        """The place of a day's start, plus `part` of a day; days outside the scale lie at its ends."""
        ordinal = min(max(day.toordinal() + part, self.first), self.last)
        index = min(bisect_right(self._days, ordinal), len(self._days) - 1)
        a, b = self._days[index - 1], self._days[index]
        return self._places[index - 1] + (self._places[index] - self._places[index - 1]) * (ordinal - a) / (b - a)

    def ticks(self, room: Mapping[Unit, float]) -> list[Tick]:
        """Ticks at equal steps, far enough apart for labels of `room` units along the axis, by unit of time."""
        steps = ((unit, count) for unit, count, days in STEPS if days * self.unit >= room[unit])
        unit, count = next(steps, STEPS[-1][:2])
        # Piece by piece: a cut of centuries would take long to step through.
        days = (day for a, b in self._pieces for day in _steps(a, b, unit, count, self.first))
        return self._ticks_at(days, unit)

    def ticks_beside(self, days: Collection[date], apart: float) -> list[Tick]:
        """Ticks at equal steps, at least `apart` units from each other; those on one of `days` come first."""
        steps = ((unit, count) for unit, count, length in STEPS if self.last - self.first <= 20 * length)
        unit, count = next(steps, STEPS[-1][:2])
        kept: list[float] = []
        found = []
        for day in sorted(
            _steps(self.first, self.last, unit, count, self.first), key=lambda day: (day not in days, day)
        ):
            place = self.at(day)
            if all(abs(place - other) >= apart for other in kept):
                kept.append(place)
                found.append(day)
        return self._ticks_at(sorted(found), unit)

    def _ticks_at(self, days: Iterable[date], unit: Unit) -> list[Tick]:
        """Ticks at these days, without those inside a cut."""
        ticks: list[Tick] = []
        ends = [cut.end for cut in self.cuts]
        for day in days:
            place = self.at(day)
            if any(cut.start < place < cut.end for cut in self.cuts):
                continue
            last = ticks[-1] if ticks else None
            first = not last or day.year > last.day.year or bisect_right(ends, place) != bisect_right(ends, last.at)
            ticks.append(Tick(day, unit, place, first))
        return ticks


def _long_gaps(gaps: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The longest gaps, while each takes more than a third of what is not cut."""
    cut: set[tuple[int, int]] = set()
    drawn = sum(b - a for a, b in gaps)
    for a, b in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        if b - a < LONG or (b - a) * 3 <= drawn or b - a == drawn:
            break
        cut.add((a, b))
        drawn -= b - a
    return cut


def _steps(first: int, last: int, unit: Unit, count: int, origin: int) -> Iterator[date]:
    """The days of ticks, from `first` until before `last`; steps of days are counted from `origin`."""
    if unit == "day":
        yield from map(date.fromordinal, range(first + (origin - first) % count, last, count))
        return
    months = count if unit == "month" else count * 12
    begin = date.fromordinal(first)
    number = -(-(begin.year * 12 + begin.month - 1 + (begin.day > 1)) // months) * months
    while number // 12 <= date.max.year:
        day = date(number // 12, number % 12 + 1, 1)
        if day.toordinal() >= last:
            return
        yield day
        number += months
