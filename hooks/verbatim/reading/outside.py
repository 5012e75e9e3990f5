"""Outside: what other programs report about a project, as a value for the core."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import Problem


@dataclass(frozen=True)
class Outside:
    """The answers of other programs; without them nothing is committed."""

    committed: frozenset[str] = frozenset()
    """The sources' texts that git tracks, as problems name them but in lower case, since some file systems know no
    other: `briefings/sources/<id>.txt`. `.texts` alone says that nothing below it is to be trusted."""

    problems: tuple[Problem, ...] = ()
    """Where a program gave no answer."""


NOTHING_ASKED = Outside()
