"""Addresses: builds every URL and anchor of the site.

URLs are relative to the language's root, without a leading slash: `actors/nato/`. The home page's URL is empty.
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
class Licence:
    name: str
    """Its SPDX identifier: `CC-BY-4.0`."""

    url: str


@dataclass(frozen=True)
class Site:
    """What a site is called, and where it is."""

    name: str
    url: str = ""
    """The address of the language's root, with a closing slash; empty where it is not known."""

    root: str = ""
    """The way from there to the root of the whole site: empty for the default language, `../`."""

    editions: tuple[tuple[str, str], ...] = ()
    """Languages, the default one first, each with the folder of its pages below the whole site: `en/`."""

    licence: Licence | None = None
    """Under which its words may be used, but for those that it quotes; None where the project names none."""


HOME = ""
BRIEFINGS = "briefings/"
ISSUES = "issues/"
ACTORS = "actors/"
SOURCES = "sources/"
TIMELINE = "timeline/"
EXPLORE = "explore/"
COMPARE = "compare/"
BRIEFINGS_BY_YEAR, SOURCES_BY_YEAR = f"{BRIEFINGS}by-year/", f"{SOURCES}by-year/"
ACTORS_BY_LETTER, ISSUES_BY_LETTER = f"{ACTORS}by-letter/", f"{ISSUES}by-letter/"
CHANGES = "changes/"
CHANGES_BY_YEAR = f"{CHANGES}by-year/"
DATA = "data/"
API = "api/v1/"
"""The folder of the published data, below the root of the whole site."""

EMBED = "embed/"
"""The folder of what other sites may frame."""

METHOD = "method/"
"""A hand-written page, like about/ and guide/."""

WORD_FOR_WORD = f"{METHOD}#word-for-word"
"""What the tick proves, and what not."""

_PARAGRAPHS = ("reserved", "undecided", "declined", "none", "stated", "reported", "expected", "inferred", "relay")
TERMS = {name: f"{METHOD}#{name}" for name in (*_PARAGRAPHS, "paraphrase")} | {"verified": WORD_FOR_WORD}
"""The words with a special sense that a page explains, each with the paragraph of the method page about it."""

CHECK_IT_YOURSELF = f"{METHOD}#check-it-yourself"

CHECK = "check"
"""The anchor on a source's page where readers check their own copy of its text."""

Item = Position | Event | Quotation | KeyPoint | OpenQuestion | Update | Voice
"""A record that has an anchor on a page."""

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
    """The URL of a record's page: `actors/nato/`."""
    return page_url_at(type(record), record.id)


def page_url_at(kind: type[Record], id: str) -> str:
    """The URL of a record's page, from its current or former id."""
    return f"{_FOLDERS[kind]}{id}/"


def anchor(item: Item) -> str:
    """The anchor of an item: `position-italy-joining-2017-05-24`, without the `#`."""
    return anchor_at(type(item), item.id)


def anchor_at(kind: type[Item], id: str) -> str:
    """The anchor of an item, from its current or former id."""
    return f"{_ANCHORS[kind]}-{id}"


def item_url(page: Record, item: Item) -> str:
    """The URL of an item on the page of a record; a permalink if that record defines the item."""
    return f"{page_url(page)}#{anchor(item)}"


def check_url(source: Source) -> str:
    """Where readers check their own copy of a source's text."""
    return f"{page_url(source)}#{CHECK}"


def compare_url(one: str, other: str = "") -> str:
    """Where two actors are compared, by their ids; the reader chooses the one that is not given."""
    return f"{COMPARE}?a={one}&b={other}" if other else f"{COMPARE}?a={one}"


def chapter_url(dates: Edtf) -> str:
    """The chapter of the timeline for a year, a month or a day."""
    return f"{TIMELINE}{dates}/"


def calendar_url(page: str) -> str:
    """The calendar of a page's events."""
    return f"{page}events.ics"


def citations_url(page: str, format: str) -> str:
    """The references of a briefing and its statements: `bib`, `ris` or (CSL) `json`."""
    return f"{page}cite.{format}"


def picture_url(page: str) -> str:
    """What a shared link to a page shows; the home page's is that of every page without one of its own."""
    return f"{page}preview.png"


def feed_url(page: str) -> str:
    """The feed of what is new on a page; the home page's has all that is new."""
    return f"{page}feed.xml"


def embed_url(page: str, part: str) -> str:
    """What other sites may frame of a page: its `camps`, its `matrix` or its `timeline`."""
    return f"{EMBED}{page}{part}.html"


def statements_url(dates: str) -> str:
    """The JSON file of the statements of a year, a month or a day."""
    return f"{EXPLORE}{dates}.json"


def names_url(key: str) -> str:
    """The JSON file of the names that begin with two letters, or of `all` names."""
    return f"names/{key}.json"


def data_url(page: str) -> str:
    """The JSON file of what a page shows, relative to the root of the whole site; empty for a page without one."""
    section, *parts = page.rstrip("/").split("/")
    folder = f"{section}/"
    if not page:
        return f"{API}index.json"
    if folder not in _FOLDERS.values() or len(parts) > 1:
        return ""
    return f"{API}{'/'.join([section, *parts])}.json"
