"""Rows: what becomes a row of a table, where no view or record does, and what briefings say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ...model.entities import Briefing, Issue, KeyPoint, OpenQuestion, Position, Source
from ...model.references import references_in
from ...model.values import GAP, Prose
from ...views.as_of import Cell, Entry
from ...views.atlas import Atlas, evidence_views
from ...views.statements import EventView, EvidenceView, Party, QuotationView


@dataclass(frozen=True)
class Dossier:
    """A briefing with the evidence of its points."""

    briefing: Briefing
    sources: list[str]
    key_points: list[tuple[KeyPoint, tuple[EvidenceView, ...]]]
    open_questions: list[tuple[OpenQuestion, list[str], tuple[EvidenceView, ...]]]
    """Each with the ids of the parties that it concerns."""


@dataclass(frozen=True)
class Named:
    """A party, with what it is in the registries: an actor, a briefing's voice, or a source that speaks itself."""

    party: Party
    description: Prose | None = None
    actor: str | None = None
    briefing: Briefing | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Held:
    """A position in a role, and the days on which it has it."""

    cell: Cell
    entry: Entry
    start: date
    end: date | None

    @property
    def position(self) -> Position:
        return self.entry.view.position


@dataclass(frozen=True)
class StanceChange:
    day: date
    cell: Cell
    before: Position
    after: Position


def dossiers(atlas: Atlas) -> Iterator[Dossier]:
    for briefing in atlas.corpus.briefings.values():
        sources = dict.fromkeys(id for _, kind, id in references_in(briefing) if kind == "source")
        points = [(point, evidence_views(atlas, briefing, point.evidence)) for point in briefing.key_points]
        questions = [
            (each, [_in(atlas, briefing, id) for id in each.actors], evidence_views(atlas, briefing, each.evidence))
            for each in briefing.open_questions
        ]
        yield Dossier(briefing, list(sources), points, questions)


def named_parties(atlas: Atlas) -> Iterator[Named]:
    for actor in atlas.corpus.actors.values():
        yield Named(atlas.parties[f"actor/{actor.id}"], actor.description, actor=actor.id)
    for briefing in atlas.corpus.briefings.values():
        for voice in briefing.voices:
            party = atlas.parties[f"voice/{briefing.id}/{voice.id}"]
            yield Named(party, voice.description, briefing=briefing)
    speaking = {view.said_by.key: view for view in atlas.positions if view.said_by and view.said_by.kind == "source"}
    for view in speaking.values():
        assert view.said_by
        yield Named(view.said_by, source=view.evidence[0].source)


def standings(atlas: Atlas) -> Iterator[Held]:
    for cell in atlas.cells:
        for entry in cell.entries:
            for start, end in entry.spans:
                yield Held(cell, entry, start, end)


def stance_changes(atlas: Atlas) -> Iterator[StanceChange]:
    for cell in atlas.cells:
        for turn in cell.turns:
            yield StanceChange(turn.day, cell, turn.before, turn.after)


def touching_issue(atlas: Atlas, issue: Issue) -> Iterator[Briefing]:
    yield from (view.briefing for view in atlas.positions_by_issue.get(issue.id, ()))
    yield from (briefing for _, briefing in atlas.answers_by_issue.get(issue.id, ()))
    yield from (view.briefing for view in atlas.events_by_issue.get(issue.id, ()))


def touching_event(atlas: Atlas, view: EventView) -> list[Briefing]:
    return [view.briefing, *(outcome.briefing for outcome in view.outcomes), *view.corroborated_in]


def touching_party(atlas: Atlas, key: str) -> list[Briefing]:
    return atlas.briefings_by_party.get(key, [])


def party_id(party: Party) -> str:
    """An actor's id, `<briefing>/<voice>`, or `source/<source>`."""
    return party.key.removeprefix("actor/").removeprefix("voice/")


def _in(atlas: Atlas, briefing: Briefing, id: str) -> str:
    """The id of a party that a briefing names."""
    return id if f"actor/{id}" in atlas.parties else f"{briefing.id}/{id}"


def selectors(view: QuotationView) -> list[dict[str, str]]:
    """A selector for each passage of the words. What stands around them is the source's, and given only where its text
    is public."""
    quotation, parts = view.quotation, [part.strip() for part in view.quotation.quote.split(GAP)]
    found = [{"type": "TextQuoteSelector", "exact": part} for part in parts]
    if view.source.text == "public":
        if quotation.prefix:
            found[0]["prefix"] = quotation.prefix
        if quotation.suffix:
            found[-1]["suffix"] = quotation.suffix
    return found
