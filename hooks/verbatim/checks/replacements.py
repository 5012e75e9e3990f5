"""What follows what: replacements and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.entities import Briefing, EventAddition
from ..model.values import EventStatus
from ..problems import Message, Problem
from ..reading.corpus import Corpus
from .walk import events_of, positions_of


def replacements_are_alike(corpus: Corpus) -> Iterator[Problem]:
    """A position replaces another one of the same actor on the same issue; a voice's, in its own briefing."""
    found = {position.id: (briefing, position) for briefing, _, position in positions_of(corpus)}
    for briefing, index, position in positions_of(corpus):
        home, old = found.get(position.replaces or "", (None, None))
        if old is None:
            continue
        alike = (old.actor, old.issue) == (position.actor, position.issue)
        if old is position or not alike or (old.actor not in corpus.actors and home is not briefing):
            message = Message(
                "{id!r} is not another position of {actor!r} on {issue!r}",
                id=old.id,
                actor=position.actor,
                issue=position.issue,
            )
            yield corpus.problem(briefing, "positions", index, "replaces", message=message)


def replacements_come_later(corpus: Corpus) -> Iterator[Problem]:
    """A position is not dated before what it replaces; nothing, events included, replaces itself by a detour."""
    by_id = {position.id: position for _, _, position in positions_of(corpus)}
    circles = _in_circles({position.id: position.replaces for position in by_id.values()})
    for briefing, index, position in positions_of(corpus):
        old = by_id.get(position.replaces or "")
        if old and old.date.lower > position.date.upper:
            message = Message("{id!r} is dated later, {date}", id=old.id, date=old.date)
            yield corpus.problem(briefing, "positions", index, "replaces", message=message)
        if position.id in circles and position.replaces != position.id:
            message = Message("{id!r} replaces itself by way of {other!r}", id=position.id, other=position.replaces)
            yield corpus.problem(briefing, "positions", index, "replaces", message=message)
    circles = _in_circles({event.id: event.replaces for _, _, event in events_of(corpus)})
    for briefing, index, event in events_of(corpus):
        if event.id in circles:
            message = Message("{id!r} replaces itself", id=event.id)
            if event.replaces != event.id:
                message = Message("{id!r} replaces itself by way of {other!r}", id=event.id, other=event.replaces)
            yield corpus.problem(briefing, "events", index, "replaces", message=message)


def _in_circles(replaced: Mapping[str, str | None]) -> set[str]:
    """The ids that replace themselves, at whatever distance. Follows each step once."""
    seen: set[str] = set()
    found: set[str] = set()
    for start in replaced:
        id, path = start, list[str]()
        while id in replaced and id not in seen:
            seen.add(id)
            path.append(id)
            id = replaced[id] or ""
        if id in path:
            found |= {*path[path.index(id) :]}
    return found


def firm_positions_are_replaced_by_firm_ones(corpus: Corpus) -> Iterator[Problem]:
    """What is expected or inferred does not replace what was stated or reported."""
    by_id = {position.id: position for _, _, position in positions_of(corpus)}
    for briefing, index, position in positions_of(corpus):
        old = by_id.get(position.replaces or "")
        if old and old.modality in ("stated", "reported") and position.modality in ("expected", "inferred"):
            message = Message(
                "{modality}, so it cannot replace {id!r}, which is {old}",
                modality=position.modality,
                id=old.id,
                old=old.modality,
            )
            yield corpus.problem(briefing, "positions", index, "replaces", message=message, hint="delete it")


def outcomes_come_from_elsewhere(corpus: Corpus) -> Iterator[Problem]:
    """A briefing adds to the events of others; its own it describes where it defines them."""
    homes = {event.id: briefing.id for briefing, _, event in events_of(corpus)}
    for briefing in corpus.briefings.values():
        for index, item in enumerate(briefing.events):
            if isinstance(item, EventAddition) and homes.get(item.event) == briefing.id:
                message = Message("{event!r} is defined in this briefing", event=item.event)
                yield corpus.problem(briefing, "events", index, "event", message=message, hint="say it there")


def outcomes_of_one_day_agree(corpus: Corpus) -> Iterator[Problem]:
    """A briefing adds to an event once, and briefings of one day agree on its status, which the latest one decides."""
    seen: set[tuple[str, str]] = set()
    told: dict[str, tuple[Briefing, EventStatus]] = {}
    for briefing in corpus.briefings.values():  # by date
        for index, item in enumerate(briefing.events):
            if not isinstance(item, EventAddition):
                continue
            if (briefing.id, item.event) in seen:
                message, hint = Message("{event!r} is added to twice here", event=item.event), "join the two"
                yield corpus.problem(briefing, "events", index, "event", message=message, hint=hint)
                continue
            seen.add((briefing.id, item.event))
            if not item.status:
                continue
            other, status = told.get(item.event, (briefing, item.status))
            told[item.event] = briefing, item.status
            alike = (other.status, other.date) == (briefing.status, briefing.date)
            backwards = "happened" in (status, item.status) and {status, item.status} & {"planned", "possible"}
            if alike and status != item.status and not backwards:  # which is an error: `what_happened_lies_behind`
                message = Message(
                    "{status}, but {id!r} of the same day says {other}", status=item.status, id=other.id, other=status
                )
                hint = "give one of the briefings another date"
                yield corpus.problem(
                    briefing, "events", index, "status", message=message, hint=hint, severity="warning"
                )
