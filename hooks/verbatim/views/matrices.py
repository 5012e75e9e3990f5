"""Matrices: tables of positions, with parties in rows by kind, and issues in columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..model.entities import Issue
from ..model.values import Text
from .as_of import Cell, cells_of, stops
from .atlas import Atlas
from .statements import Party

PARTY_KINDS = ("organisation", "state", "group", "person", "voice")
"""In display order."""


@dataclass(frozen=True)
class Matrix:
    """A table of positions: parties in rows by kind, issues in columns."""

    issues: list[Issue]
    groups: list[tuple[str, list[tuple[Party, list[Cell | None]]]]]
    silent: list[Party]
    """Named parties without a position on any of the issues."""

    stops: list[date]
    """The days on which something changes."""

    @property
    def size(self) -> int:
        """The number of its cells."""
        return len(self.issues) * sum(len(rows) for _, rows in self.groups)

    @property
    def sparse(self) -> bool:
        """Whether fewer than a third of its cells have a position."""
        cells = [cell for _, rows in self.groups for _, row in rows for cell in row]
        return 3 * sum(cell is not None for cell in cells) < len(cells)


def matrix_of(issues: list[Issue], cells: list[Cell], named: list[Party]) -> Matrix:
    """The matrix of the named parties and the issues, from these cells alone."""
    filled = {(cell.holder.key, cell.issue): cell for cell in cells if cell.visible}
    holders = {key for key, _ in filled}
    rows = [
        (kind, [(party, [filled.get((party.key, issue.id)) for issue in issues]) for party in parties])
        for kind, parties in by_kind(party for party in named if party.key in holders)
    ]
    return Matrix(issues, rows, [party for party in named if party.key not in holders], stops(cells))


def topic_matrices(atlas: Atlas) -> list[tuple[Text | None, Matrix]]:
    """One matrix per topic; issues without a topic come last, under None."""
    topics: dict[tuple[tuple[str, str], ...], list[Issue]] = defaultdict(list)
    for issue in atlas.corpus.issues.values():
        for topic in issue.topics or [{}]:
            if atlas.cells_on(issue.id):
                topics[tuple(topic.items())].append(issue)
    matrices = []
    for key, issues in sorted(topics.items(), key=lambda pair: (not pair[0], pair[0])):
        cells = [cell for issue in issues for cell in atlas.cells_on(issue.id)]
        holders = list(dict.fromkeys(cell.holder for cell in cells))
        matrices.append((dict(key) or None, matrix_of(issues, cells, holders)))
    return matrices


def members_matrix(atlas: Atlas, organisation: str) -> Matrix | None:
    """The positions of an organisation's members while they were members; None if there are none."""
    positions, members = [], []
    for actor in atlas.corpus.actors.values():
        tenures = [tenure for tenure in actor.member_of if tenure.organisation == organisation]
        if tenures:
            party = atlas.parties[f"actor/{actor.id}"]
            members.append(party)
            positions += [
                view
                for view in atlas.positions_held[party.key]
                if any(tenure.held_on(view.position.date) for tenure in tenures)
            ]
    issues = list({view.issue.id: view.issue for view in positions}.values())
    return matrix_of(issues, cells_of(positions, atlas.latest), members) if positions else None


def by_kind(parties: Iterable[Party]) -> list[tuple[str, list[Party]]]:
    """Parties by kind, in display order; empty kinds are left out."""
    groups: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        groups[party.kind].append(party)
    return [(kind, groups[kind]) for kind in PARTY_KINDS if groups[kind]]
