"""Profiles: the view of one actor's page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..model.entities import Actor, Briefing, Issue, Membership, Role
from .addresses import page_url
from .archives import MOST_LISTED, MOST_MORE, MOST_ROWS, Volume, volumes
from .atlas import Atlas, evidence_views
from .matrices import Matrix, members_matrix
from .statements import EvidenceView, Party, PositionView, QuotationView
from .timelines import MOST_BESIDE, Timeline, timeline_of

MOST_COMPARED = 12
"""Greatest number of other actors with whom an actor's page offers to compare it."""

MOST_COMPANY = 8
"""Greatest number of parties named in the same briefings."""


@dataclass(frozen=True)
class Accord:
    """An actor's position on an issue, and how many of the other parties' have the same stance and another."""

    issue: Issue
    own: PositionView
    alike: int
    unlike: int


@dataclass(frozen=True)
class Counterpart:
    """Another actor, and how many of its positions have the same stance on the same issue, and how many another."""

    party: Party
    alike: int
    unlike: int


@dataclass(frozen=True)
class ActorView:
    actor: Actor
    party: Party
    roles: list[tuple[Role, tuple[EvidenceView, ...]]]
    memberships: list[tuple[Membership, Party, tuple[EvidenceView, ...]]]
    held: list[PositionView]
    """The newest where there are too many."""

    more: list[PositionView]
    """Further positions that it holds, newest first, a line each."""

    first_hand_count: int
    """Of all that it holds, like the two that follow."""

    told_count: int
    reported_count: int
    earlier: list[PositionView]
    """Positions that no longer hold: replaced, outweighed or withdrawn; empty where they are in the archive."""

    archive: list[Volume[PositionView]]
    """All it holds and says of others by year, where a page cannot hold that."""

    reported: list[PositionView]
    """Positions of others that this actor says or relays."""

    organisations: list[tuple[Party, list[PositionView]]]
    """The current positions of the organisations in which it has a role or a membership."""

    accords: list[Accord]
    counterparts: list[Counterpart]
    """The other actors with the most positions on the same issues."""

    members: Matrix | None
    """The positions of an organisation's members."""

    silent_on: list[Issue]
    quotations: list[QuotationView]
    """What it is quoted with, in any briefing."""

    unplaced: list[QuotationView]
    """The quotations that no position on its page has."""

    timeline: Timeline
    briefings: list[Briefing]
    company: list[Party]
    """Parties named in the same briefings, the most frequent first."""

    @property
    def first_hand(self) -> list[PositionView]:
        """What it holds by its own word, or that of who speaks for it."""
        return [view for view in self.held if view.position.modality == "stated"]

    @property
    def told_of(self) -> list[PositionView]:
        """What it holds by the word of others."""
        return [view for view in self.held if view.position.modality != "stated"]


def actor_view(atlas: Atlas, actor: Actor) -> ActorView:
    party = atlas.parties[f"actor/{actor.id}"]
    views = atlas.positions_held[party.key]
    held = atlas.standing(atlas.cells_held(party.key))
    briefings = atlas.briefings_by_party[party.key]
    homes = [role.organisation for role in actor.roles] + [tenure.organisation for tenure in actor.member_of]
    organisations = [atlas.parties[f"actor/{id}"] for id in dict.fromkeys(homes) if id]
    issues = {view.issue.id: view.issue for b in briefings for view in atlas.positions_by_briefing[b.id]}
    spoken = {view.issue.id for view in views}
    quotations = atlas.quotations_by_party[party.key]
    reported = atlas.positions_reported[party.key]
    placed = {quotation.quotation.id for view in (*views, *reported) for quotation in view.quotations}
    archive = archive_of(atlas, actor)
    more: list[PositionView] = []
    earlier = [view for view in reversed(views) if not any(view is winner for winner in held)]
    first_hand_count = sum(view.position.modality == "stated" for view in held)
    told_count, reported_count = len(held) - first_hand_count, len(reported)
    if archive:
        newest = sorted(held, key=lambda view: view.position.date.sort_key, reverse=True)
        shown = set(map(id, newest[:MOST_ROWS]))
        held, more = [view for view in held if id(view) in shown], newest[MOST_ROWS : MOST_ROWS + MOST_MORE]
        earlier, reported = [], reported[::-1][:MOST_LISTED]
    on_same = [(view, _others_on(atlas, view)) for view in held]
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
        more=more,
        first_hand_count=first_hand_count,
        told_count=told_count,
        reported_count=reported_count,
        earlier=earlier,
        archive=archive,
        reported=reported,
        organisations=[(home, atlas.standing(atlas.cells_held(home.key))) for home in organisations],
        accords=[_accord(view, others) for view, others in on_same],
        counterparts=_counterparts(on_same),
        members=members_matrix(atlas, actor.id),
        silent_on=[issue for issue in issues.values() if issue.id not in spoken][:MOST_ROWS],
        quotations=quotations,
        unplaced=[quotation for quotation in quotations if quotation.quotation.id not in placed][:MOST_ROWS],
        timeline=timeline_of(atlas, atlas.events_by_party[party.key], MOST_BESIDE),
        briefings=list(reversed(briefings)),
        company=[other for other, _ in company.most_common(MOST_COMPANY)],
    )


def archive_of(atlas: Atlas, actor: Actor) -> list[Volume[PositionView]]:
    """What an actor holds and says of others, by year; empty where its page has all of that."""
    key = f"actor/{actor.id}"
    views = [*atlas.positions_held[key], *atlas.positions_reported[key]]
    return volumes(views, lambda view: view.position.date, page_url(actor)) if len(views) > MOST_ROWS else []


def _others_on(atlas: Atlas, own: PositionView) -> list[PositionView]:
    """What the other parties hold on the issue of a position."""
    return [view for view in atlas.standing(atlas.cells_on(own.issue.id)) if view.holder is not own.holder]


def _accord(own: PositionView, others: list[PositionView]) -> Accord:
    alike = sum(view.position.stance == own.position.stance for view in others)
    return Accord(own.issue, own, alike, len(others) - alike)


def _counterparts(on_same: list[tuple[PositionView, list[PositionView]]]) -> list[Counterpart]:
    """Actors alone: a voice is of one briefing, which compares it already."""
    alike: Counter[Party] = Counter()
    shared: Counter[Party] = Counter()
    for own, others in on_same:
        for view in others:
            if view.holder.kind != "voice":
                shared[view.holder] += 1
                alike[view.holder] += view.position.stance == own.position.stance
    return [
        Counterpart(party, alike[party], count - alike[party]) for party, count in shared.most_common(MOST_COMPARED)
    ]
