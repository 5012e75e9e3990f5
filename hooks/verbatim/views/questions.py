"""Questions: the views of an issue, current and through time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ..model.entities import Briefing, Issue, KeyPoint
from .addresses import page_url
from .archives import MOST_LISTED, MOST_MORE, MOST_ROWS, Volume, volumes
from .as_of import Cell, Entry, Row, Shown, Silence, by_stance, rows_of, stops
from .atlas import Atlas
from .statements import Camp, PositionView
from .timelines import MOST_BESIDE, Timeline, timeline_of


@dataclass(frozen=True)
class Answer:
    """An issue with its current answer."""

    issue: Issue
    key_point: KeyPoint | None
    """The answer of the newest briefing that has one; None without any."""

    camps: list[Camp]

    @property
    def weight(self) -> tuple[int, int]:
        """How divisive it is: the number of stances, then of positions."""
        return len(self.camps), sum(len(camp.positions) for camp in self.camps)


@dataclass(frozen=True)
class Verdict(Shown):
    """A briefing's answer, on the days on which it is the newest; both fields are None before the first."""

    key_point: KeyPoint | None
    briefing: Briefing | None


@dataclass(frozen=True)
class IssueView:
    issue: Issue
    answer: Answer
    verdicts: list[Verdict]
    cells: list[Cell]
    camps: list[tuple[str, list[Entry]]]
    rows: list[Row]
    """Every position that ever held, the current ones first; the newest current ones where there are too many."""

    more: list[PositionView]
    """Further current positions, newest first, a line each."""

    archive: list[Volume[PositionView]]
    """Every position by year, where a page cannot hold all that ever held; then nothing shows as of another day."""

    position_count: int
    """Of all that ever held, like the two that follow."""

    first_hand: int
    holder_count: int
    silent: list[Silence]
    stops: list[date]
    """The days on which something changes; empty where the past is in the archive."""

    withdrawn: list[PositionView]
    timeline: Timeline
    briefings: list[Briefing]
    neighbours: list[Answer]
    """The other issues of the same briefings, the most divisive first where there are many."""

    def place_of(self, view: PositionView) -> str:
        """The address of a position: on this page, or else in its briefing."""
        return f"#{view.anchor}" if any(row.view is view for row in self.rows) else f"~/{view.url}"


def issue_view(atlas: Atlas, issue: Issue) -> IssueView:
    views = atlas.positions_by_issue[issue.id]
    cells = atlas.cells_on(issue.id)
    verdicts = _verdicts(atlas, issue)
    spoken = {cell.holder.key for cell in cells if not all(view.position.withdrawn for view in cell.views)}
    always = [party for party in atlas.concerned(issue.id) if party.key not in spoken]
    briefings = {view.briefing.id: view.briefing for view in views}
    others = {other.issue.id: other.issue for id in briefings for other in atlas.positions_by_briefing[id]}
    neighbours = [answer(atlas, other) for other in others.values() if other is not issue]
    ever = rows_of(cells)
    silent = [cell.silence for cell in cells if cell.silence and cell.holder.key in spoken]
    whole = IssueView(
        issue=issue,
        answer=answer(atlas, issue),
        verdicts=verdicts,
        cells=cells,
        camps=by_stance(cells),
        rows=ever,
        more=[],
        archive=archive_of(atlas, issue),
        position_count=len(ever),
        first_hand=sum(row.view.position.modality == "stated" for row in ever),
        holder_count=len({row.view.holder.key for row in ever}),
        silent=silent + [Silence(((date.min, None),), party) for party in always],
        stops=sorted({*stops(cells), *(start for v in verdicts for start, _ in v.spans if start > date.min)}),
        withdrawn=[view for view in views if view.position.withdrawn][:MOST_ROWS],
        timeline=timeline_of(atlas, atlas.events_by_issue[issue.id], MOST_BESIDE),
        briefings=list(reversed(briefings.values())),
        neighbours=neighbours,
    )
    return _newest_state(whole) if whole.archive else whole


def _newest_state(view: IssueView) -> IssueView:
    """What a crowded page shows: what holds now, the newest of it in full."""
    holding = sorted(
        (row for row in view.rows if row.now), key=lambda row: row.view.position.date.sort_key, reverse=True
    )
    shown = set(map(id, holding[:MOST_ROWS]))
    camps = [(stance, [entry for entry in entries if entry.now]) for stance, entries in view.camps]
    return replace(
        view,
        verdicts=[verdict for verdict in view.verdicts if verdict.now],
        cells=[],
        camps=[(stance, entries) for stance, entries in camps if entries],
        rows=[row for row in view.rows if id(row) in shown],
        more=[row.view for row in holding[MOST_ROWS : MOST_ROWS + MOST_MORE]],
        silent=[silence for silence in view.silent if silence.now][:MOST_LISTED],
        stops=[],
        neighbours=sorted(view.neighbours, key=_by_weight)[:MOST_LISTED],
    )


def archive_of(atlas: Atlas, issue: Issue) -> list[Volume[PositionView]]:
    """Every position on an issue by year; empty where its page has all of them."""
    views = atlas.positions_by_issue[issue.id]
    return volumes(views, lambda view: view.position.date, page_url(issue)) if len(views) > MOST_ROWS else []


def answers(atlas: Atlas) -> list[Answer]:
    """Every issue with its answer, the most divisive first."""
    return sorted((answer(atlas, issue) for issue in atlas.corpus.issues.values()), key=_by_weight)


def answer(atlas: Atlas, issue: Issue) -> Answer:
    """An issue with its camps and the newest briefing's answer."""
    return Answer(issue, atlas.newest_answers.get(issue.id), atlas.camps(issue.id))


def _verdicts(atlas: Atlas, issue: Issue) -> list[Verdict]:
    """Each briefing's answer from its date to the next answer's. Of those dated the same day the last counts."""
    given = {briefing.date.upper: (point, briefing) for point, briefing in atlas.answers_by_issue[issue.id]}
    if not given:
        return []
    starts = sorted(given)
    verdicts = [Verdict(((date.min, starts[0]),), None, None)]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        verdicts.append(Verdict(((start, end),), *given[start]))
    return verdicts


def _by_weight(answer: Answer) -> tuple[int, int]:
    stances, positions = answer.weight
    return -stances, -positions
