"""Atlas: every statement of the corpus as a view, built once, indexed by actor, issue, source and briefing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from ..model.entities import Actor, Briefing, Event, EventAddition, Evidence, KeyPoint, Position, Voice
from ..model.standing import STANCES
from ..model.values import THE_SOURCE, Text
from ..reading.corpus import Corpus
from .addresses import item_url, page_url
from .as_of import Cell, by_firmness, cell_of, cells_of
from .edits import Edit
from .statements import (
    Camp,
    Claim,
    EventView,
    EvidenceView,
    OtherClaim,
    OutcomeView,
    Party,
    PositionView,
    QuotationView,
    source_party,
)

T = TypeVar("T")
K = TypeVar("K")

CellKey = tuple[str, str]
"""The key of a holder and the id of an issue."""


@dataclass
class Atlas:
    """All views, indexed. Lists are in display order."""

    corpus: Corpus
    latest: date
    """The last known day: that of the newest briefing."""

    edits: tuple[Edit, ...] = ()
    """What was altered since earlier states; empty where the site was compared with none."""

    parties: dict[str, Party] = field(default_factory=dict)
    """By key."""

    positions: list[PositionView] = field(default_factory=list)
    events: list[EventView] = field(default_factory=list)
    """By date."""

    quotations: dict[tuple[str, str], QuotationView] = field(default_factory=dict)
    """By the ids of the briefing and the quotation."""

    positions_by_issue: dict[str, list[PositionView]] = field(default_factory=lambda: defaultdict(list))
    positions_by_briefing: dict[str, list[PositionView]] = field(default_factory=lambda: defaultdict(list))
    positions_held: dict[str, list[PositionView]] = field(default_factory=lambda: defaultdict(list))
    """By the key of the holder."""

    positions_reported: dict[str, list[PositionView]] = field(default_factory=lambda: defaultdict(list))
    """By the key of a party that says or relays them for the holder."""

    events_by_party: dict[str, list[EventView]] = field(default_factory=lambda: defaultdict(list))
    events_by_issue: dict[str, list[EventView]] = field(default_factory=lambda: defaultdict(list))
    events_by_briefing: dict[str, list[EventView]] = field(default_factory=lambda: defaultdict(list))
    quotations_by_party: dict[str, list[QuotationView]] = field(default_factory=lambda: defaultdict(list))
    quotations_by_source: dict[str, list[QuotationView]] = field(default_factory=lambda: defaultdict(list))
    quotations_by_briefing: dict[str, list[QuotationView]] = field(default_factory=lambda: defaultdict(list))
    claims_by_quotation: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    """By the id of a quotation: the claims that cite it."""

    claims_paraphrased: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    """By the id of a source: the claims that paraphrase it and have no quotation."""

    answers_by_issue: dict[str, list[tuple[KeyPoint, Briefing]]] = field(default_factory=lambda: defaultdict(list))
    """The key points that answer it, by date of their briefings."""

    briefings_by_source: dict[str, list[Briefing]] = field(default_factory=lambda: defaultdict(list))
    briefings_by_party: dict[str, list[Briefing]] = field(default_factory=lambda: defaultdict(list))
    parties_by_briefing: dict[str, list[Party]] = field(default_factory=lambda: defaultdict(list))
    _camps_by_issue: dict[str, list[Camp]] = field(default_factory=dict)
    _cells: dict[CellKey, Cell] = field(default_factory=dict)

    @cached_property
    def edits_of(self) -> dict[tuple[str, str], tuple[Edit, ...]]:
        """By table and id."""
        return {key: tuple(edits) for key, edits in _grouped(self.edits, lambda each: (each.table, each.id)).items()}

    @cached_property
    def state(self) -> str:
        """What this state of the site is called: the day of its newest briefing, update or withdrawal, or of its last
        edit; empty without any."""
        days = [day for briefing in self.corpus.briefings.values() for day in told_days(briefing)]
        days += [it.date.last_day for view in self.positions if (it := view.position.withdrawn)]
        return max([*(day.isoformat() for day in days), *(edit.told for edit in self.edits)], default="")

    @cached_property
    def position_counts(self) -> Counter[str]:
        """The number of positions, by the key of the holder."""
        return Counter({key: len(views) for key, views in self.positions_held.items()})

    @cached_property
    def _cell_views(self) -> dict[CellKey, list[PositionView]]:
        """The positions of each party on each issue."""
        return _grouped(self.positions, lambda view: (view.holder.key, view.issue.id))

    @cached_property
    def _cells_by_issue(self) -> dict[str, list[CellKey]]:
        return _grouped(self._cell_views, lambda key: key[1])

    @cached_property
    def _cells_by_holder(self) -> dict[str, list[CellKey]]:
        return _grouped(self._cell_views, lambda key: key[0])

    def _cell(self, key: CellKey) -> Cell:
        """Made when it is first asked for: under `serve` one page is, and the others' cells take longest."""
        if key not in self._cells:
            self._cells[key] = cell_of(self._cell_views[key], self.latest)
        return self._cells[key]

    def cell_with(self, view: PositionView) -> Cell:
        """The cell in which a position stands."""
        return self._cell((view.holder.key, view.issue.id))

    @property
    def cells(self) -> list[Cell]:
        """Those of every party and issue, in the order of their first positions."""
        return [self._cell(key) for key in self._cell_views]

    def cells_on(self, issue: str) -> list[Cell]:
        """The cells of every party on an issue, up to the latest day, in the order of their first positions."""
        return [self._cell(key) for key in self._cells_by_issue.get(issue, ())]

    def cells_held(self, holder: str) -> list[Cell]:
        """The cells of a party, by its key, on every issue."""
        return [self._cell(key) for key in self._cells_by_holder.get(holder, ())]

    @staticmethod
    def standing(cells: Iterable[Cell]) -> list[PositionView]:
        """The positions that hold on the last day of these cells, by stance, then firmest first."""
        held = [view for cell in cells for view in cell.current]
        return sorted(held, key=by_firmness)

    def camps(self, issue: str, briefing: str | None = None) -> list[Camp]:
        """The positions that hold on an issue, by stance; with `briefing`, only its own, as of its date."""
        if briefing:
            views = [view for view in self.positions_by_briefing[briefing] if view.issue.id == issue]
            return self._camps(cells_of(views, self.corpus.briefings[briefing].date.upper))
        if issue not in self._camps_by_issue:  # which is asked for on the page of each related issue
            self._camps_by_issue[issue] = self._camps(self.cells_on(issue))
        return self._camps_by_issue[issue]

    @cached_property
    def newest_answers(self) -> dict[str, KeyPoint]:
        """By issue: the answer of the briefing whose date ends last."""
        return {
            issue: max(enumerate(given), key=lambda each: (each[1][1].date.upper, each[0]))[1][0]
            for issue, given in self.answers_by_issue.items()
            if given
        }

    def _camps(self, cells: Iterable[Cell]) -> list[Camp]:
        camps = {stance: Camp(stance) for stance in STANCES}
        for view in self.standing(cells):
            camps[view.position.stance].positions.append(view)
        return [camp for camp in camps.values() if camp.positions]

    def concerned(self, issue: str) -> list[Party]:
        """The parties whose answer a reader may expect: those with a position in a briefing on the issue, in an event
        on the issue, or in an open question on it."""
        concerned: list[Party] = []
        for briefing in {view.briefing.id: view.briefing for view in self.positions_by_issue[issue]}.values():
            concerned += [view.holder for view in self.positions_by_briefing[briefing.id]]
            for question in briefing.open_questions:
                if question.issue == issue:
                    concerned += [_party(self, briefing, id) for id in question.actors]
        concerned += [party for event in self.events_by_issue[issue] for party in event.actors]
        return list(dict.fromkeys(concerned))


def told_days(briefing: Briefing) -> list[date]:
    """The days of which a briefing tells: its own, and those of its updates."""
    return [briefing.date.last_day, *(update.date.last_day for update in briefing.updates)]


def build_atlas(corpus: Corpus, today: date, edits: tuple[Edit, ...] = ()) -> Atlas:
    """Resolve every reference of a corpus without problems. `today` decides which events are overdue."""
    latest = max((briefing.date.upper for briefing in corpus.briefings.values()), default=date.min)
    atlas = Atlas(corpus, latest, edits)
    _add_parties(atlas)
    _add_quotations(atlas)
    _add_events(atlas, today)
    _add_positions(atlas)
    _link_claims(atlas)
    _link_briefings(atlas)
    return atlas


def evidence_views(atlas: Atlas, briefing: Briefing | None, evidence: Evidence) -> tuple[EvidenceView, ...]:
    """Resolve a list of evidence. `briefing` is None for a registry's record, which only paraphrases."""
    views = []
    for item in evidence:
        if isinstance(item, str):
            assert briefing, "a registry rests on paraphrases"
            view = atlas.quotations[briefing.id, item]
            views.append(EvidenceView(view.source, view.quotation.locator, view))
        else:
            views.append(EvidenceView(atlas.corpus.sources[item.source], item.locator))
    return tuple(views)


def _add_parties(atlas: Atlas) -> None:
    for actor in atlas.corpus.actors.values():
        atlas.parties[f"actor/{actor.id}"] = _actor_party(actor)
    for briefing in atlas.corpus.briefings.values():
        for voice in briefing.voices:
            atlas.parties[f"voice/{briefing.id}/{voice.id}"] = _voice_party(briefing, voice)


def _add_quotations(atlas: Atlas) -> None:
    for briefing in atlas.corpus.briefings.values():
        for quotation in briefing.quotations:
            view = QuotationView(
                quotation=quotation,
                source=atlas.corpus.sources[quotation.source],
                speaker=_party(atlas, briefing, quotation.speaker),
                relayed_by=_party_or_none(atlas, briefing, quotation.relayed_by),
                briefing=briefing,
                verified=(briefing.id, quotation.id) in atlas.corpus.lock.quotations,
            )
            atlas.quotations[briefing.id, quotation.id] = view
            atlas.quotations_by_briefing[briefing.id].append(view)
            atlas.quotations_by_source[view.source.id].append(view)
            atlas.quotations_by_party[view.speaker.key].append(view)


def _add_events(atlas: Atlas, today: date) -> None:
    """Add every event with its outcomes, by date, and link it to its briefings, parties and issues."""
    additions = _additions_by_event(atlas)
    defined = list(_defined_events(atlas.corpus))
    urls = {event.id: item_url(briefing, event) for briefing, event in defined}
    for briefing, event in defined:
        outcomes = tuple(each for each in additions[event.id] if not each.addition.corroborates)
        corroborations = [each for each in additions[event.id] if each.addition.corroborates]
        evidence = evidence_views(atlas, briefing, event.evidence)
        view = EventView(
            event=event,
            briefing=briefing,
            actors=tuple(_party(atlas, briefing, id) for id in event.actors),
            issues=tuple(atlas.corpus.issues[id] for id in event.issues),
            evidence=(*evidence, *(item for each in corroborations for item in each.evidence)),
            outcomes=outcomes,
            corroborated_in=tuple(each.briefing for each in corroborations),
            replaces=urls[event.replaces] if event.replaces else None,
            overdue=_is_overdue(event, outcomes, today),
            edits=atlas.edits_of.get(("events", event.id), ()),
        )
        atlas.events.append(view)
    atlas.events.sort(key=lambda view: view.event.date.sort_key)
    for view in atlas.events:
        briefings = [view.briefing, *(outcome.briefing for outcome in view.outcomes), *view.corroborated_in]
        for id in dict.fromkeys(briefing.id for briefing in briefings):
            atlas.events_by_briefing[id].append(view)
        for party in view.actors:
            atlas.events_by_party[party.key].append(view)
        for issue in view.issues:
            atlas.events_by_issue[issue.id].append(view)


def _additions_by_event(atlas: Atlas) -> dict[str, list[OutcomeView]]:
    additions: dict[str, list[OutcomeView]] = defaultdict(list)
    for briefing in atlas.corpus.briefings.values():
        for item in briefing.events:
            if isinstance(item, EventAddition):
                evidence = evidence_views(atlas, briefing, item.evidence)
                additions[item.event].append(OutcomeView(item, briefing, evidence))
    return additions


def _defined_events(corpus: Corpus) -> Iterator[tuple[Briefing, Event]]:
    for briefing in corpus.briefings.values():
        for item in briefing.events:
            if isinstance(item, Event):
                yield briefing, item


def _add_positions(atlas: Atlas) -> None:
    corpus = atlas.corpus
    events = {view.event.id: view for view in atlas.events}
    urls = {
        position.id: item_url(briefing, position)
        for briefing in corpus.briefings.values()
        for position in briefing.positions
    }
    for briefing in corpus.briefings.values():
        for position in briefing.positions:
            evidence = evidence_views(atlas, briefing, position.evidence)
            view = PositionView(
                position=position,
                briefing=briefing,
                issue=corpus.issues[position.issue],
                holder=_party(atlas, briefing, position.actor),
                said_by=_said_by(atlas, briefing, position, evidence),
                relayed_by=_party_or_none(atlas, briefing, position.relayed_by),
                evidence=evidence,
                expected_at=events.get(position.expected_at or ""),
                replaces=urls.get(position.replaces or ""),
                role=_role_on(corpus, position),
                edits=atlas.edits_of.get(("positions", position.id), ()),
            )
            atlas.positions.append(view)
            atlas.positions_by_briefing[briefing.id].append(view)
            atlas.positions_by_issue[view.issue.id].append(view)
            atlas.positions_held[view.holder.key].append(view)
            reporters = {party.key: party for party in (view.said_by, view.relayed_by) if party}
            for key in reporters.keys() - {view.holder.key}:
                atlas.positions_reported[key].append(view)


def _link_claims(atlas: Atlas) -> None:
    """Link each quotation and source to the claims that cite it."""
    claims: list[Claim] = [*atlas.positions, *atlas.events, *_other_claims(atlas)]
    for claim in claims:
        for item in claim.evidence:
            if item.quotation:
                atlas.claims_by_quotation[item.quotation.quotation.id].append(claim)
        if not any(item.quotation for item in claim.evidence):
            for source in dict.fromkeys(item.source.id for item in claim.evidence):
                atlas.claims_paraphrased[source].append(claim)


def _link_briefings(atlas: Atlas) -> None:
    """Link each issue, source and party to the briefings that answer, cite or name it."""
    for briefing in atlas.corpus.briefings.values():
        for point in briefing.key_points:
            if point.issue:
                atlas.answers_by_issue[point.issue].append((point, briefing))
        for source in dict.fromkeys(id for _, kind, id in briefing.references if kind == "source"):
            atlas.briefings_by_source[source].append(briefing)
        parties = dict.fromkeys(_named_in(atlas, briefing))
        atlas.parties_by_briefing[briefing.id] = list(parties)
        for party in parties:
            atlas.briefings_by_party[party.key].append(briefing)


def _other_claims(atlas: Atlas) -> Iterator[OtherClaim]:
    for briefing in atlas.corpus.briefings.values():
        for point in briefing.key_points:
            title = atlas.corpus.issues[point.issue].question if point.issue else briefing.title
            yield OtherClaim(title, item_url(briefing, point), evidence_views(atlas, briefing, point.evidence))
    for view in atlas.events:
        for outcome in view.outcomes:
            yield OtherClaim(view.event.title, view.url, outcome.evidence)


def _role_on(corpus: Corpus, position: Position) -> Text | None:
    actor = corpus.actors.get(position.actor)
    roles = [role.title for role in actor.roles if role.held_on(position.date)] if actor else []
    return roles[0] if roles else None


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _is_overdue(event: Event, outcomes: Iterable[OutcomeView], today: date) -> bool:
    statuses = {event.status, *(each.addition.status for each in outcomes if each.addition.status)}
    return event.date.upper < today and statuses <= {"planned", "possible"}


def _named_in(atlas: Atlas, briefing: Briefing) -> Iterator[Party]:
    for position in atlas.positions_by_briefing[briefing.id]:
        parties = (position.holder, position.said_by, position.relayed_by)
        yield from (party for party in parties if party and party.kind != "source")
    for quotation in atlas.quotations_by_briefing[briefing.id]:
        yield from (party for party in (quotation.speaker, quotation.relayed_by) if party)
    for event in atlas.events_by_briefing[briefing.id]:
        yield from event.actors
    for question in briefing.open_questions:
        yield from (_party(atlas, briefing, id) for id in question.actors)


def _said_by(atlas: Atlas, briefing: Briefing, position: Position, evidence: tuple[EvidenceView, ...]) -> Party | None:
    if position.said_by == THE_SOURCE:
        return source_party(evidence[0].source)
    return _party_or_none(atlas, briefing, position.said_by)


def _party(atlas: Atlas, briefing: Briefing, id: str) -> Party:
    return atlas.parties.get(f"actor/{id}") or atlas.parties[f"voice/{briefing.id}/{id}"]


def _party_or_none(atlas: Atlas, briefing: Briefing, id: str | None) -> Party | None:
    return _party(atlas, briefing, id) if id else None


def _actor_party(actor: Actor) -> Party:
    note = actor.roles[0].title if actor.roles else None
    return Party(f"actor/{actor.id}", actor.kind, actor.name, page_url(actor), note, actor.wikidata)


def _voice_party(briefing: Briefing, voice: Voice) -> Party:
    return Party(f"voice/{briefing.id}/{voice.id}", "voice", voice.name, item_url(briefing, voice))
