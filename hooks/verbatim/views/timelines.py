"""Timelines: events by date, with their status as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from ..model.entities import Briefing
from .atlas import Atlas
from .statements import EventView

MOST_BESIDE = 60
"""Greatest number of events on an actor's or an issue's page; the site's timeline has all of them."""

Glyph = Literal["day", "about", "derived", "span", "open", "ahead", "cancelled"]
"""How a date is drawn in a list."""


@dataclass(frozen=True)
class Occurrence:
    """An event with its status as of the timeline's day."""

    view: EventView
    status: str

    @property
    def ahead(self) -> bool:
        """Whether it was planned or possible."""
        return self.status in ("planned", "possible")

    @property
    def overdue(self) -> bool:
        return self.view.overdue and self.ahead

    @property
    def glyph(self) -> Glyph:
        edtf = self.view.event.date
        point = edtf.single
        if self.status == "cancelled":
            return "cancelled"
        if self.ahead:
            return "ahead"
        if not point:
            return "span" if edtf.start and edtf.end else "open"
        if point.precision not in ("day", "minute"):
            return "span"
        if point.approximate or point.uncertain:
            return "about"
        return "derived" if self.view.event.date_basis == "derived" else "day"


@dataclass(frozen=True)
class Timeline:
    """Some events as of a day, past and announced."""

    views: tuple[EventView, ...]
    """By date."""

    as_of: date
    briefing: Briefing | None = None
    """The briefing whose date `as_of` is; None for the newest one."""

    left_out: int = 0
    """The number of earlier events that are not in `views`."""

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        return [Occurrence(view, view.status_on(self.as_of)) for view in self.views]

    @cached_property
    def past(self) -> list[Occurrence]:
        return [occurrence for occurrence in self.occurrences if not occurrence.ahead]

    @cached_property
    def ahead(self) -> list[Occurrence]:
        return [occurrence for occurrence in self.occurrences if occurrence.ahead]

    @property
    def has_line(self) -> bool:
        """Whether to draw the line between past and announced events: always on a briefing's page."""
        return bool(self.views) and (self.briefing is not None or bool(self.ahead))

    @property
    def in_calendar(self) -> bool:
        """Whether a calendar can have any of its events."""
        return any(view.in_calendar for view in self.views)


def timeline_of(atlas: Atlas, views: Iterable[EventView], most: int | None = None) -> Timeline:
    """Events as of the newest briefing; only the last `most`, if given."""
    views = tuple(views)
    left_out = max(0, len(views) - most) if most else 0
    return Timeline(views[left_out:], atlas.latest, left_out=left_out)


def timeline_in(atlas: Atlas, briefing: Briefing) -> Timeline:
    """The events of one briefing, as of its date."""
    return Timeline(tuple(atlas.events_by_briefing[briefing.id]), briefing.date.upper, briefing)
