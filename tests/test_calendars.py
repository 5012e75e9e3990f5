"""Calendars, read back by another parser."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.sample import ISSUE, sample_atlas
from verbatim.exports.calendars import LINE_OCTETS, write_calendar
from verbatim.model.entities import Briefing, Event
from verbatim.views.addresses import Site
from verbatim.views.statements import EventView
from verbatim.wording.language import load_language

FRENCH = load_language("fr")
BRIEFING = Briefing.model_validate(
    {"id": "b", "title": "B", "date": "2020-03-02", "lang": "fr", "status": "published", "summary": "S."},
    context={"lang": "fr"},
)


def make_view(**fields: object) -> EventView:
    known = {"id": "e", "date": "2020-03-01", "title": "T", "kind": "meeting", "status": "happened", "evidence": ["q"]}
    fields = {**known, **fields}
    return EventView(Event.model_validate(fields, context={"lang": "fr"}), BRIEFING, (), (), ())


def read(*views: EventView) -> list[icalendar.Event]:
    content = write_calendar("A calendar", views, FRENCH, Site("Gazette", "https://example.org/verbatim/"))
    assert all(len(line) <= LINE_OCTETS for line in content.split(b"\r\n"))
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


WHEN = {
    "2020-03-01": (date(2020, 3, 1), date(2020, 3, 2)),
    "2020-02-28/2020-03-01": (date(2020, 2, 28), date(2020, 3, 2)),
    "2020-03-01T22:31+01:00": (datetime(2020, 3, 1, 21, 31, tzinfo=UTC), None),
    "2020-03-01T22:31": (date(2020, 3, 1), date(2020, 3, 2)),
    "2020-03-01T22:00Z/2020-03-02T01:00Z": (
        datetime(2020, 3, 1, 22, tzinfo=UTC),
        datetime(2020, 3, 2, 1, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize(("text", "ends"), WHEN.items())
def test_days_and_times(text: str, ends: tuple) -> None:
    """All-day events end on the next day; times are in UTC; a time without an offset is ignored."""
    (event,) = read(make_view(date=text))
    assert (event.decoded("DTSTART"), event.decoded("DTEND") if "DTEND" in event else None) == ends


@pytest.mark.parametrize(
    ("status", "written"),
    [("happened", "CONFIRMED"), ("planned", "CONFIRMED"), ("possible", "TENTATIVE"), ("cancelled", "CANCELLED")],
)
def test_statuses(status: str, written: str) -> None:
    """Each status is mapped to the calendar's status."""
    assert read(make_view(status=status))[0]["STATUS"] == written


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=200).filter(str.strip))
def test_any_title_is_one_property(title: str) -> None:
    """Any title is read back unchanged, in one event with one title."""
    (event,) = read(make_view(title=title))
    expected = FRENCH.plain({"fr": title.strip()})
    assert str(event["SUMMARY"]) == expected
    assert str(event["UID"]) == "event-e@example.org"


@pytest.mark.parametrize(
    ("site_url", "host"),
    [("https://News.example.org:8443/a/en/", "news.example.org"), ("", "verbatim"), ("/verbatim/", "verbatim")],
)
def test_uids_belong_to_their_site(site_url: str, host: str) -> None:
    """Two sites that know one event do not give it one UID, where their addresses are known."""
    content = write_calendar("A", [make_view()], FRENCH, Site("A", site_url))
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["UID"]) == f"event-e@{host}"


def test_text_cannot_add_a_property() -> None:
    """A line break in prose stays inside its text."""
    (event,) = read(make_view(summary="One.\n\nATTENDEE:mailto:x@example.org"))
    assert "ATTENDEE" not in event


def test_the_calendars_of_the_site(site: Path) -> None:
    """The calendars of the timeline, actors and issues have the events with exact days, with current status and URL."""
    exact = [view.event.id for view in sample_atlas().events if view.in_calendar]
    calendar = icalendar.Calendar.from_ical((site / "timeline/events.ics").read_bytes())
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert sorted(events) == sorted(f"event-{id}@verbatim" for id in exact)
    summit = events["event-orane-summit-2021-05-25@verbatim"]
    assert summit["STATUS"] == "CONFIRMED"
    assert str(summit["DESCRIPTION"]).startswith("a eu lieu")
    assert summit.decoded("DTSTAMP") == datetime(2021, 5, 25, tzinfo=UTC)
    assert (site / "actors/dora-quill/events.ics").is_file()
    assert (site / f"issues/{ISSUE}/events.ics").is_file()
    assert not (site / "actors/corvina/events.ics").exists()
