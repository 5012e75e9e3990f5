"""Questions: the views of an issue, current and through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..model.entities import Briefing, Issue, KeyPoint
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
    """Every position that ever held, the current ones first."""

    silent: list[Silence]
    stops: list[date]
    withdrawn: list[PositionView]
    timeline: Timeline
    briefings: list[Briefing]
    neighbours: list[Answer]
    """The other issues of the same briefings."""


def issue_view(atlas: Atlas, issue: Issue) -> IssueView:
    views = atlas.positions_by_issue[issue.id]
    cells = atlas.cells_by_issue.get(issue.id, [])
    verdicts = _verdicts(atlas, issue)
    spoken = {cell.holder.key for cell in cells if not all(view.position.withdrawn for view in cell.views)}
    always = [party for party in atlas.concerned(issue.id) if party.key not in spoken]
    briefings = {view.briefing.id: view.briefing for view in views}
    others = {other.issue.id: other.issue for id in briefings for other in atlas.positions_by_briefing[id]}
    return IssueView(
        issue=issue,
        answer=answer(atlas, issue),
        verdicts=verdicts,
        cells=cells,
        camps=by_stance(cells),
        rows=rows_of(cells),
        silent=[cell.silence for cell in cells if cell.silence and cell.holder.key in spoken]
        + [Silence(((date.min, None),), party) for party in always],
        stops=sorted({*stops(cells), *(start for v in verdicts for start, _ in v.spans if start > date.min)}),
        withdrawn=[view for view in views if view.position.withdrawn],
        timeline=timeline_of(atlas, atlas.events_by_issue[issue.id], MOST_BESIDE),
        briefings=list(reversed(briefings.values())),
        neighbours=[answer(atlas, other) for other in others.values() if other is not issue],
    )


def answers(atlas: Atlas) -> list[Answer]:
    """Every issue with its answer, the most divisive first."""
    return sorted((answer(atlas, issue) for issue in atlas.corpus.issues.values()), key=_by_weight)


def answer(atlas: Atlas, issue: Issue) -> Answer:
    """An issue with its camps and the newest briefing's answer."""
    given = atlas.answers_by_issue[issue.id]
    key_point = sorted(given, key=lambda pair: pair[1].date.upper)[-1][0] if given else None
    return Answer(issue, key_point, atlas.camps(issue.id))


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
