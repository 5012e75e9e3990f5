"""Addresses: the only place that spells a URL or an anchor of the site.

Every address is relative to the root of its language, without a leading slash: `actors/nato/`. The home page's is
empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model.dates import Edtf
from ..model.entities import (
    Actor,
    Briefing,
    Event,
    Issue,
    KeyPoint,
    OpenQuestion,
    Position,
    Quotation,
    Record,
    Source,
    Update,
    Voice,
)


@dataclass(frozen=True)
class Site:
    """What a site is called, and where it is."""

    name: str
    url: str = ""
    """The address of the language's root, with a closing slash; empty where it is not known."""


HOME = ""
BRIEFINGS = "briefings/"
ISSUES = "issues/"
ACTORS = "actors/"
SOURCES = "sources/"
TIMELINE = "timeline/"
EXPLORE = "explore/"
METHOD = "method/"
"""Written by hand, like about/ and guide/."""

WORD_FOR_WORD = f"{METHOD}#word-for-word"
"""What the tick proves, and what not."""

CHECK_IT_YOURSELF = f"{METHOD}#check-it-yourself"

CHECK = "check"
"""The anchor on a source's page where readers check their own copy of its text."""

Item = Position | Event | Quotation | KeyPoint | OpenQuestion | Update | Voice
"""What stands on a page under an anchor of its own."""

_FOLDERS: dict[type[Record], str] = {Briefing: BRIEFINGS, Issue: ISSUES, Actor: ACTORS, Source: SOURCES}
_ANCHORS: dict[type[Item], str] = {
    Position: "position",
    Event: "event",
    Quotation: "quotation",
    KeyPoint: "key-point",
    OpenQuestion: "open-question",
    Update: "update",
    Voice: "voice",
}


def page_url(record: Record) -> str:
    """`actors/nato/`."""
    return page_url_at(type(record), record.id)


def page_url_at(kind: type[Record], id: str) -> str:
    """The address of a record's page by its id: also of a former one."""
    return f"{_FOLDERS[kind]}{id}/"


def anchor(item: Item) -> str:
    """`position-italy-joining-2017-05-24`, without the `#`."""
    return anchor_at(type(item), item.id)


def anchor_at(kind: type[Item], id: str) -> str:
    """The anchor of something by its id: also of a former one."""
    return f"{_ANCHORS[kind]}-{id}"


def item_url(page: Record, item: Item) -> str:
    """Where something stands on the page of a record; a permalink where that is the record which defines it."""
    return f"{page_url(page)}#{anchor(item)}"


def check_url(source: Source) -> str:
    """Where readers check their own copy of a source's text."""
    return f"{page_url(source)}#{CHECK}"


def chapter_url(dates: Edtf) -> str:
    """The part of the timeline that begins in a year, in a month or on a day."""
    return f"{TIMELINE}{dates}/"


def calendar_url(page: str) -> str:
    """The calendar of the events on a page."""
    return f"{page}events.ics"


def year_url(year: str) -> str:
    """The statements of one year as data."""
    return f"{EXPLORE}{year}.json"


def names_url(key: str) -> str:
    """The names that begin with two letters, or `all` of them."""
    return f"names/{key}.json"
