"""Where everyone stands: which of an actor's positions on an issue holds on a day. The one place of the rule.

- Withdrawn positions are left out.
- A position holds from `since`, where it has one, and is told anew on its `date`.
- The latest day wins; on one day stated comes before reported. A position outlives what it `replaces`.
- When the winner is reported, the last first-hand statement stands beneath it.
- What is expected or inferred never stands where something is stated or reported.
- Equal rank, overlapping times and different stances, neither replacing the other: contested, both stand.
- Uncertain dates count from their latest day; between their bounds the position stands only perhaps.

Knowledge is today's: what was told later of an earlier time counts for that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import Edtf
from .model import Position

STANCES = ("for", "reserved", "undecided", "against", "declined")
"""In the order in which readers see them."""

MODALITIES = ("stated", "reported", "expected", "inferred")
"""From the firmest to the weakest."""


@dataclass(frozen=True)
class Standing:
    """What a cell says on one day."""

    holds: tuple[Position, ...] = ()
    """The position that holds; several where it is contested, none where nothing is known."""

    beneath: Position | None = None
    """The last first-hand statement, where what holds is reported."""

    perhaps: tuple[Position, ...] = ()
    """What may hold instead, since its date is uncertain on that day."""

    @property
    def contested(self) -> bool:
        return len(self.holds) > 1


@dataclass(frozen=True)
class Period:
    """A stretch of days on which one cell says the same."""

    start: date
    """Its first day; `date.min` for the time before anything is known."""

    end: date | None
    """The first day after it; None for the time that has not ended."""

    standing: Standing


def standing(positions: Iterable[Position], day: date = date.max) -> Standing:
    """What holds among the positions of one actor on one issue on a day; on the last of days by default."""
    kept = [position for position in positions if not position.withdrawn]
    sure = [position for position in kept if _told(position, day)]
    replaced = {position.replaces for position in sure}
    sure = [position for position in sure if position.id not in replaced]
    holds = _winners(sure, day)
    unsure = [position for position in kept if not _told(position, day) and _may_be_told(position, day)]
    perhaps = tuple(position for position in unsure if _would_win(position, holds))
    beneath = None
    if holds and holds[0].modality == "reported":
        stated = [position for position in sure if position.modality == "stated"]
        beneath = max(stated, key=lambda position: _told(position, day).upper, default=None)
    return Standing(holds, beneath, perhaps)


def history(positions: Sequence[Position]) -> list[Period]:
    """The cell through time: periods without a gap, the last one open, neighbours different."""
    dates = [edtf for position in positions for edtf in (position.since, position.date) if edtf]
    days = {date.min, *(edtf.lower for edtf in dates), *(edtf.upper for edtf in dates)}
    periods: list[Period] = []
    for day in sorted(day for day in days if day != date.max):
        now = standing(positions, day)
        if periods and periods[-1].standing == now:
            continue
        if periods:
            periods[-1] = Period(periods[-1].start, day, periods[-1].standing)
        periods.append(Period(day, None, now))
    return periods


def changes(positions: Sequence[Position]) -> list[Position]:
    """The positions that changed or began a stance, oldest first: each differs from what held the day before."""
    found: list[Position] = []
    for period in history(positions):
        before = standing(positions, period.start - timedelta(days=1)) if period.start > date.min else Standing()
        stances = {position.stance for position in before.holds}
        found += [new for new in period.standing.holds if new.stance not in stances and new not in found]
    return found


def _told(position: Position, day: date) -> Edtf | None:
    """The latest of its dates that has surely come by that day."""
    dates = [edtf for edtf in (position.since, position.date) if edtf and edtf.upper <= day]
    return max(dates, key=lambda edtf: edtf.upper, default=None)


def _may_be_told(position: Position, day: date) -> bool:
    return any(edtf.lower <= day for edtf in (position.since, position.date) if edtf)


def _firm(position: Position) -> bool:
    return position.modality in ("stated", "reported")


def _winners(sure: list[Position], day: date) -> tuple[Position, ...]:
    if not sure:
        return ()

    def rank(position: Position) -> tuple:
        return _firm(position), _told(position, day).upper, -MODALITIES.index(position.modality)

    best = max(sure, key=rank)
    when = _told(best, day)
    equals = [
        position
        for position in sure
        if position.modality == best.modality
        and position.stance != best.stance
        and _told(position, day).lower <= when.upper
        and when.lower <= _told(position, day).upper
    ]
    return (best, *equals)


def _would_win(position: Position, holds: tuple[Position, ...]) -> bool:
    """Whether an uncertain position, had its day come, could stand in the place of what holds."""
    if not holds:
        return True
    return _firm(position) >= _firm(holds[0]) and position.stance not in {held.stance for held in holds}
