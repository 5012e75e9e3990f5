"""Calendars: events as iCalendar files (RFC 5545), for the whole site, each actor and each issue.

Only events whose days are known are written: a year or "about May" has no place in a calendar that shows days.
The files depend on the data alone: UIDs are the events' ids, DTSTAMP is the date of the latest briefing that
speaks of the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from ..model.dates import Edtf
from ..views.addresses import TIMELINE, Site, calendar_url, page_url
from ..views.atlas import Atlas
from ..views.statements import EventView
from ..wording.language import Language
from ..wording.prose import strip_prose
from .table import Statement

STATUSES = {"happened": "CONFIRMED", "planned": "CONFIRMED", "possible": "TENTATIVE", "cancelled": "CANCELLED"}

_OFFSET = re.compile(r"T\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$")

LINE_OCTETS = 75
"""A content line has no more, its line break not counted (RFC 5545, 3.1)."""


def calendar_files(
    atlas: Atlas, statements: Iterable[Statement], language: Language, site: Site
) -> Iterator[tuple[str, bytes]]:
    """Every calendar that has an event: its path from the language's root, and its content."""
    plain = language.plain
    calendars = [(calendar_url(TIMELINE), str(language.t("timeline.title")), atlas.events)]
    for actor in atlas.corpus.actors.values():
        views = atlas.events_by_party.get(f"actor/{actor.id}", [])
        calendars.append((calendar_url(page_url(actor)), plain(actor.name), views))
    for issue in atlas.corpus.issues.values():
        views = atlas.events_by_issue.get(issue.id, [])
        calendars.append((calendar_url(page_url(issue)), plain(issue.short), views))
    for path, name, views in calendars:
        dated = [view for view in views if view.in_calendar]
        if dated:
            yield path, write_calendar(name, dated, language, site)


def write_calendar(name: str, views: Iterable[EventView], language: Language, site: Site) -> bytes:
    """One iCalendar object; its events have addresses where the site has one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Verbatim//Verbatim//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escape(f'{site.name} · {name}')}")
    for view in views:
        lines += _event(view, language, site)
    lines.append("END:VCALENDAR")
    return b"".join(_fold(line) for line in lines)


def _event(view: EventView, language: Language, site: Site) -> list[str]:
    event, plain = view.event, language.plain
    briefings = [view.briefing, *(outcome.briefing for outcome in view.outcomes)]
    stamp = max(briefing.date.lower for briefing in briefings)
    texts = [str(language.t(f"event-status.{view.status}"))]
    texts += [strip_prose(plain(event.summary))] if event.summary else []
    texts += [strip_prose(plain(outcome.addition.summary)) for outcome in view.outcomes]
    lines = ["BEGIN:VEVENT", f"UID:{view.anchor}@verbatim", f"DTSTAMP:{_day(stamp)}T000000Z"]
    lines += _when(event.date)
    lines += [f"SUMMARY:{_escape(plain(event.title))}", f"DESCRIPTION:{_escape(' · '.join(texts))}"]
    lines += [f"LOCATION:{_escape(plain(event.place))}"] if event.place else []
    lines += [f"URL:{site.url.rstrip('/')}/{view.url}"] if site.url else []
    return [*lines, f"STATUS:{STATUSES[view.status]}", "TRANSP:TRANSPARENT", "END:VEVENT"]


def _when(edtf: Edtf) -> list[str]:
    """All day, or at its time where that has an offset; an end is the first moment after."""
    first, _, last = edtf.text.partition("/")
    moments = [datetime.fromisoformat(text) for text in (first, last) if _OFFSET.search(text)]
    if len(moments) == (1 if edtf.single else 2):
        names = ("DTSTART", "DTEND")
        return [f"{name}:{_moment(moment.astimezone(UTC))}" for name, moment in zip(names, moments, strict=False)]
    lines = [f"DTSTART;VALUE=DATE:{_day(edtf.lower)}"]
    if edtf.upper < date.max:
        lines.append(f"DTEND;VALUE=DATE:{_day(edtf.upper + timedelta(days=1))}")
    return lines


def _day(day: date) -> str:
    """Four digits for the year, which `strftime` does not give everywhere to years before 1000."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}T{moment:%H%M%SZ}"


def _escape(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): one property whatever the text holds."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", r"\\n", text)


def _fold(line: str) -> bytes:
    """A content line in pieces of at most 75 octets, none of which ends inside a character."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
