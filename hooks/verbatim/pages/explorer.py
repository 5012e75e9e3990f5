"""The explorer: the newest statements as the page's rows, and the facets that all of them can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..exports.table import Statement, by_year, value_labels
from ..wording.language import Language
from .facets import Facet, by_alphabet, facets_of

STATEMENT_FACETS = ("kind", "issue", "actor", "stance", "modality", "proof", "source")
"""In the order in which readers see them; each is also a name in the page's address: `?stance=against`."""

MOST_ROWS = 200
"""Statements in the page itself."""

MOST_VALUES = 200
"""Values that a facet offers, those with the most statements; any other can be searched for."""


@dataclass(frozen=True)
class ExploreView:
    years: list[tuple[str, list[Statement]]]
    """The newest statements, by year; the newest year first."""

    facets: list[Facet]
    total: int
    left_out: int
    """How many older ones the page does not hold: the search index has them."""


def explore_view(statements: Iterable[Statement], language: Language) -> ExploreView:
    """A list of statements, newest first, as its page shows it."""
    statements = list(statements)
    shown = statements[:MOST_ROWS]
    facets = [facet.most_frequent(MOST_VALUES) for facet in statement_facets(statements, language)]
    return ExploreView(by_year(shown), facets, len(statements), len(statements) - len(shown))


def statement_facets(statements: Iterable[Statement], language: Language) -> list[Facet]:
    """Fixed words in their own order, names by the alphabet."""
    names: dict[str, dict[str, str]] = {name: {} for name in ("issue", "actor", "source")}
    for statement in statements:
        for name, things in (("issue", statement.issues), ("actor", statement.actors), ("source", statement.sources)):
            names[name].update((thing.key, thing.name) for thing in things)
    labels = value_labels(language) | {name: by_alphabet(things) for name, things in names.items()}
    return facets_of([statement.filters for statement in statements], {name: labels[name] for name in STATEMENT_FACETS})
