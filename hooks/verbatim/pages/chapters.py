"""Chapters: the site's timeline, split by year, month or day if it is too long for one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from ..model.dates import Edtf, parse_edtf
from ..model.values import EventKind, EventStatus
from ..views.addresses import chapter_url
from ..views.archives import split
from ..views.atlas import Atlas
from ..views.statements import EventView
from ..views.timelines import MOST_BESIDE, Timeline, timeline_of
from ..wording.language import Language
from .facets import Facet, by_alphabet, facets_of

MOST = 250
"""Greatest number of events on a page: about 50 KB compressed, which a phone loads in a second."""


@dataclass(frozen=True)
class Listing:
    """A timeline with the filters of its list."""

    timeline: Timeline
    facets: list[Facet]
    years: list[str]
    """The years in which an event begins or ends, as four digits."""

    data: dict[str, dict[str, str]]
    """By the anchor of an event: the `data-` attributes of its row, for the filters."""


@dataclass(frozen=True)
class Chapter:
    """The events that begin in a year, or in a month or on a day of a year with many."""

    dates: Edtf
    """`2017`, `2017-05` or `2017-05-22`; also the end of its address."""

    count: int

    last_year: str
    """The last year of any of its events, as four digits; 9999 if one is ongoing."""

    @property
    def url(self) -> str:
        return chapter_url(self.dates)


@dataclass(frozen=True)
class TimelineView:
    listing: Listing
    chapters: list[Chapter]
    """By date; empty if everything fits on one page."""

    @property
    def longest(self) -> int:
        return max(chapter.count for chapter in self.chapters)


def chapters_of(events: Iterable[EventView], most: int = MOST) -> list[tuple[Chapter, list[EventView]]]:
    """Chapters by date, each with its events; none for events that one page can hold."""
    events = sorted(events, key=lambda view: view.event.date.first_day)
    if len(events) <= most:
        return []
    return [
        (Chapter(parse_edtf(key), len(part), max(_years(view.event.date)["to"] for view in part)), part)
        for key, part in split(events, lambda view: view.event.date.first_day.isoformat(), most)
    ]


def listing_of(atlas: Atlas, views: Iterable[EventView], language: Language) -> Listing:
    timeline = timeline_of(atlas, sorted(views, key=lambda view: view.event.date.sort_key))
    actors = {party.key: language.plain(party.name) for view in timeline.views for party in view.actors}
    issues = {issue.id: language.plain(issue.short) for view in timeline.views for issue in view.issues}
    labels = {
        "actor": by_alphabet(actors),
        "issue": by_alphabet(issues),
        "what": {kind: str(language.t(f"event-kind.{kind}")) for kind in get_args(EventKind)},
        "status": {status: str(language.t(f"event-status.{status}")) for status in get_args(EventStatus)},
    }
    filters = [_filters(view) for view in timeline.views]
    rows = {
        view.anchor: {name: " ".join(values) for name, values in row.items()} | _years(view.event.date)
        for view, row in zip(timeline.views, filters, strict=True)
    }
    years = sorted({row[end] for row in rows.values() for end in ("from", "to")} - {"0001", "9999"})
    # An actor's or an issue's page leads here where it leaves out events.
    facets = [facet.most_frequent(MOST_BESIDE) for facet in facets_of(filters, labels)]
    return Listing(timeline, facets, years, rows)


def _filters(view: EventView) -> dict[str, tuple[str, ...]]:
    return {
        "actor": tuple(party.key for party in view.actors),
        "issue": tuple(issue.id for issue in view.issues),
        "what": (view.event.kind,),
        "status": (view.status,),
    }


def _years(edtf: Edtf) -> dict[str, str]:
    return {"from": f"{edtf.lower.year:04}", "to": f"{edtf.upper.year:04}"}
