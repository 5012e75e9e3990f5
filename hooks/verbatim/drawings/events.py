"""Events: what a timeline says of each event, in words short enough to be drawn."""

from __future__ import annotations

from ..views.timelines import Occurrence, Timeline
from ..wording.language import Language
from .marks import Item
from .timelines import Figure, draw_timeline


def draw_events(timeline: Timeline, language: Language, name: str = "stretch") -> Figure | None:
    """The drawings of a timeline; None where fewer than two events leave nothing to compare."""
    if len(timeline.views) < 2:
        return None
    items = [_item(occurrence, language) for occurrence in timeline.occurrences]
    return draw_timeline(items, now=timeline.as_of if timeline.has_line else None, name=name)


def _item(occurrence: Occurrence, language: Language) -> Item:
    view, t = occurrence.view, language.t
    event = view.event
    status = t(f"event-status.{'overdue' if occurrence.overdue else occurrence.status}")
    detail = language.date(event.date)
    if view.changed:
        told = [
            t("timeline.told", status=t(f"event-status.{status}"), date=language.short_date(briefing.date))
            for briefing, status in view.told
        ]
        detail = f"{detail} · {', '.join(told)}"
    elif occurrence.status != "happened":
        detail = f"{detail} · {status}"
    state = "cancelled" if occurrence.status == "cancelled" else "ahead" if occurrence.ahead else "happened"
    return Item(view.anchor, event.date, state, event.date_basis == "derived", language.plain(event.title), str(detail))
