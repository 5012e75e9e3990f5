"""Archives: lists that are too long for a page, on pages of their own by year, month or day, or by letter.

A page has the newest of a list; below its address, a volume for each year has all of it, a line each. Names are in
volumes by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from ..model.dates import Edtf, parse_edtf
from ..wording.words import fold

MOST_ROWS = 55
"""Greatest number of statements in full on a page: about 25 KB compressed."""

MOST_MORE = 60
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


@dataclass(frozen=True)
class Letter(Generic[Item]):
    """What a list has below a letter, or below two and more where one has much."""

    letters: str
    """Folded, as the names begin; empty for names without letters and digits."""

    url: str
    items: tuple[Item, ...]
    """In alphabetical order."""

    @property
    def label(self) -> str:
        return self.letters.capitalize() or "…"


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


def by_letter(
    items: Iterable[Item], named: Callable[[Item], str], below: str, most: int = MOST_LINES
) -> list[Letter[Item]]:
    """A list by the letters with which its names begin; `below` is the URL under which they stand."""
    ordered = sorted(((_letters(named(item)), item) for item in items), key=lambda each: each[0])
    return [
        Letter(letters, f"{below}{_slug(letters)}/", tuple(item for _, item in part))
        for letters, part in _by_beginning(ordered, most)
    ]


def _by_beginning(
    named: Sequence[tuple[str, Item]], most: int, length: int = 1
) -> Iterator[tuple[str, list[tuple[str, Item]]]]:
    """Group sorted names by their first letters: by as many as it takes for at most `most` names."""
    for letters, group in groupby(named, lambda each: each[0][:length]):
        part = list(group)
        if len(part) > most and part[-1][0] > letters:
            yield from _by_beginning(part, most, length + 1)
        else:
            yield letters, part


def _letters(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalnum())


def _slug(letters: str) -> str:
    """The end of an address, in ASCII, which is neither a year nor an id."""
    plain = letters.isascii() and letters.isalpha()
    return letters if plain else f"u-{'-'.join(f'{ord(letter):x}' for letter in letters)}"
