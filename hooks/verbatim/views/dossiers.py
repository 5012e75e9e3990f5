"""Dossiers: the views of the home page and of a briefing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from ..model.entities import Briefing, Issue, KeyPoint, OpenQuestion, Source
from ..problems import Problem
from .as_of import cells_of
from .atlas import Atlas, evidence_views
from .matrices import Matrix, by_kind, matrix_of
from .questions import Answer, answers
from .statements import Camp, EvidenceView, Party, PositionView, QuotationView
from .timelines import Timeline, timeline_in

MOST_ON_HOME = 8
"""Greatest number of rows in a list on the home page; the index has all of them."""


@dataclass(frozen=True)
class Essential:
    key_point: KeyPoint
    issue: Issue | None
    camps: list[Camp]
    evidence: tuple[EvidenceView, ...]
    sequel: Sequel | None
    """What a later briefing answers."""


@dataclass(frozen=True)
class Unknown:
    """What the sources do not say."""

    question: OpenQuestion
    issue: Issue | None
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class Sequel:
    """The newest answer of a later briefing to a question."""

    answer: KeyPoint
    briefing: Briefing


@dataclass(frozen=True)
class BriefingView:
    briefing: Briefing
    essentials: list[Essential]
    matrix: Matrix
    questions: list[tuple[Issue, list[PositionView]]]
    timeline: Timeline
    quotations: list[QuotationView]
    unknowns: list[Unknown]
    sources: list[Source]
    open_points: tuple[Problem, ...]
    """What a draft leaves open."""

    @property
    def rows(self) -> list[tuple[Issue, list[list[PositionView]]]]:
        """The positions by issue; those that are told in the same words, of several holders, share a row."""
        return [(issue, _alike(views)) for issue, views in self.questions]

    @cached_property
    def usual(self) -> PositionView | None:
        """A position with the most frequent date, which needs to be said once."""
        dates = Counter(_dating(view) for _, views in self.questions for view in views)
        views = [view for _, views in self.questions for view in views]
        return max(views, key=lambda view: dates[_dating(view)], default=None)

    def is_usual(self, view: PositionView) -> bool:
        """Whether a position has the most frequent date."""
        return self.usual is not None and _dating(view) == _dating(self.usual)

    @cached_property
    def places(self) -> dict[str, str]:
        """The id of the first position or, without one, event that has each quotation, by the quotation's id."""
        places: dict[str, str] = {}
        for _, views in self.questions:
            for view in views:
                for words in view.words:
                    places.setdefault(words.quotation.id, view.position.id)
        for event in self.timeline.views:
            for words in event.words:
                places.setdefault(words.quotation.id, event.event.id)
        return places

    @property
    def sequel(self) -> Sequel | None:
        """That of the first question that a later briefing answers."""
        return next((essential.sequel for essential in self.essentials if essential.sequel), None)

    @property
    def unplaced(self) -> list[QuotationView]:
        """The quotations that stand at no position and at no event."""
        places = self.places
        return [view for view in self.quotations if view.quotation.id not in places]

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
        """Minutes for the summaries and quotations, at 200 words a minute; at least 1."""
        texts = [self.briefing.summary, *(essential.key_point.summary for essential in self.essentials)]
        texts += [view.position.summary for _, views in self.questions for view in views]
        texts += [view.event.summary for view in self.timeline.views if view.event.summary]
        words = sum(len(next(iter(text.values())).split()) for text in texts)
        words += sum(len(view.quotation.quote.split()) for view in self.quotations)
        return max(1, round(words / 200))


@dataclass(frozen=True)
class HomeView:
    lead: BriefingView | None
    question: Answer | None
    """The lead's most divisive question."""

    newest: list[Briefing]
    answers: list[Answer]
    more_answers: int
    """The number of further questions, which only the index has."""

    quotations: list[QuotationView]
    parties: list[tuple[str, list[tuple[Party, int]]]]
    """By kind; each party with its number of positions."""


def home_view(atlas: Atlas) -> HomeView:
    newest = list(atlas.corpus.briefings.values())[::-1]
    lead = briefing_view(atlas, newest[0]) if newest else None
    answered = [each for each in answers(atlas) if each.camps]
    lead_answers = [each for each in answered if lead and any(each.issue is issue for issue, _ in lead.questions)]
    counts = atlas.position_counts
    cited = sorted(atlas.parties.values(), key=lambda party: -counts[party.key])
    return HomeView(
        lead=lead,
        question=lead_answers[0] if lead_answers else None,
        newest=newest[1 : 1 + MOST_ON_HOME],
        answers=answered[:MOST_ON_HOME],
        more_answers=max(0, len(answered) - MOST_ON_HOME),
        quotations=_striking(atlas, lead.quotations if lead else []),
        parties=[
            (kind, [(party, counts[party.key]) for party in parties[:MOST_ON_HOME]]) for kind, parties in by_kind(cited)
        ],
    )


def briefing_view(atlas: Atlas, briefing: Briefing) -> BriefingView:
    positions = atlas.positions_by_briefing[briefing.id]
    issues = list({view.issue.id: view.issue for view in positions}.values())
    evidence = [item for view in positions for item in view.evidence]
    evidence += [each for item in briefing.events for each in evidence_views(atlas, briefing, item.evidence)]
    for point in briefing.key_points:
        evidence += evidence_views(atlas, briefing, point.evidence)
    for question in briefing.open_questions:
        evidence += evidence_views(atlas, briefing, question.evidence)
    return BriefingView(
        briefing=briefing,
        essentials=[
            Essential(
                point,
                atlas.corpus.issues[point.issue] if point.issue else None,
                atlas.camps(point.issue, briefing.id) if point.issue else [],
                evidence_views(atlas, briefing, point.evidence),
                _sequel(atlas, briefing, point),
            )
            for point in briefing.key_points
        ],
        matrix=matrix_of(issues, cells_of(positions, briefing.date.upper), atlas.parties_by_briefing[briefing.id]),
        questions=[(issue, [view for view in positions if view.issue is issue]) for issue in issues],
        timeline=timeline_in(atlas, briefing),
        quotations=atlas.quotations_by_briefing[briefing.id],
        unknowns=[
            Unknown(
                question,
                atlas.corpus.issues[question.issue] if question.issue else None,
                evidence_views(atlas, briefing, question.evidence),
            )
            for question in briefing.open_questions
        ],
        sources=list({item.source.id: item.source for item in evidence}.values()),
        open_points=atlas.corpus.open_points(briefing),
    )


def _sequel(atlas: Atlas, briefing: Briefing, point: KeyPoint) -> Sequel | None:
    given = atlas.answers_by_issue[point.issue] if point.issue else []
    # The last one begins last.
    return Sequel(*given[-1]) if given and given[-1][1].date.lower > briefing.date.upper else None


def _alike(views: list[PositionView]) -> list[list[PositionView]]:
    rows: list[list[PositionView]] = []
    for view in views:
        if rows and _telling(rows[-1][0]) == _telling(view):
            rows[-1].append(view)
        else:
            rows.append([view])
    return rows


def _telling(view: PositionView) -> tuple[object, ...]:
    """All that a row says of a position, but for its holder."""
    position = view.position
    held = (position.since, view.role)
    known = (position.stance, position.modality, view.said_by, view.relayed_by, view.expected_at, view.replaces)
    return (position.summary, position.condition, position.withdrawn, view.evidence, _dating(view), *held, *known)


def _dating(view: PositionView) -> tuple[str, str | None, str | None]:
    position = view.position
    return str(position.date), position.date_text, position.date_basis


def _striking(atlas: Atlas, quotations: list[QuotationView]) -> list[QuotationView]:
    """At most three quotations of eight words or more: different speakers first, then the most cited."""
    whole = [view for view in quotations if len(view.quotation.quote.split()) >= 8]
    whole.sort(key=lambda view: -len(atlas.claims_by_quotation[view.quotation.id]))
    firsts = list({view.speaker.key: view for view in reversed(whole)}.values())[::-1]
    rest = [view for view in whole if view not in firsts]
    return [*firsts, *rest][:3]
