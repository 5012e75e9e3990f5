"""Explorer: the newest statements as rows, and the facets of all statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..exports.table import Statement, by_year, parts_of, value_labels
from ..wording.language import Language
from .facets import Facet, by_alphabet, facets_of

STATEMENT_FACETS = ("kind", "issue", "actor", "stance", "modality", "proof", "source")
"""In display order; each is also a parameter of the page's URL: `?stance=against`."""

MOST_ROWS = 200
"""Greatest number of statements in the page itself."""


@dataclass(frozen=True)
class ExploreView:
    years: list[tuple[str, list[Statement]]]
    """The newest statements, by year; the newest year first."""

    facets: list[Facet]
    total: int
    left_out: int
    """The number of older statements, which only the search index has."""

    parts: list[str]
    """The years, months and days that have a file of statements, newest first."""


def explore_view(statements: Iterable[Statement], language: Language) -> ExploreView:
    """The explorer's view of statements, which are newest first."""
    statements = list(statements)
    shown = statements[:MOST_ROWS]
    facets = [facet.most_frequent() for facet in statement_facets(statements, language)]
    return ExploreView(
        by_year(shown),
        facets,
        len(statements),
        len(statements) - len(shown),
        [dates for dates, _ in parts_of(statements)],
    )


def statement_facets(statements: Iterable[Statement], language: Language) -> list[Facet]:
    """Facets of statements: fixed values in display order, names in alphabetical order."""
    names: dict[str, dict[str, str]] = {name: {} for name in ("issue", "actor", "source")}
    for statement in statements:
        for name, things in (("issue", statement.issues), ("actor", statement.actors), ("source", statement.sources)):
            names[name].update((thing.key, thing.name) for thing in things)
    labels = value_labels(language) | {name: by_alphabet(things) for name, things in names.items()}
    return facets_of([statement.filters for statement in statements], {name: labels[name] for name in STATEMENT_FACETS})
