"""Timelines: events in their order, with what was known of them on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from ..model.entities import Briefing
from .atlas import Atlas
from .statements import EventView

MOST_BESIDE = 200
"""Events on the page of an actor or an issue; the site's timeline has all of them."""

Glyph = Literal["day", "about", "derived", "span", "open", "ahead", "cancelled"]
"""How a date is drawn in a list."""


@dataclass(frozen=True)
class Occurrence:
    """An event, as it was known on a timeline's day."""

    view: EventView
    status: str

    @property
    def ahead(self) -> bool:
        """Whether it was still to come, and not known to have been called off."""
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
    """Some events up to a day, and what was announced for later."""

    views: tuple[EventView, ...]
    """By date."""

    as_of: date
    briefing: Briefing | None = None
    """Whose day it is; None for the newest of all."""

    left_out: int = 0
    """How many events came before these."""

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
        """Whether to draw the line between past and future: always on a briefing's page."""
        return bool(self.views) and (self.briefing is not None or bool(self.ahead))

    @property
    def in_calendar(self) -> bool:
        """Whether any of it has a place in a calendar."""
        return any(view.in_calendar for view in self.views)


def timeline_of(atlas: Atlas, views: Iterable[EventView], most: int | None = None) -> Timeline:
    """Events as the newest briefing knows them; the last `most` of them."""
    views = tuple(views)
    left_out = max(0, len(views) - most) if most else 0
    return Timeline(views[left_out:], atlas.latest, left_out=left_out)


def timeline_in(atlas: Atlas, briefing: Briefing) -> Timeline:
    """The events of one briefing, as they were known on its day."""
    return Timeline(tuple(atlas.events_by_briefing[briefing.id]), briefing.date.upper, briefing)
