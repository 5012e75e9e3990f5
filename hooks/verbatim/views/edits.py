"""Edits: what was altered in what had been published before, as a comparison of two states found it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

EditKind = Literal["new", "changed", "corrected", "withdrawn", "renamed", "removed"]
"""`new` is told under an earlier day than the state that first had it; `corrected`: a fact was not as it was told;
`changed`: other words, or more evidence; `removed`: gone without a word, as no published claim should be."""

KINDS: tuple[EditKind, ...] = get_args(EditKind)


@dataclass(frozen=True, order=True)
class Edit:
    told: str
    """The state that first tells it: `2017-05-25`, the day of its newest briefing; `2017-05-25.01` where an earlier
    state of that day was published. States sort as they are written."""

    table: str
    id: str
    kind: EditKind
    fields: tuple[str, ...] = ()
    """The columns that differ; of a new row none."""

    former: str = ""
    """The id of what was renamed."""

    stance_before: str = ""
    stance_after: str = ""
    """Of a position whose stance was corrected."""

    @property
    def day(self) -> str:
        return self.told[:10]


Told = tuple[str, str]
"""A state and what it told: `new`, or another kind of edit."""


def told_of(day: date, edits: Iterable[Edit], first: str = "new") -> list[Told]:
    """What states told of a statement of a day. One that came late is new in the state that first had it."""
    known = sorted(edits)
    late = [(edit.told, first) for edit in known if edit.kind == "new"]
    since = [(edit.told, edit.kind) for edit in known if edit.kind != "new"]
    return [*(late or [(day.isoformat(), first)]), *since]
