"""Outside: what other programs report about a project, as a value for the core."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import Problem


@dataclass(frozen=True)
class Outside:
    """The answers of other programs; without them nothing is committed."""

    committed: frozenset[str] = frozenset()
    """The sources' texts that git tracks, as problems name them: `briefings/sources/<id>.txt`."""

    problems: tuple[Problem, ...] = ()
    """Where a program gave no answer."""


NOTHING_ASKED = Outside()
