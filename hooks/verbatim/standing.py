"""Where everyone stands: which of an actor's positions on an issue holds.

Withdrawn positions are left out. The latest day wins; on one day stated comes before reported. What is
expected or inferred never stands where something was stated or reported.
"""

from __future__ import annotations

from collections.abc import Iterable

from .model import Position

STANCES = ("for", "reserved", "undecided", "against", "declined")
"""In the order in which readers see them."""

MODALITIES = ("stated", "reported", "expected", "inferred")
"""From the firmest to the weakest."""


def standing(positions: Iterable[Position]) -> Position | None:
    """The position that holds among those of one actor on one issue; None where none does."""
    held = [position for position in positions if not position.withdrawn]
    return max(held, key=_rank, default=None)


def _rank(position: Position) -> tuple:
    first_hand_or_reported = position.modality in ("stated", "reported")
    return first_hand_or_reported, position.date.upper, -MODALITIES.index(position.modality)
