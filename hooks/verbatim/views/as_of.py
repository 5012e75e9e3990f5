"""As of a day: the days on which each position shows, from the rule in `model.standing`.

Pages have these days in `data-when`. `as-of.js` only compares dates, so that the rule exists once. Without a script,
pages show the latest day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from ..model.entities import Position
from ..model.standing import MODALITIES, STANCES, Period, Turn, changes, history, turns
from .statements import Party, PositionView

Days = tuple[date, date | None]
"""First day, and first day after the end; None for no end."""


Role = Literal["holds", "contested", "perhaps", "beneath"]
"""A position's role in its cell. `beneath`: a first-hand statement under the report that holds."""


@dataclass(frozen=True)
class Shown:
    """An element of a page with the days on which it shows."""

    spans: tuple[Days, ...]

    @property
    def now(self) -> bool:
        """Whether it shows on the latest day."""
        return any(end is None for _, end in self.spans)

    @property
    def when(self) -> str:
        """For `data-when`: `2017-05-19/2017-05-24 2017-05-26/`, the end of each span exclusive."""
        return " ".join(f"{start}/{end or ''}" for start, end in self.spans)


@dataclass(frozen=True)
class Entry(Shown):
    """A position in a cell."""

    view: PositionView
    role: Role


@dataclass(frozen=True)
class Row(Shown):
    """A position in a table, on the days on which it holds, is contested, or may hold."""

    view: PositionView
    cell: Cell
    badges: tuple[Entry, ...]
    """Its entries that need a label: contested, perhaps."""

    leads: bool
    """Whether it is the first row of its cell."""


@dataclass(frozen=True)
class Silence(Shown):
    """A party, on the days on which its position is unknown."""

    party: Party


@dataclass(frozen=True)
class Cell:
    """One party's positions on one issue, through time."""

    holder: Party
    issue: str
    views: tuple[PositionView, ...]
    periods: tuple[Period, ...]

    @cached_property
    def entries(self) -> list[Entry]:
        """Current entries first, then by stance, then firmest first."""
        by_id = {view.position.id: view for view in self.views}
        spans: dict[tuple[str, Role], list[Days]] = defaultdict(list)
        for period in self.periods:
            standing = period.standing
            held: Role = "contested" if standing.contested else "holds"
            roles = [(held, position) for position in standing.holds]
            roles += [("perhaps", position) for position in standing.perhaps]
            roles += [("beneath", standing.beneath)] if standing.beneath else []
            for role, position in roles:
                spans[position.id, role].append((period.start, period.end))
        entries = [Entry(_joined(days), by_id[id], role) for (id, role), days in spans.items()]
        return sorted(entries, key=_order)

    @cached_property
    def visible(self) -> list[Entry]:
        """Its entries, without those beneath others."""
        return [entry for entry in self.entries if entry.role != "beneath"]

    @cached_property
    def beneath(self) -> list[Entry]:
        """First-hand statements, on the days on which a report holds."""
        return [entry for entry in self.entries if entry.role == "beneath"]

    @cached_property
    def current(self) -> list[PositionView]:
        """The positions that hold on the latest day."""
        return [entry.view for entry in self.entries if entry.now and entry.role in ("holds", "contested")]

    @cached_property
    def changes(self) -> list[PositionView]:
        """The positions whose stance did not hold before, oldest first."""
        by_id = {view.position.id: view for view in self.views}
        return [by_id[position.id] for position in changes(self.periods)]

    @property
    def turns(self) -> list[Turn]:
        """The changes of stance, oldest first."""
        return turns(self.periods)

    @cached_property
    def turned_from(self) -> dict[str, Position]:
        """By the id of a position that changed the stance: the one that it last ended."""
        return {turn.after.id: turn.before for turn in self.turns}

    @property
    def silence(self) -> Silence | None:
        spans = [(p.start, p.end) for p in self.periods if not (p.standing.holds or p.standing.perhaps)]
        return Silence(_joined(spans), self.holder) if spans else None

    @property
    def years(self) -> str:
        """The years of its statements: `2017`, `2016–2017`."""
        years = sorted({view.position.date.first_day.year for view in self.views if not view.position.withdrawn})
        return "" if not years else f"{years[0]}" if years[0] == years[-1] else f"{years[0]}–{years[-1]}"

    @property
    def statements(self) -> int:
        return sum(not view.position.withdrawn for view in self.views)


def cells_of(views: Iterable[PositionView], until: date) -> list[Cell]:
    """Group positions into cells, up to a day; a cell comes in the order of its first position."""
    groups: dict[tuple[str, str], list[PositionView]] = defaultdict(list)
    for view in views:
        groups[view.holder.key, view.issue.id].append(view)
    return [cell_of(group, until) for group in groups.values()]


def cell_of(views: Sequence[PositionView], until: date) -> Cell:
    """The cell of the positions of one party on one issue, up to a day."""
    periods = tuple(history([view.position for view in views], until))
    return Cell(views[0].holder, views[0].issue.id, tuple(views), periods)


def rows_of(cells: Iterable[Cell]) -> list[Row]:
    """One row per position that ever shows: current ones first, then by stance, then firmest first."""
    return sorted((row for cell in cells for row in _rows_of(cell)), key=_order)


def _rows_of(cell: Cell) -> Iterator[Row]:
    first = cell.visible[0].view if cell.visible else None  # its entries have the order of the rows
    for view in cell.views:
        entries = [entry for entry in cell.visible if entry.view is view]
        if entries:
            spans = _joined(sorted(span for entry in entries for span in entry.spans))
            badges = tuple(entry for entry in entries if entry.role != "holds")
            yield Row(spans, view, cell, badges, leads=view is first)


def stops(cells: Iterable[Cell]) -> list[date]:
    """The days on which something changes: the stops of the date control."""
    return sorted({period.start for cell in cells for period in cell.periods if period.start > date.min})


def by_stance(cells: Iterable[Cell]) -> list[tuple[str, list[Entry]]]:
    """Visible entries by stance, in display order; empty stances are left out."""
    camps: dict[str, list[Entry]] = {stance: [] for stance in STANCES}
    for cell in cells:
        for entry in cell.visible:
            camps[entry.view.position.stance].append(entry)
    for entries in camps.values():
        entries.sort(key=_order)
    return [(stance, entries) for stance, entries in camps.items() if entries]


def by_firmness(view: PositionView) -> tuple[int, int]:
    """Sort key: by stance, then firmest first."""
    return STANCES.index(view.position.stance), MODALITIES.index(view.position.modality)


def _order(shown: Entry | Row) -> tuple[bool, int, int]:
    """Sort key: current first, then by stance, then firmest first."""
    return not shown.now, *by_firmness(shown.view)


def _joined(spans: list[Days]) -> tuple[Days, ...]:
    """Join adjacent spans."""
    joined: list[Days] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
