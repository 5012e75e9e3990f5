"""Dates as sources give them: EDTF level 0, and what a newsroom needs of level 1.

Accepted: `2017`, `2017-05`, `2017-05-22`, `2017-05-22T22:31+01:00`, the qualifiers `2016~` (approximate),
`2016?` (uncertain) and `2016%` (both), the decade `201X`, and intervals of these: `2014/2017`, `2014/..`,
`../2017`. Source: Library of Congress, Extended Date/Time Format specification, February 2019. Reversed
intervals, blanks and everything else are refused.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Literal

from ..problems import Message

Precision = Literal["decade", "year", "month", "day", "minute"]

_POINT = re.compile(
    r"(?P<year>\d{3}[\dX])(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?P<time>T\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?)?)?)?"
    r"(?P<qualifier>[~?%]?)",
    re.ASCII,
)


@dataclass(frozen=True)
class Point:
    """One date at its own precision: the whole of `2017`, or one end of `2014/2017`."""

    precision: Precision

    lower: date
    """The earliest possible day."""

    upper: date
    """The latest possible day; equal to `lower` for a day."""

    approximate: bool = False
    uncertain: bool = False

    time: str = ""
    """`22:31`, local time of the source, without its offset; empty without a time."""


@dataclass(frozen=True)
class Edtf:
    """A date or an interval of dates."""

    text: str
    """The EDTF text, as the author wrote it."""

    start: Point | None
    """None for an interval with an open start."""

    end: Point | None
    """The same object as `start` for a single date; None for an interval with an open end."""

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def single(self) -> Point | None:
        """The date itself; None for an interval."""
        return None if self.is_interval else self.start

    @property
    def is_day(self) -> bool:
        """Whether it is a day, about a day, or a moment of one."""
        return self.single is not None and self.single.precision in ("day", "minute")

    @property
    def lower(self) -> date:
        """The earliest possible day; `date.min` for an open start."""
        return self.start.lower if self.start else date.min

    @property
    def upper(self) -> date:
        """The latest possible day; `date.max` for an open end."""
        return self.end.upper if self.end else date.max

    @property
    def first_day(self) -> date:
        """The first known day; for an open start, the first day of the end."""
        point = self.start or self.end
        assert point, "an interval has at least one end"
        return point.lower

    @property
    def last_day(self) -> date:
        """The last known day; for an open end, the last day of the start."""
        point = self.end or self.start
        assert point, "an interval has at least one end"
        return point.upper

    @property
    def clock(self) -> str:
        """`21:31`, in UTC where its offset is known; empty without a time. Orders moments of one day."""
        if not self.single or not self.single.time:
            return ""
        moment = datetime.fromisoformat(self.text.rstrip("~?%"))
        return f"{moment.astimezone(UTC) if moment.tzinfo else moment:%H:%M}"

    @property
    def is_exact(self) -> bool:
        """Whether it is an exact day, or a closed interval of exact days."""
        ends = (self.start, self.end)
        return all(
            end and end.precision in ("day", "minute") and not (end.approximate or end.uncertain) for end in ends
        )

    @cached_property
    def sort_key(self) -> tuple[date, date, str, str]:
        """Sorts by first day, then the more exact first, then by time."""
        return self.lower, self.upper, self.start.time if self.start else "", self.text

    @property
    def html_datetime(self) -> str:
        """The value for `<time datetime>`; empty if HTML cannot express the date."""
        point = self.single
        if not point or point.approximate or point.uncertain or point.precision == "decade":
            return ""
        return self.text

    def __str__(self) -> str:
        return self.text


def parse_edtf(text: str) -> Edtf:
    """Parse a date; raises ValueError with a message for the author."""
    if text.count("/") > 1:
        raise ValueError("an interval has one slash")
    if "/" not in text:
        point = _point(text)
        return Edtf(text, point, point)
    first, last = text.split("/")
    if not first or not last:
        raise ValueError("an open end of an interval is written `..`")
    start = None if first == ".." else _point(first)
    end = None if last == ".." else _point(last)
    if start is None and end is None:
        raise ValueError("an interval needs at least one date")
    if start and end and (start.lower > end.upper or (start.time and end.time and _instant(first) > _instant(last))):
        raise ValueError("the interval ends before it starts")
    return Edtf(text, start, end)


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(Message("not a date: {text!r}", text=text[:40]))
    approximate = match["qualifier"] in ("~", "%")
    uncertain = match["qualifier"] in ("?", "%")
    lower, upper, precision = _bounds(match, text)
    return Point(precision, lower, upper, approximate, uncertain, (match["time"] or "")[1:6])


def _instant(text: str) -> datetime:
    """The moment of a date with a time; UTC if it has no offset."""
    moment = datetime.fromisoformat(text.rstrip("~?%"))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bounds(match: re.Match[str], text: str) -> tuple[date, date, Precision]:
    try:
        if match["year"].endswith("X"):
            if match["month"]:
                raise ValueError
            decade = int(match["year"][:3]) * 10
            return date(decade, 1, 1), date(decade + 9, 12, 31), "decade"
        year = int(match["year"])
        if not match["month"]:
            return date(year, 1, 1), date(year, 12, 31), "year"
        month = int(match["month"])
        if not match["day"]:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
        day = date(year, month, int(match["day"]))
        if not match["time"]:
            return day, day, "day"
        moment = datetime.fromisoformat(text.rstrip("~?%"))
        if moment.tzinfo:
            moment.astimezone(UTC)  # raises OverflowError outside the years 1 to 9999
        return day, day, "minute"
    except (ValueError, OverflowError):
        raise ValueError(Message("no such date: {text!r}", text=text)) from None
