"""As of a day: each cell's entries with the days on which they show, from the one rule in `standing`.

Pages carry these days as data; the script that changes the date only compares them, so that rule, page and
script cannot disagree. What shows on the latest day is shown without a script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from ..model.standing import MODALITIES, STANCES, Period, changes, history
from .statements import Party, PositionView

Days = tuple[date, date | None]
"""A stretch of time: its first day, and the first day after it; None for no end."""


Role = Literal["holds", "contested", "perhaps", "beneath"]
"""What a position is in its cell. `beneath`: a first-hand statement under the report that holds."""


@dataclass(frozen=True)
class Shown:
    """Something with the days on which it shows."""

    spans: tuple[Days, ...]

    @property
    def now(self) -> bool:
        """Whether it shows on the latest day."""
        return any(end is None for _, end in self.spans)

    @property
    def when(self) -> str:
        """For the script: `2017-05-19/2017-05-24 2017-05-26/`, each span's last day left out."""
        return " ".join(f"{start}/{end or ''}" for start, end in self.spans)


@dataclass(frozen=True)
class Entry(Shown):
    """A position in a cell."""

    view: PositionView
    role: Role


@dataclass(frozen=True)
class Row(Shown):
    """A position in a table, on all days on which it holds, is contested, or perhaps holds."""

    view: PositionView
    cell: Cell
    badges: tuple[Entry, ...]
    """Its entries that need a word: contested, perhaps."""


@dataclass(frozen=True)
class Silence(Shown):
    """A party on the days on which nothing is known of it."""

    party: Party


@dataclass(frozen=True)
class Cell:
    """One party on one issue, through time."""

    holder: Party
    issue: str
    views: tuple[PositionView, ...]
    periods: tuple[Period, ...]

    @cached_property
    def entries(self) -> list[Entry]:
        """By role and stance; what shows now comes first."""
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
        """Its entries without those beneath others."""
        return [entry for entry in self.entries if entry.role != "beneath"]

    @cached_property
    def beneath(self) -> list[Entry]:
        """First-hand statements on the days on which a report stands above them."""
        return [entry for entry in self.entries if entry.role == "beneath"]

    @cached_property
    def current(self) -> list[PositionView]:
        """What holds on the latest day."""
        return [entry.view for entry in self.entries if entry.now and entry.role in ("holds", "contested")]

    @cached_property
    def changes(self) -> list[PositionView]:
        """The positions that began or changed its stance, oldest first."""
        by_id = {view.position.id: view for view in self.views}
        return [by_id[position.id] for position in changes(self.periods)]

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
    """The cells that positions fill up to a day, in the order of their first."""
    groups: dict[tuple[str, str], list[PositionView]] = defaultdict(list)
    for view in views:
        groups[view.holder.key, view.issue.id].append(view)
    return [
        Cell(group[0].holder, group[0].issue.id, tuple(group), tuple(history([view.position for view in group], until)))
        for group in groups.values()
    ]


def rows_of(cells: Iterable[Cell]) -> list[Row]:
    """A row for each position that ever shows; what shows now comes first, by stance."""
    rows = []
    for cell in cells:
        for view in cell.views:
            entries = [entry for entry in cell.visible if entry.view is view]
            if entries:
                spans = _joined(sorted(span for entry in entries for span in entry.spans))
                rows.append(Row(spans, view, cell, tuple(entry for entry in entries if entry.role != "holds")))
    return sorted(rows, key=_order)


def stops(cells: Iterable[Cell]) -> list[date]:
    """The days on which something changes, for the control to stop at."""
    return sorted({period.start for cell in cells for period in cell.periods if period.start > date.min})


def by_stance(cells: Iterable[Cell]) -> list[tuple[str, list[Entry]]]:
    """Entries by stance, in the order in which readers see them; empty stances are left out."""
    camps: dict[str, list[Entry]] = {stance: [] for stance in STANCES}
    for cell in cells:
        for entry in cell.visible:
            camps[entry.view.position.stance].append(entry)
    for entries in camps.values():
        entries.sort(key=_order)
    return [(stance, entries) for stance, entries in camps.items() if entries]


def by_firmness(view: PositionView) -> tuple[int, int]:
    """For sorting: by stance, the firmest first."""
    return STANCES.index(view.position.stance), MODALITIES.index(view.position.modality)


def _order(shown: Entry | Row) -> tuple[bool, int, int]:
    """What shows now comes first."""
    return not shown.now, *by_firmness(shown.view)


def _joined(spans: list[Days]) -> tuple[Days, ...]:
    """Spans that touch are one."""
    joined: list[Days] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
