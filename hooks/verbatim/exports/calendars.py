"""Calendars: events as iCalendar files (RFC 5545), for the whole site, each actor and each issue.

Only events with exact days are written: a calendar cannot show "2017" or "about May". The files depend only on the
data and the site's address: UIDs are the events' ids and the site's host, DTSTAMP is the date of the latest briefing
that covers the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

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
"""Greatest length of a content line, without its line break (RFC 5545, 3.1)."""


def calendar_files(
    atlas: Atlas, statements: Iterable[Statement], language: Language, site: Site
) -> Iterator[tuple[str, bytes]]:
    """Yield every calendar that has an event: its path relative to the language's root, and its content."""
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
    """Write events as one iCalendar object; they have URLs if the site has one."""
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
    told = [outcome.addition.summary for outcome in view.outcomes]
    texts += [strip_prose(plain(summary)) for summary in told if summary]
    host = urlsplit(site.url).hostname or "verbatim"
    lines = ["BEGIN:VEVENT", f"UID:{_escape(f'{view.anchor}@{host}')}", f"DTSTAMP:{_day(stamp)}T000000Z"]
    lines += _when(event.date)
    lines += [f"SUMMARY:{_escape(plain(event.title))}", f"DESCRIPTION:{_escape(' · '.join(texts))}"]
    lines += [f"LOCATION:{_escape(plain(event.place))}"] if event.place else []
    lines += [f"URL:{site.url.rstrip('/')}/{view.url}"] if site.url else []
    return [*lines, f"STATUS:{STATUSES[view.status]}", "TRANSP:TRANSPARENT", "END:VEVENT"]


def _when(edtf: Edtf) -> list[str]:
    """All day, or timed if every time has an offset; the end is exclusive."""
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
    """YYYYMMDD. On some platforms `strftime` does not pad years before 1000."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}T{moment:%H%M%SZ}"


def _escape(text: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11), so that no text can begin another property."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", r"\\n", text)


def _fold(line: str) -> bytes:
    """Fold a content line into pieces of at most 75 octets, without splitting a character."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
