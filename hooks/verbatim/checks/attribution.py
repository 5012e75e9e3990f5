"""Who says so: reports, spokespersons, expectations."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.values import TICK
from ..problems import Message, Problem
from ..reading.corpus import Corpus
from .walk import events_of, party_exists, positions_of


def reports_name_their_reporter(corpus: Corpus) -> Iterator[Problem]:
    """A position that is second-hand or expected says on whose word it is known."""
    for briefing, index, position in positions_of(corpus):
        if position.modality in ("reported", "expected") and not position.said_by:
            message = "missing: a reported position says who reports it"
            if position.modality == "expected":
                message = "missing: an expected position says who expects it"
            hint = "an actor, a voice, or `source` for the publication itself"
            yield corpus.problem(briefing, "positions", index, "said_by", message=message, hint=hint)


def nobody_reports_on_themselves(corpus: Corpus) -> Iterator[Problem]:
    """Words from the actor's own mouth are stated, not reported; nor does a speaker relay their own."""
    for briefing, index, position in positions_of(corpus):
        if position.modality == "reported" and position.said_by == position.actor:
            message = Message("{actor!r} is the actor itself", actor=position.actor)
            yield corpus.problem(
                briefing, "positions", index, "said_by", message=message, hint="`modality: stated` without `said_by`"
            )
    for briefing in corpus.briefings.values():
        for index, quotation in enumerate(briefing.quotations):
            if quotation.relayed_by == quotation.speaker:
                message = Message("{speaker!r} is the speaker itself", speaker=quotation.speaker)
                yield corpus.problem(briefing, "quotations", index, "relayed_by", message=message, hint="delete it")


def nobody_belongs_to_themselves(corpus: Corpus) -> Iterator[Problem]:
    """Nobody is a member of themselves, or holds a role there."""
    for actor in corpus.actors.values():
        organisations = {("roles", index): role.organisation for index, role in enumerate(actor.roles)}
        organisations |= {("member_of", index): item.organisation for index, item in enumerate(actor.member_of)}
        for loc, organisation in organisations.items():
            if organisation == actor.id:
                message = Message("{actor!r} is the actor itself", actor=actor.id)
                yield corpus.problem(actor, *loc, "organisation", message=message)


def unproven_words_hold_no_tick(corpus: Corpus) -> Iterator[Problem]:
    """A quotation may hold a tick only where it is found in a text; elsewhere readers would take it for a proof."""
    for briefing in corpus.briefings.values():
        for index, quotation in enumerate(briefing.quotations):
            source, tick = corpus.sources.get(quotation.source), TICK.search(quotation.quote)
            if source and source.text == "none" and tick:
                message = Message(
                    "{sign!r} is kept for words that were verified, and {source!r} has no text",
                    sign=tick[0],
                    source=source.id,
                )
                yield corpus.problem(briefing, "quotations", index, "quote", message=message, hint="leave it out")


def spokespersons_hold_a_role(corpus: Corpus) -> Iterator[Problem]:
    """Who states a position for another holds a role there on that day."""
    for briefing, index, position in positions_of(corpus):
        if position.modality != "stated" or position.said_by == position.actor:
            continue
        if not party_exists(corpus, briefing, position.said_by):
            continue
        speaker = corpus.actors.get(position.said_by or "")
        roles = [role for role in speaker.roles if role.organisation == position.actor] if speaker else []
        if not any(role.held_on(position.date) for role in roles):
            message = Message(
                "{said_by!r} has no role at {actor!r} on {date}",
                said_by=position.said_by,
                actor=position.actor,
                date=position.date,
            )
            yield corpus.problem(
                briefing, "positions", index, "said_by",
                message=message, hint="add the role to the actor's file, or use `modality: reported`",
            )  # fmt: skip


def stated_words_are_the_speakers(corpus: Corpus) -> Iterator[Problem]:
    """A position stated first-hand rests on no quotation of somebody else."""
    speakers_of = {
        briefing.id: {quotation.id: quotation.speaker for quotation in briefing.quotations}
        for briefing in corpus.briefings.values()
    }
    for briefing, index, position in positions_of(corpus):
        speakers = speakers_of[briefing.id]
        for place, item in enumerate(position.evidence):
            speaker = speakers.get(item) if isinstance(item, str) else None
            mine = speaker in (position.actor, position.said_by)
            if position.modality == "stated" and not mine and party_exists(corpus, briefing, speaker):
                message = Message(
                    "{item!r} is spoken by {speaker!r}, not by {holder!r}",
                    item=item,
                    speaker=speaker,
                    holder=position.said_by or position.actor,
                )
                yield corpus.problem(
                    briefing, "positions", index, "evidence", place,
                    message=message, hint="use `modality: reported` and `said_by`",
                )  # fmt: skip


def expectations_are_expected(corpus: Corpus) -> Iterator[Problem]:
    """Only a position that is expected awaits an event, and one that is not over by then."""
    events = {event.id: event for _, _, event in events_of(corpus)}
    for briefing, index, position in positions_of(corpus):
        if position.expected_at and position.modality != "expected":
            message = Message("a position that is {modality} awaits nothing", modality=position.modality)
            yield corpus.problem(
                briefing, "positions", index, "expected_at", message=message, hint="`modality: expected`, or delete it"
            )
        event = events.get(position.expected_at or "")
        if event and event.date.upper < position.date.lower:
            message = Message(
                "{event!r}, on {over}, is over when this is said, on {date}",
                event=event.id,
                over=event.date,
                date=position.date,
            )
            yield corpus.problem(briefing, "positions", index, "expected_at", message=message)


def questions_are_answered_once(corpus: Corpus) -> Iterator[Problem]:
    """A briefing has one key point on an issue: its answer."""
    for briefing in corpus.briefings.values():
        seen: set[str] = set()
        for index, point in enumerate(briefing.key_points):
            if point.issue and point.issue in seen:
                message = Message("a second answer on {issue!r}", issue=point.issue)
                yield corpus.problem(briefing, "key_points", index, "issue", message=message, hint="join the two")
            seen.add(point.issue or "")
