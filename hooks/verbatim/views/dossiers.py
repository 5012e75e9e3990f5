"""Dossiers: what each kind of page shows, gathered from the atlas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..model import Actor, Briefing, Issue, KeyPoint, Membership, OpenQuestion, Role, Source
from .as_of import Cell, Entry, Row, Shown, Silence, by_stance, cells_of, rows_of, stops
from .atlas import Atlas, evidence_views
from .statements import Camp, EventView, EvidenceView, Party, PositionView, QuotationView

PARTY_KINDS = ("organisation", "state", "group", "person", "voice")
"""In the order in which readers see them."""

MOST_ON_HOME = 8
"""Rows of a list on the home page; the index has all of them."""


@dataclass(frozen=True)
class Answer:
    """One question with what is known of it."""

    issue: Issue
    key_point: KeyPoint | None
    """The newest briefing's own answer, if it has one."""

    lang: str
    """The language in which that briefing is written."""

    camps: list[Camp]

    @property
    def weight(self) -> tuple[int, int]:
        """How much it divides: stances, then positions."""
        return len(self.camps), sum(len(camp.positions) for camp in self.camps)


@dataclass(frozen=True)
class Essential:
    key_point: KeyPoint
    issue: Issue | None
    camps: list[Camp]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class Matrix:
    """Who stands where: parties by kind in rows, issues in columns."""

    issues: list[Issue]
    groups: list[tuple[str, list[tuple[Party, list[Cell | None]]]]]
    silent: list[Party]
    """Named, without a position on any of the issues."""

    stops: list[date]
    """The days on which something in it changes."""


@dataclass(frozen=True)
class Verdict(Shown):
    """A briefing's own answer on the days on which it is the newest; None before the first."""

    key_point: KeyPoint | None
    briefing: Briefing | None


@dataclass(frozen=True)
class Accord:
    """Where an actor stands on an issue, and who else stands there or elsewhere."""

    issue: Issue
    own: PositionView
    alike: list[PositionView]
    unlike: list[PositionView]


@dataclass(frozen=True)
class Unknown:
    """What the sources do not say."""

    question: OpenQuestion
    issue: Issue | None


@dataclass(frozen=True)
class BriefingView:
    briefing: Briefing
    essentials: list[Essential]
    matrix: Matrix
    questions: list[tuple[Issue, list[PositionView]]]
    past: list[EventView]
    ahead: list[EventView]
    quotations: list[QuotationView]
    unknowns: list[Unknown]
    parties: list[tuple[str, list[Party]]]
    sources: list[Source]

    @property
    def all_verified(self) -> bool:
        return all(view.verified for view in self.quotations)

    @property
    def first_hand(self) -> int:
        return sum(view.position.modality == "stated" for _, views in self.questions for view in views)

    @property
    def position_count(self) -> int:
        return sum(len(views) for _, views in self.questions)

    @property
    def reading_minutes(self) -> int:
        """At 200 words a minute, of what is said in sentences; at least one."""
        texts = [self.briefing.summary, *(essential.key_point.summary for essential in self.essentials)]
        texts += [view.position.summary for _, views in self.questions for view in views]
        texts += [view.event.summary for view in (*self.past, *self.ahead) if view.event.summary]
        words = sum(len(next(iter(text.values())).split()) for text in texts)
        words += sum(len(view.quotation.quote.split()) for view in self.quotations)
        return max(1, round(words / 200))


@dataclass(frozen=True)
class HomeView:
    lead: BriefingView | None
    question: Answer | None
    """The lead's question that divides most."""

    newest: list[Briefing]
    answers: list[Answer]
    more_answers: int
    """How many further questions the index has."""

    quotations: list[QuotationView]
    parties: list[tuple[str, list[tuple[Party, int]]]]
    """By kind, each with the number of its positions."""


@dataclass(frozen=True)
class ActorView:
    actor: Actor
    party: Party
    roles: list[tuple[Role, tuple[EvidenceView, ...]]]
    memberships: list[tuple[Membership, Party, tuple[EvidenceView, ...]]]
    held: list[PositionView]
    earlier: list[PositionView]
    """Held once, and since replaced, outweighed or withdrawn."""

    told: list[PositionView]
    """Of others, known through this actor."""

    organisations: list[tuple[Party, list[PositionView]]]
    """What holds of the organisations that it belongs to or speaks for."""

    accords: list[Accord]
    members: Matrix | None
    """Where an organisation's members stand."""

    silent_on: list[Issue]
    quotations: list[QuotationView]
    events: list[EventView]
    briefings: list[Briefing]
    company: list[Party]
    """Who else is named in the same briefings, the most often named first."""


@dataclass(frozen=True)
class IssueView:
    issue: Issue
    answer: Answer
    verdicts: list[Verdict]
    cells: list[Cell]
    camps: list[tuple[str, list[Entry]]]
    rows: list[Row]
    """Every position that ever held, what holds now first."""

    silent: list[Silence]
    stops: list[date]
    withdrawn: list[PositionView]
    events: list[EventView]
    briefings: list[Briefing]
    neighbours: list[Answer]
    """The other questions of the same briefings."""


@dataclass(frozen=True)
class SourceView:
    source: Source
    passages: list[tuple[QuotationView, list[PositionView | EventView]]]
    """Each quotation with what rests on it."""

    paraphrased: list[PositionView | EventView]
    speakers: list[Party]
    briefings: list[Briefing]

    @property
    def verified(self) -> int:
        return sum(quotation.verified for quotation, _ in self.passages)


def home_view(atlas: Atlas) -> HomeView:
    newest = list(reversed(atlas.corpus.briefings.values()))
    lead = briefing_view(atlas, newest[0]) if newest else None
    told = [each for each in answers(atlas) if each.camps]
    lead_answers = [each for each in told if lead and any(each.issue is issue for issue, _ in lead.questions)]
    counts = Counter({key: len(views) for key, views in atlas.positions_held.items()})
    cited = sorted(atlas.parties.values(), key=lambda party: -counts[party.key])
    return HomeView(
        lead=lead,
        question=lead_answers[0] if lead_answers else None,
        newest=newest[1 : 1 + MOST_ON_HOME],
        answers=told[:MOST_ON_HOME],
        more_answers=max(0, len(told) - MOST_ON_HOME),
        quotations=_telling(atlas, lead.quotations if lead else []),
        parties=[
            (kind, [(party, counts[party.key]) for party in parties[:MOST_ON_HOME]]) for kind, parties in by_kind(cited)
        ],
    )


def briefing_view(atlas: Atlas, briefing: Briefing) -> BriefingView:
    positions = atlas.positions_by_briefing[briefing.id]
    issues = list({view.issue.id: view.issue for view in positions}.values())
    events = atlas.events_by_briefing[briefing.id]
    evidence = [item for claim in (*positions, *events) for item in claim.evidence]
    return BriefingView(
        briefing=briefing,
        essentials=[
            Essential(
                point,
                atlas.corpus.issues[point.issue] if point.issue else None,
                atlas.camps(point.issue, briefing.id) if point.issue else [],
                evidence_views(atlas, briefing, point.evidence),
            )
            for point in briefing.key_points
        ],
        matrix=_matrix(issues, positions, atlas.parties_by_briefing[briefing.id]),
        questions=[(issue, [view for view in positions if view.issue is issue]) for issue in issues],
        past=[view for view in events if not view.ahead],
        ahead=[view for view in events if view.ahead],
        quotations=atlas.quotations_by_briefing[briefing.id],
        unknowns=[
            Unknown(question, atlas.corpus.issues[question.issue] if question.issue else None)
            for question in briefing.open_questions
        ],
        parties=by_kind(atlas.parties_by_briefing[briefing.id]),
        sources=list({item.source.id: item.source for item in evidence}.values()),
    )


def actor_view(atlas: Atlas, actor: Actor) -> ActorView:
    party = atlas.parties[f"actor/{actor.id}"]
    views = atlas.positions_held[party.key]
    held = atlas.standing(views)
    briefings = atlas.briefings_by_party[party.key]
    homes = [role.organisation for role in actor.roles] + [tenure.organisation for tenure in actor.member_of]
    organisations = [atlas.parties[f"actor/{id}"] for id in dict.fromkeys(homes) if id]
    members = [
        atlas.parties[f"actor/{other.id}"]
        for other in atlas.corpus.actors.values()
        if any(tenure.organisation == actor.id for tenure in other.member_of)
    ]
    issues = {view.issue.id: view.issue for b in briefings for view in atlas.positions_by_briefing[b.id]}
    spoken = {view.issue.id for view in views}
    company = Counter(
        other for briefing in briefings for other in atlas.parties_by_briefing[briefing.id] if other is not party
    )
    return ActorView(
        actor=actor,
        party=party,
        roles=[(role, evidence_views(atlas, None, role.evidence)) for role in actor.roles],
        memberships=[
            (tenure, atlas.parties[f"actor/{tenure.organisation}"], evidence_views(atlas, None, tenure.evidence))
            for tenure in actor.member_of
        ],
        held=held,
        earlier=[view for view in reversed(views) if not any(view is winner for winner in held)],
        told=atlas.positions_told[party.key],
        organisations=[(home, atlas.standing(atlas.positions_held[home.key])) for home in organisations],
        accords=[_accord(atlas, view) for view in held],
        members=_members_matrix(atlas, members) if members else None,
        silent_on=[issue for issue in issues.values() if issue.id not in spoken],
        quotations=atlas.quotations_by_party[party.key],
        events=atlas.events_by_party[party.key],
        briefings=list(reversed(briefings)),
        company=[other for other, _ in company.most_common(MOST_ON_HOME)],
    )


def issue_view(atlas: Atlas, issue: Issue) -> IssueView:
    views = atlas.positions_by_issue[issue.id]
    cells = cells_of(views)
    spoken = {cell.holder.key for cell in cells if not all(view.position.withdrawn for view in cell.views)}
    always = [party for party in atlas.concerned(issue.id) if party.key not in spoken]
    briefings = {view.briefing.id: view.briefing for view in views}
    others = {other.issue.id: other.issue for id in briefings for other in atlas.positions_by_briefing[id]}
    return IssueView(
        issue=issue,
        answer=answer(atlas, issue),
        verdicts=_verdicts(atlas, issue),
        cells=cells,
        camps=by_stance(cells),
        rows=rows_of(cells),
        silent=[cell.silence for cell in cells if cell.silence and cell.holder.key in spoken]
        + [Silence(((date.min, None),), party) for party in always],
        stops=stops(cells),
        withdrawn=[view for view in views if view.position.withdrawn],
        events=atlas.events_by_issue[issue.id],
        briefings=list(reversed(briefings.values())),
        neighbours=[answer(atlas, other) for other in others.values() if other is not issue],
    )


def _verdicts(atlas: Atlas, issue: Issue) -> list[Verdict]:
    """Each briefing's answer, on the days from its own date to the next one's."""
    told = [
        (max(briefing.date.lower, date.min), point, briefing)
        for briefing in atlas.corpus.briefings.values()
        for point in briefing.key_points
        if point.issue == issue.id
    ]
    if not told:
        return []
    days = {day: (point, briefing) for day, point, briefing in told}  # of one day's briefings the last one answers
    starts = sorted(days)
    verdicts = [Verdict(((date.min, starts[0]),), None, None)]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        verdicts.append(Verdict(((start, end),), *days[start]))
    return verdicts


def source_view(atlas: Atlas, source: Source) -> SourceView:
    quotations = atlas.quotations_by_source[source.id]
    claims = [claim for view in quotations for claim in atlas.claims_by_quotation[view.quotation.id]]
    claims += atlas.claims_paraphrased[source.id]
    briefings = {item.briefing.id: item.briefing for item in (*quotations, *claims)}
    return SourceView(
        source=source,
        passages=[(view, atlas.claims_by_quotation[view.quotation.id]) for view in quotations],
        paraphrased=atlas.claims_paraphrased[source.id],
        speakers=list({view.speaker.key: view.speaker for view in quotations}.values()),
        briefings=list(briefings.values()),
    )


def answers(atlas: Atlas) -> list[Answer]:
    """Every question, those that divide most first."""
    return sorted((answer(atlas, issue) for issue in atlas.corpus.issues.values()), key=_by_weight)


def answer(atlas: Atlas, issue: Issue) -> Answer:
    """A question with its camps, in the words of the newest briefing that answers it."""
    for briefing in reversed(atlas.corpus.briefings.values()):
        for point in briefing.key_points:
            if point.issue == issue.id:
                return Answer(issue, point, briefing.lang, atlas.camps(issue.id))
    return Answer(issue, None, "", atlas.camps(issue.id))


def topic_matrices(atlas: Atlas) -> list[tuple[str, Matrix]]:
    """For each topic, who stands where on its questions; questions without a topic come under an empty one."""
    topics: dict[str, list[Issue]] = defaultdict(list)
    for issue in atlas.corpus.issues.values():
        for topic in issue.topics or [""]:
            if atlas.positions_by_issue[issue.id]:
                topics[topic].append(issue)
    matrices = []
    for topic, issues in sorted(topics.items(), key=lambda pair: (not pair[0], pair[0])):
        positions = [view for issue in issues for view in atlas.positions_by_issue[issue.id]]
        matrices.append((topic, _matrix(issues, positions, list(dict.fromkeys(view.holder for view in positions)))))
    return matrices


def by_kind(parties: Iterable[Party]) -> list[tuple[str, list[Party]]]:
    """Parties by their kind, empty kinds left out."""
    groups: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        groups[party.kind].append(party)
    return [(kind, groups[kind]) for kind in PARTY_KINDS if groups[kind]]


def _matrix(issues: list[Issue], positions: list[PositionView], named: list[Party]) -> Matrix:
    cells = cells_of(positions)
    filled = {(cell.holder.key, cell.issue): cell for cell in cells if cell.visible}
    holders = {key for key, _ in filled}
    rows = [
        (kind, [(party, [filled.get((party.key, issue.id)) for issue in issues]) for party in parties])
        for kind, parties in by_kind(party for party in named if party.key in holders)
    ]
    return Matrix(issues, rows, [party for party in named if party.key not in holders], stops(cells))


def _members_matrix(atlas: Atlas, members: list[Party]) -> Matrix | None:
    positions = [view for party in members for view in atlas.positions_held[party.key]]
    issues = list({view.issue.id: view.issue for view in positions}.values())
    return _matrix(issues, positions, members) if positions else None


def _accord(atlas: Atlas, own: PositionView) -> Accord:
    others = [v for v in atlas.standing(atlas.positions_by_issue[own.issue.id]) if v.holder is not own.holder]
    return Accord(
        own.issue,
        own,
        [view for view in others if view.position.stance == own.position.stance],
        [view for view in others if view.position.stance != own.position.stance],
    )


def _telling(atlas: Atlas, quotations: list[QuotationView]) -> list[QuotationView]:
    """Three quotations for the home page: whole sentences rather than fragments, of different voices first."""
    whole = [view for view in quotations if len(view.quotation.quote.split()) >= 8]
    whole.sort(key=lambda view: -len(atlas.claims_by_quotation[view.quotation.id]))
    firsts = list({view.speaker.key: view for view in reversed(whole)}.values())[::-1]
    rest = [view for view in whole if view not in firsts]
    return [*firsts, *rest][:3]


def _by_weight(answer: Answer) -> tuple[int, int]:
    stances, positions = answer.weight
    return -stances, -positions
