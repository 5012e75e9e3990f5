"""When: dates that fit each other and their briefing."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.entities import Briefing, Event, EventAddition, Position
from ..problems import Message, Problem
from ..reading.corpus import Corpus
from .walk import events_of, positions_of

_AHEAD = ("planned", "possible")


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
    dated: list[tuple[Briefing, str, int, Position | Event]] = [
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
    dates = {event.id: event.date for _, _, event in events_of(corpus)}
    for briefing in corpus.briefings.values():
        for index, item in enumerate(briefing.events):
            date = item.date if isinstance(item, Event) else dates.get(item.event)
            if date and item.status in _AHEAD and date.upper < briefing.date.lower:
                message = Message(
                    "{status}, but its date, {date}, is before the briefing's, {today}",
                    status=item.status,
                    date=date,
                    today=briefing.date,
                )
                yield corpus.problem(briefing, "events", index, "status", message=message, severity="warning")


def what_happened_lies_behind(corpus: Corpus) -> Iterator[Problem]:
    """What happened is not planned or possible in a briefing of the same or a later day, unless that corrects it."""
    for briefing, index, item, other in _restated(corpus):
        if other and item.status in _AHEAD and not item.corrects:
            message = Message(
                "{status}, but {id!r}, of {date}, says that {event!r} happened",
                status=item.status,
                id=other.id,
                date=other.date,
                event=item.event,
            )
            hint = "`happened`? If it did not happen after all, add `corrects: happened`"
            yield corpus.problem(briefing, "events", index, "status", message=message, hint=hint)


def corrections_correct_something(corpus: Corpus) -> Iterator[Problem]:
    """`corrects: happened` gives another status to what happened as far as was known."""
    for briefing, index, item, other in _restated(corpus):
        if item.corrects and (other is None or item.status in (None, "happened")):
            message = Message("no earlier briefing says that {event!r} happened", event=item.event)
            if other:
                message = Message("{status}, so it corrects nothing", status=item.status or Message("no status"))
            yield corpus.problem(briefing, "events", index, "corrects", message=message, hint="delete it")


def _restated(corpus: Corpus) -> Iterator[tuple[Briefing, int, EventAddition, Briefing | None]]:
    """Each addition to an event with its place, and the briefing by which the event has happened at that point.

    Of the briefings of one day without a time none is the first. A draft says nothing to what is published.
    """
    told = corpus.statuses()
    for briefing in corpus.briefings.values():
        for index, item in enumerate(briefing.events):
            if isinstance(item, EventAddition):
                others = [
                    (other, each.status)
                    for other, each in told.get(item.event, ())
                    if each is not item
                    and (each.status not in _AHEAD or (isinstance(each, EventAddition) and each.corrects))
                    and other.status in (briefing.status, "published")
                ]
                now = briefing.date.sort_key[:3]
                before = [each for each in others if each[0].date.sort_key[:3] < now][-1:]
                same = [each for each in others if each[0].date.sort_key[:3] == now]
                yield briefing, index, item, next((b for b, status in [*same, *before] if status == "happened"), None)
