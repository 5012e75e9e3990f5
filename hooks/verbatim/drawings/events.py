"""Events: the events of a timeline as items to draw, with short labels."""

from __future__ import annotations

from collections.abc import Iterator

from ..views.timelines import Occurrence, Timeline
from ..wording.language import Language
from .marks import Item, State
from .timeline_figure import TimelineFigure, draw_timeline


def draw_events(timeline: Timeline, language: Language, name: str = "stretch") -> TimelineFigure | None:
    """Draw a timeline; None if it has fewer than two events."""
    if len(timeline.views) < 2:
        return None
    items = [_item(occurrence, language, timeline) for occurrence in timeline.occurrences]
    return draw_timeline(items, now=timeline.as_of if timeline.has_line else None, name=name)


def _item(occurrence: Occurrence, language: Language, timeline: Timeline) -> Item:
    event = occurrence.view.event
    return Item(
        anchor=occurrence.view.anchor,
        date=event.date,
        state=_state(occurrence),
        derived=event.date_basis == "derived",
        title=language.plain(event.title),
        detail=" · ".join(_details(occurrence, language, timeline)),
    )


def _state(occurrence: Occurrence) -> State:
    if occurrence.status == "cancelled":
        return "cancelled"
    return "ahead" if occurrence.ahead else "happened"


def _details(occurrence: Occurrence, language: Language, timeline: Timeline) -> Iterator[str]:
    """Its date, then its status unless it happened; every status if briefings differ, but for a briefing's own page."""
    view, t = occurrence.view, language.t
    yield language.date(view.event.date)
    if view.changed and not timeline.briefing:
        yield ", ".join(
            t("timeline.told", status=t(f"event-status.{status}"), date=language.short_date(briefing.date))
            for briefing, status in view.statuses
        )
    elif occurrence.status != "happened":
        yield str(t(f"event-status.{'overdue' if occurrence.overdue else occurrence.status}"))
