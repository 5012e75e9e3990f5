"""Outside: what only other programs can tell about a project, given to the core as a value."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import Problem
from .signatures import Signed, Verifier


def _unasked(signed: Signed) -> str:
    return "nobody was asked whether it is"


@dataclass(frozen=True)
class Outside:
    """The answers of other programs; without them nothing is committed, and no signature is valid."""

    committed: frozenset[str] = frozenset()
    """The sources' texts that git tracks, as problems name them but in lower case, since some file systems know no
    other: `briefings/sources/<id>.txt`. `.texts` alone says that nothing below it is to be trusted."""

    last_commit: frozenset[str] = frozenset()
    """The files of the briefings' folder in git's last commit, as problems name them: others are newer."""

    verify: Verifier = _unasked
    """Says whether a signature is valid."""

    problems: tuple[Problem, ...] = ()
    """Where a program gave no answer."""


NOTHING_ASKED = Outside()
