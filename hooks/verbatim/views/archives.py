"""Archives: lists that are too long for a page, on pages of their own by year, month or day.

A page has the newest of a list; below its address, a volume for each year has all of it, a line each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from ..model.dates import Edtf, parse_edtf

MOST_ROWS = 60
"""Greatest number of statements in full on a page: about 25 KB compressed."""

MOST_MORE = 100
"""Greatest number of lines below the full statements, for what holds as well."""

MOST_LINES = 300
"""Greatest number of lines in a volume: about 25 KB compressed."""

MOST_LISTED = 24
"""Greatest number of links in a list beside the content."""

MOST_PAST = 12
"""Greatest number of statements that open in a row; further ones are on the page of who made them."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Volume(Generic[Item]):
    """What a list has for a year, or for a month or a day of a year with much."""

    dates: Edtf
    """`2017`, `2017-05` or `2017-05-22`; also the end of its address."""

    url: str
    items: tuple[Item, ...]
    """Newest first."""


def volumes(
    items: Iterable[Item], dated: Callable[[Item], Edtf], below: str, most: int = MOST_LINES
) -> list[Volume[Item]]:
    """A list in volumes, newest first; `below` is the URL under which they stand."""
    newest = sorted(items, key=lambda item: dated(item).sort_key, reverse=True)
    newest.sort(key=lambda item: dated(item).first_day, reverse=True)
    parts = split(newest, lambda item: dated(item).first_day.isoformat(), most)
    return [Volume(parse_edtf(key), f"{below}{key}/", tuple(part)) for key, part in parts]


def split(
    items: Sequence[Item], day: Callable[[Item], str], most: int, digits: int = 4
) -> Iterator[tuple[str, list[Item]]]:
    """Group items in the order of their days by year; by month, then by day, where that would be more than `most`."""
    for key, group in groupby(items, lambda item: day(item)[:digits]):
        part = list(group)
        if len(part) > most and digits < 10:
            yield from split(part, day, most, digits + 3)
        else:
            yield key, part
