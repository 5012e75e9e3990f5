"""Checks: what must hold beyond the schema. One function a rule; `RULES` at the end lists them all.

A rule takes the corpus and yields a problem for each place that breaks it. It passes over references that do
not resolve, which `references` reports, so that one run tells everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .corpus import Corpus
from .loading import DEFAULT_LANG, load_corpus
from .model import Briefing, Event, EventAddition, Lasting, Position
from .problems import Problem
from .references import unresolved
from .schema import references_in
from .values import THE_SOURCE
from .verification import unverified

Rule = Callable[[Corpus], Iterator[Problem]]


def check_corpus(corpus: Corpus) -> list[Problem]:
    """Every problem of a corpus: references that do not resolve, and what the rules find."""
    return [*unresolved(corpus), *(problem for rule in RULES for problem in rule(corpus))]


def _positions(corpus: Corpus) -> Iterator[tuple[Briefing, int, Position]]:
    for briefing in corpus.briefings.values():
        for index, position in enumerate(briefing.positions):
            yield briefing, index, position


def _events(corpus: Corpus) -> Iterator[tuple[Briefing, int, Event]]:
    """Those that are defined, not those that are added to."""
    for briefing in corpus.briefings.values():
        for index, event in enumerate(briefing.events):
            if isinstance(event, Event):
                yield briefing, index, event


def _exists(corpus: Corpus, briefing: Briefing, party: str | None) -> bool:
    """Whether an id names a party at all; what it misspells is `references`' to tell."""
    return party in corpus.actors or party == THE_SOURCE or any(party == voice.id for voice in briefing.voices)


# ---- Ids -------------------------------------------------------------------------------------------------------


def ids_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """Positions, events and quotations are permalinks of the site; the rest are unique in their briefing."""
    seen: dict[tuple[str, str, str], Problem] = {}
    for briefing in corpus.briefings.values():
        for field in ("positions", "events", "quotations", "voices", "key_points", "open_questions", "updates"):
            scope = "" if field in ("positions", "events", "quotations") else briefing.id
            for index, item in enumerate(getattr(briefing, field)):
                if isinstance(item, EventAddition):
                    continue
                here = corpus.problem(briefing, field, index, "id", message="")
                first = seen.setdefault((field, scope, item.id), here)
                if first is not here:
                    message = f"the id {item.id!r} is taken (by {first.where})"
                    yield corpus.problem(briefing, field, index, "id", message=message, hint="choose another")


def former_ids_are_free(corpus: Corpus) -> Iterator[Problem]:
    """A former id is nobody's id now, and was one thing's before."""
    registries = [
        list(registry.values()) for registry in (corpus.sources, corpus.actors, corpus.issues, corpus.briefings)
    ]
    groups = [[(record, (), record) for record in registry] for registry in registries]
    for field in ("positions", "events", "quotations"):
        items = [
            (briefing, (field, index), item)
            for briefing in corpus.briefings.values()
            for index, item in enumerate(getattr(briefing, field))
            if isinstance(item, Lasting)
        ]
        groups.append(items)
    for group in groups:
        taken = {item.id for _, _, item in group}
        for record, loc, item in group:
            for place, former in enumerate(item.formerly):
                if former in taken:
                    message = f"the id {former!r} is taken"
                    yield corpus.problem(record, *loc, "formerly", place, message=message, hint="choose another")
                taken.add(former)


def voices_are_not_actors(corpus: Corpus) -> Iterator[Problem]:
    """A voice has an id that no actor has, so that a reference names one of them."""
    for briefing in corpus.briefings.values():
        for index, voice in enumerate(briefing.voices):
            if voice.id in corpus.actors:
                message = f"an actor has the id {voice.id!r}"
                yield corpus.problem(
                    briefing, "voices", index, "id", message=message, hint="choose another, or name the actor itself"
                )


# ---- Who says so -----------------------------------------------------------------------------------------------


def reports_name_their_reporter(corpus: Corpus) -> Iterator[Problem]:
    """A second-hand position says on whose word it is known."""
    for briefing, index, position in _positions(corpus):
        if position.modality == "reported" and not position.said_by:
            yield corpus.problem(
                briefing, "positions", index, "said_by",
                message="missing: a reported position says who reports it",
                hint="an actor, a voice, or `source` for the publication itself",
            )  # fmt: skip


def nobody_reports_on_themselves(corpus: Corpus) -> Iterator[Problem]:
    """Words from the actor's own mouth are stated, not reported."""
    for briefing, index, position in _positions(corpus):
        if position.modality == "reported" and position.said_by == position.actor:
            message = f"{position.actor!r} is the actor itself"
            yield corpus.problem(
                briefing, "positions", index, "said_by", message=message, hint="`modality: stated` without `said_by`"
            )


def spokespersons_hold_a_role(corpus: Corpus) -> Iterator[Problem]:
    """Who states a position for another holds a role there on that day."""
    for briefing, index, position in _positions(corpus):
        if position.modality != "stated" or position.said_by == position.actor:
            continue
        if not _exists(corpus, briefing, position.said_by):
            continue
        speaker = corpus.actors.get(position.said_by)
        roles = [role for role in speaker.roles if role.organisation == position.actor] if speaker else []
        if not any(role.held_on(position.date) for role in roles):
            message = f"{position.said_by!r} has no role at {position.actor!r} on {position.date}"
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
    for briefing, index, position in _positions(corpus):
        speakers = speakers_of[briefing.id]
        for place, item in enumerate(position.evidence):
            speaker = speakers.get(item) if isinstance(item, str) else None
            mine = speaker in (position.actor, position.said_by)
            if position.modality == "stated" and not mine and _exists(corpus, briefing, speaker):
                message = f"{item!r} is spoken by {speaker!r}, not by {position.said_by or position.actor!r}"
                yield corpus.problem(
                    briefing, "positions", index, "evidence", place,
                    message=message, hint="use `modality: reported` and `said_by`",
                )  # fmt: skip


def expectations_are_expected(corpus: Corpus) -> Iterator[Problem]:
    """Only a position that is expected awaits an event."""
    for briefing, index, position in _positions(corpus):
        if position.expected_at and position.modality != "expected":
            message = f"a position that is {position.modality} awaits nothing"
            yield corpus.problem(
                briefing, "positions", index, "expected_at", message=message, hint="`modality: expected`, or delete it"
            )


# ---- When ------------------------------------------------------------------------------------------------------


def derived_dates_show_their_words(corpus: Corpus) -> Iterator[Problem]:
    """A day that was worked out shows what it was worked out from."""
    positions = ((briefing, "positions", index, position) for briefing, index, position in _positions(corpus))
    events = ((briefing, "events", index, event) for briefing, index, event in _events(corpus))
    for briefing, field, index, item in (*positions, *events):
        if item.date_basis == "derived" and not item.date_text:
            yield corpus.problem(
                briefing, field, index, "date_text",
                message="missing: a derived date needs the source's own words", hint="such as `mercredi`",
            )  # fmt: skip


def stances_begin_before_they_are_told(corpus: Corpus) -> Iterator[Problem]:
    """`since` is not after `date`."""
    for briefing, index, position in _positions(corpus):
        if position.since and position.since.lower > position.date.upper:
            message = f"{position.since} is after the position's own date, {position.date}"
            yield corpus.problem(briefing, "positions", index, "since", message=message)


def nothing_happens_after_its_briefing(corpus: Corpus) -> Iterator[Problem]:
    """What is dated after the briefing cannot have happened or been said as it is written."""
    dates = {event.id: event.date for _, _, event in _events(corpus)}
    for briefing in corpus.briefings.values():
        for index, event in enumerate(briefing.events):
            date = event.date if isinstance(event, Event) else dates.get(event.event)
            if date and event.status == "happened" and date.lower > briefing.date.upper:
                message = f"happened, but its date, {date}, is after the briefing's, {briefing.date}"
                yield corpus.problem(
                    briefing, "events", index, "status", message=message, hint="`planned`?", severity="warning"
                )
        for index, position in enumerate(briefing.positions):
            if position.date.lower > briefing.date.upper:
                message = f"{position.date} is after the briefing's own date, {briefing.date}"
                yield corpus.problem(
                    briefing, "positions", index, "date",
                    message=message, hint="the day it is said or reported, not the day it is about", severity="warning",
                )  # fmt: skip


def plans_lie_ahead(corpus: Corpus) -> Iterator[Problem]:
    """What is planned or possible on the briefing's date has not passed by then."""
    for briefing, index, event in _events(corpus):
        if event.status in ("planned", "possible") and event.date.upper < briefing.date.lower:
            message = f"{event.status}, but its date, {event.date}, is before the briefing's, {briefing.date}"
            yield corpus.problem(briefing, "events", index, "status", message=message, severity="warning")


# ---- What follows what -----------------------------------------------------------------------------------------


def replacements_are_alike(corpus: Corpus) -> Iterator[Problem]:
    """A position replaces another one of the same actor on the same issue; a voice's, in its own briefing."""
    found = {position.id: (briefing, position) for briefing, _, position in _positions(corpus)}
    for briefing, index, position in _positions(corpus):
        home, old = found.get(position.replaces or "", (None, None))
        if old is None:
            continue
        alike = (old.actor, old.issue) == (position.actor, position.issue)
        if old is position or not alike or (old.actor not in corpus.actors and home is not briefing):
            message = f"{old.id!r} is not another position of {position.actor!r} on {position.issue!r}"
            yield corpus.problem(briefing, "positions", index, "replaces", message=message)


def replacements_come_later(corpus: Corpus) -> Iterator[Problem]:
    """What replaces is not dated before what it replaces, and nothing replaces itself by a detour."""
    by_id = {position.id: position for _, _, position in _positions(corpus)}
    for briefing, index, position in _positions(corpus):
        old, seen = by_id.get(position.replaces or ""), {position.id}
        if old and old.date.lower > position.date.upper:
            message = f"{old.id!r} is dated later, {old.date}"
            yield corpus.problem(briefing, "positions", index, "replaces", message=message)
        while old and old.id not in seen:
            seen.add(old.id)
            old = by_id.get(old.replaces or "")
        if old and old is position and position.replaces != position.id:
            message = f"{position.id!r} replaces itself by way of {position.replaces!r}"
            yield corpus.problem(briefing, "positions", index, "replaces", message=message)


def firm_positions_are_replaced_by_firm_ones(corpus: Corpus) -> Iterator[Problem]:
    """What is expected or inferred does not replace what was stated or reported."""
    by_id = {position.id: position for _, _, position in _positions(corpus)}
    for briefing, index, position in _positions(corpus):
        old = by_id.get(position.replaces or "")
        if old and old.modality in ("stated", "reported") and position.modality in ("expected", "inferred"):
            message = f"{position.modality}, so it cannot replace {old.id!r}, which is {old.modality}"
            yield corpus.problem(briefing, "positions", index, "replaces", message=message, hint="delete it")


def outcomes_come_from_elsewhere(corpus: Corpus) -> Iterator[Problem]:
    """A briefing adds to the events of others; its own it describes where it defines them."""
    homes = {event.id: briefing.id for briefing, _, event in _events(corpus)}
    for briefing in corpus.briefings.values():
        for index, item in enumerate(briefing.events):
            if isinstance(item, EventAddition) and homes.get(item.event) == briefing.id:
                message = f"{item.event!r} is defined in this briefing"
                yield corpus.problem(briefing, "events", index, "event", message=message, hint="say it there")


def published_rests_on_published(corpus: Corpus) -> Iterator[Problem]:
    """A published briefing names no event or position of a draft, which readers would look for in vain."""
    drafts = {
        (field, item.id)
        for briefing in corpus.briefings.values()
        for field in ("positions", "events")
        for item in getattr(briefing, field)
        if briefing.status == "draft" and isinstance(item, Lasting)
    }
    for briefing in corpus.briefings.values():
        for loc, kind, id in references_in(briefing):
            if briefing.status == "published" and (f"{kind}s", id) in drafts:
                message = f"{id!r} belongs to a draft"
                yield corpus.problem(briefing, *loc, message=message, hint="publish that one first")


def questions_are_answered_once(corpus: Corpus) -> Iterator[Problem]:
    """A briefing has one key point on an issue: its answer."""
    for briefing in corpus.briefings.values():
        seen: set[str] = set()
        for index, point in enumerate(briefing.key_points):
            if point.issue and point.issue in seen:
                message = f"a second answer on {point.issue!r}"
                yield corpus.problem(briefing, "key_points", index, "issue", message=message, hint="join the two")
            seen.add(point.issue or "")


def nothing_is_named_twice(corpus: Corpus) -> Iterator[Problem]:
    """A list of ids names each once."""
    for record in corpus.records():
        seen: set[tuple] = set()
        for loc, _, id in references_in(record):
            if len(loc) > 1 and isinstance(loc[-1], int):
                if (*loc[:-1], id) in seen:
                    yield corpus.problem(record, *loc, message=f"{id!r} is named twice here", hint="delete one")
                seen.add((*loc[:-1], id))


# ---- Nothing idle ----------------------------------------------------------------------------------------------


def voices_are_heard(corpus: Corpus) -> Iterator[Problem]:
    """A voice that nothing names is a leftover."""
    for briefing in corpus.briefings.values():
        named = {position.actor for position in briefing.positions}
        named |= {position.said_by for position in briefing.positions}
        named |= {position.relayed_by for position in briefing.positions}
        named |= {party for quotation in briefing.quotations for party in (quotation.speaker, quotation.relayed_by)}
        dated = [event for event in briefing.events if isinstance(event, Event)]
        named |= {party for item in (*dated, *briefing.open_questions) for party in item.actors}
        for index, voice in enumerate(briefing.voices):
            if voice.id not in named:
                message = f"nothing in this briefing names the voice {voice.id!r}"
                yield corpus.problem(
                    briefing, "voices", index, "id", message=message, hint="delete it, or name it", severity="warning"
                )


RULES: tuple[Rule, ...] = (
    ids_are_unique,
    former_ids_are_free,
    voices_are_not_actors,
    reports_name_their_reporter,
    nobody_reports_on_themselves,
    spokespersons_hold_a_role,
    stated_words_are_the_speakers,
    expectations_are_expected,
    derived_dates_show_their_words,
    stances_begin_before_they_are_told,
    nothing_happens_after_its_briefing,
    plans_lie_ahead,
    replacements_are_alike,
    replacements_come_later,
    firm_positions_are_replaced_by_firm_ones,
    outcomes_come_from_elsewhere,
    published_rests_on_published,
    questions_are_answered_once,
    nothing_is_named_twice,
    voices_are_heard,
)


def checked_corpus(folder: Path, default_lang: str = DEFAULT_LANG) -> tuple[Corpus, list[Problem]]:
    """Load, check and verify a folder: what `check` and the build share. Problems come in the order of files."""
    corpus, problems = load_corpus(folder, default_lang)
    return corpus, sorted({*problems, *check_corpus(corpus), *unverified(corpus)})
