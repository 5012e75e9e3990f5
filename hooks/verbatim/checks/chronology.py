"""When: dates that fit each other and their briefing."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.entities import Briefing, Dated, Event
from ..problems import Message, Problem
from ..reading.corpus import Corpus
from .walk import events_of, positions_of


def briefings_lie_in_their_year(corpus: Corpus) -> Iterator[Problem]:
    """A briefing's folder is a year that its date touches: a mistyped date would date the whole site."""
    for briefing in corpus.briefings.values():
        year = int(corpus.documents[Briefing, briefing.id].file.split("/")[-2])
        if not briefing.date.lower.year <= year <= briefing.date.upper.year:
            message = Message(
                "{date} is not in {year}, the year of the briefing's folder", date=briefing.date, year=year
            )
            yield corpus.problem(
                briefing, "date", message=message, hint="move the file, or correct it", severity="warning"
            )


def derived_dates_show_their_words(corpus: Corpus) -> Iterator[Problem]:
    """A day that was worked out shows what it was worked out from."""
    dated: list[tuple[Briefing, str, int, Dated]] = [
        *((briefing, "positions", index, position) for briefing, index, position in positions_of(corpus)),
        *((briefing, "events", index, event) for briefing, index, event in events_of(corpus)),
    ]
    for briefing, field, index, item in dated:
        if item.date_basis == "derived" and not item.date_text:
            yield corpus.problem(
                briefing, field, index, "date_text",
                message="missing: a derived date needs the source's own words", hint="such as `mercredi`",
            )  # fmt: skip


def stances_begin_before_they_are_told(corpus: Corpus) -> Iterator[Problem]:
    """`since` is not after `date`."""
    for briefing, index, position in positions_of(corpus):
        if position.since and position.since.lower > position.date.upper:
            message = Message(
                "{since} is after the position's own date, {date}", since=position.since, date=position.date
            )
            yield corpus.problem(briefing, "positions", index, "since", message=message)


def tenures_begin_before_they_end(corpus: Corpus) -> Iterator[Problem]:
    """A role or a membership does not end before it begins."""
    for actor in corpus.actors.values():
        for field, tenures in (("roles", actor.roles), ("member_of", actor.member_of)):
            for index, tenure in enumerate(tenures):
                if tenure.from_ and tenure.to and tenure.from_.lower > tenure.to.upper:
                    message = Message("{to} is before it begins, {begin}", to=tenure.to, begin=tenure.from_)
                    yield corpus.problem(actor, field, index, "to", message=message)


def positions_are_withdrawn_after_they_are_told(corpus: Corpus) -> Iterator[Problem]:
    """Nothing is withdrawn before it was said or reported."""
    for briefing, index, position in positions_of(corpus):
        if position.withdrawn and position.withdrawn.date.upper < position.date.lower:
            message = Message(
                "{withdrawn} is before the position's own date, {date}",
                withdrawn=position.withdrawn.date,
                date=position.date,
            )
            yield corpus.problem(briefing, "positions", index, "withdrawn", "date", message=message)


def nothing_happens_after_its_briefing(corpus: Corpus) -> Iterator[Problem]:
    """What is dated after the briefing cannot have happened or been said as it is written."""
    dates = {event.id: event.date for _, _, event in events_of(corpus)}
    for briefing in corpus.briefings.values():
        for index, event in enumerate(briefing.events):
            date = event.date if isinstance(event, Event) else dates.get(event.event)
            if date and event.status == "happened" and date.lower > briefing.date.upper:
                message = Message(
                    "happened, but its date, {date}, is after the briefing's, {today}", date=date, today=briefing.date
                )
                yield corpus.problem(
                    briefing, "events", index, "status", message=message, hint="`planned`?", severity="warning"
                )
        for index, position in enumerate(briefing.positions):
            if position.date.lower > briefing.date.upper:
                message = Message(
                    "{date} is after the briefing's own date, {today}", date=position.date, today=briefing.date
                )
                yield corpus.problem(
                    briefing, "positions", index, "date",
                    message=message, hint="the day it is said or reported, not the day it is about", severity="warning",
                )  # fmt: skip


def plans_lie_ahead(corpus: Corpus) -> Iterator[Problem]:
    """What is planned or possible on the briefing's date has not passed by then."""
    for briefing, index, event in events_of(corpus):
        if event.status in ("planned", "possible") and event.date.upper < briefing.date.lower:
            message = Message(
                "{status}, but its date, {date}, is before the briefing's, {today}",
                status=event.status,
                date=event.date,
                today=briefing.date,
            )
            yield corpus.problem(briefing, "events", index, "status", message=message, severity="warning")
