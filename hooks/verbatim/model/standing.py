"""Where everyone stands: which of an actor's positions on an issue holds on a day. The one place of the rule.

- Withdrawn positions are left out.
- A position holds from `since`, where it has one, and is stated anew on its `date`.
- The latest day wins; on one day stated comes before reported. A position outlives what it `replaces`.
- When the winner is reported, the last first-hand statement stands beneath it.
- What is expected or inferred never stands where something is stated or reported.
- Equal rank, overlapping times and different stances, neither replacing the other: contested, both stand.
- Uncertain dates count from their latest day; between their bounds the position stands only perhaps.

Knowledge is today's: what was said later about an earlier time counts for that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import Edtf
from .entities import Position

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


@dataclass(frozen=True)
class _Begun:
    """A position that holds on a day unless another one outweighs it."""

    position: Position
    when: Edtf
    """The latest of its dates that has surely come by that day."""

    @property
    def rank(self) -> tuple[bool, date, int, str]:
        """The higher, the better."""
        modality = self.position.modality
        return _is_firm(self.position), self.when.upper, -MODALITIES.index(modality), self.when.clock


def standing(positions: Iterable[Position], day: date) -> Standing:
    """What holds among the positions of one actor on one issue on a day, whatever their order."""
    known = sorted(positions, key=lambda position: position.id)
    kept = [position for position in known if not position.withdrawn]
    begun = [_Begun(position, when) for position in kept if (when := _latest_date(position, day))]
    replaced = _replaced([each.position for each in begun], known)
    sure = [each for each in begun if each.position.id not in replaced]
    holds = _winners(sure)
    beneath = None
    if holds and holds[0].modality == "reported":
        stated = [each for each in sure if each.position.modality == "stated"]
        beneath = max(stated, key=lambda each: each.when.upper).position if stated else None
    unsure = [p for p in kept if p.id not in replaced and not _latest_date(p, day) and _may_have_begun(p, day)]
    return Standing(holds, beneath, tuple(position for position in unsure if _would_win(position, holds)))


def history(positions: Sequence[Position], until: date) -> list[Period]:
    """The cell through time: periods without a gap, the last one open, neighbours different.

    What begins after `until`, the last day of which anything is known, is left out.
    """
    dates = [edtf for position in positions for edtf in (position.since, position.date) if edtf]
    days = {date.min, *(edtf.lower for edtf in dates), *(edtf.upper for edtf in dates)}
    periods: list[Period] = []
    for day in sorted(day for day in days if day <= until):
        now = standing(positions, day)
        if periods and periods[-1].standing == now:
            continue
        if periods:
            periods[-1] = Period(periods[-1].start, day, periods[-1].standing)
        periods.append(Period(day, None, now))
    return periods


def changes(periods: Sequence[Period]) -> list[Position]:
    """The positions that began or changed a stance, oldest first: each differs from what held before."""
    found: dict[str, Position] = {}
    stances: set[str] = set()
    for period in periods:
        for position in period.standing.holds:
            if position.stance not in stances:
                found.setdefault(position.id, position)
        stances = {position.stance for position in period.standing.holds}
    return list(found.values())


def _replaced(begun: Iterable[Position], known: Iterable[Position]) -> set[str]:
    """Ids replaced by positions that have begun, through withdrawn ones too. Only firm ones replace firm ones."""
    by_id = {position.id: position for position in known}
    replaced: set[str] = set()
    for position in begun:
        old = by_id.get(position.replaces or "")
        while old and old.id not in replaced:
            if _is_firm(position) >= _is_firm(old):
                replaced.add(old.id)
            old = by_id.get(old.replaces or "")
    return replaced


def _latest_date(position: Position, day: date) -> Edtf | None:
    """The latest of its dates that has surely come by that day."""
    dates = [edtf for edtf in (position.since, position.date) if edtf and edtf.upper <= day]
    return max(dates, key=lambda edtf: edtf.upper, default=None)


def _may_have_begun(position: Position, day: date) -> bool:
    return any(edtf.lower <= day for edtf in (position.since, position.date) if edtf)


def _is_firm(position: Position) -> bool:
    return position.modality in ("stated", "reported")


def _winners(sure: list[_Begun]) -> tuple[Position, ...]:
    """The best; with it, one of each other stance that is known in the same way at the same time."""
    if not sure:
        return ()
    best = max(sure, key=lambda each: each.rank)
    equals: dict[str, Position] = {}
    for each in sorted(sure, key=lambda each: each.rank, reverse=True):
        if each.position.modality == best.position.modality and _may_coincide(each.when, best.when):
            equals.setdefault(each.position.stance, each.position)
    equals[best.position.stance] = best.position
    return tuple(sorted(equals.values(), key=lambda position: STANCES.index(position.stance)))


def _may_coincide(one: Edtf, other: Edtf) -> bool:
    """Whether two dates may be the same moment."""
    if one.clock and other.clock and one.clock != other.clock:
        return False
    return one.lower <= other.upper and other.lower <= one.upper


def _would_win(position: Position, holds: tuple[Position, ...]) -> bool:
    """Whether an uncertain position, had its day come, could stand in the place of what holds."""
    if not holds:
        return True
    return _is_firm(position) >= _is_firm(holds[0]) and position.stance not in {held.stance for held in holds}
