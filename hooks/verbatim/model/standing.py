"""Standing: which of an actor's positions on an issue holds on a day. The rule is implemented only here.

- Withdrawn positions are ignored.
- A position holds from `since`, if given, and is restated on its `date`.
- The latest day wins; on the same day, stated wins over reported. A position that has begun ends the one it `replaces`.
- If the winner is reported, the latest first-hand statement is shown beneath it.
- Expected and inferred positions never win over stated or reported ones.
- Equal rank, overlapping dates, different stances, neither replaced: contested, both hold.
- An uncertain date counts from its latest possible day; between its bounds the position may hold (`perhaps`).

Later statements about an earlier time count for that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import Edtf
from .entities import Position

STANCES = ("for", "reserved", "undecided", "against", "declined")
"""In display order."""

MODALITIES = ("stated", "reported", "expected", "inferred")
"""From the firmest to the weakest."""


@dataclass(frozen=True)
class Standing:
    """The result of the rule for one actor, one issue and one day."""

    holds: tuple[Position, ...] = ()
    """The position that holds; several if contested, none if unknown."""

    beneath: Position | None = None
    """The latest first-hand statement, if the position that holds is reported."""

    perhaps: tuple[Position, ...] = ()
    """Positions that may hold instead, because their dates are uncertain."""

    @property
    def contested(self) -> bool:
        return len(self.holds) > 1


@dataclass(frozen=True)
class Period:
    """Consecutive days with the same standing."""

    start: date
    """First day; `date.min` for the first period."""

    end: date | None
    """First day after the period; None if it has not ended."""

    standing: Standing


@dataclass(frozen=True)
class Turn:
    """A change of stance."""

    day: date
    before: Position
    after: Position


@dataclass(frozen=True)
class _Begun:
    """A position that has begun by a day; the highest rank holds."""

    position: Position
    when: Edtf
    """The latest of its dates whose latest possible day is not after that day."""

    @property
    def rank(self) -> tuple[bool, date, int, str]:
        """For comparison; the greatest wins."""
        modality = self.position.modality
        return is_firm(self.position), self.when.upper, -MODALITIES.index(modality), self.when.clock


def standing(positions: Iterable[Position], day: date) -> Standing:
    """Apply the rule to one actor's positions on one issue on a day; their order does not matter."""
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
    """Divide time into periods of equal standing: without gaps, the last one open, neighbours different.

    Changes after `until`, the last known day, are ignored.
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
    """The positions whose stance did not hold in the period before, oldest first."""
    found: dict[str, Position] = {}
    stances: set[str] = set()
    for period in periods:
        for position in period.standing.holds:
            if position.stance not in stances:
                found.setdefault(position.id, position)
        stances = {position.stance for position in period.standing.holds}
    return list(found.values())


def turns(periods: Sequence[Period]) -> list[Turn]:
    """Every change to a stance from one that held before, oldest first: where several held, a turn from each.

    Unlike `changes` it leaves out the first stance, which changes nothing. Periods in which nothing holds do not count.
    """
    found: list[Turn] = []
    before: tuple[Position, ...] = ()
    for period in periods:
        holds = period.standing.holds
        stances = {position.stance for position in before}
        found += [Turn(period.start, old, new) for new in holds if new.stance not in stances for old in before]
        before = holds or before
    return found


def _replaced(begun: Iterable[Position], known: Iterable[Position]) -> set[str]:
    """Ids replaced by positions that have begun, through withdrawn ones too. Only firm ones replace firm ones."""
    by_id = {position.id: position for position in known}
    replaced: set[str] = set()
    for position in begun:
        old = by_id.get(position.replaces or "")
        while old and old.id not in replaced:
            if is_firm(position) >= is_firm(old):
                replaced.add(old.id)
            old = by_id.get(old.replaces or "")
    return replaced


def _latest_date(position: Position, day: date) -> Edtf | None:
    """The latest of its dates whose latest possible day is not after that day."""
    dates = [edtf for edtf in (position.since, position.date) if edtf and edtf.upper <= day]
    return max(dates, key=lambda edtf: edtf.upper, default=None)


def _may_have_begun(position: Position, day: date) -> bool:
    return any(edtf.lower <= day for edtf in (position.since, position.date) if edtf)


def is_firm(position: Position) -> bool:
    """Whether it was said or reported, not expected or inferred."""
    return position.modality in ("stated", "reported")


def _winners(sure: list[_Begun]) -> tuple[Position, ...]:
    """The highest rank, and one position per other stance with the same modality and an overlapping date."""
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
    """Whether an uncertain position could replace what holds once its date is reached."""
    if not holds:
        return True
    return is_firm(position) >= is_firm(holds[0]) and position.stance not in {held.stance for held in holds}
