"""Facets: the filters of a list, each value with its label and count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..wording.words import fold

MOST_VALUES = 200
"""Greatest number of values of a facet; readers can search for the others."""


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """Values with a count of 0 are left out."""

    name: str
    """Also a parameter of the page's URL: `?actor=actor/nato`."""

    values: tuple[FacetValue, ...]

    def most_frequent(self, anyway: int | None = None) -> Facet:
        """Keep the most frequent values in their order, and those with a count above `anyway`."""
        frequent = sorted(self.values, key=lambda value: -value.count)
        kept = set(frequent[:MOST_VALUES])
        kept.update(value for value in frequent if anyway is not None and value.count > anyway)
        return Facet(self.name, tuple(value for value in self.values if value in kept))


def facets_of(filters: Iterable[Mapping[str, Sequence[str]]], labels: Mapping[str, Mapping[str, str]]) -> list[Facet]:
    """Count each item's values (`filters`, by facet). `labels` gives the facets, their values and the order."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in labels}
    for values in filters:
        for name, counter in counts.items():
            counter.update(values[name])
    facets = [
        Facet(
            name, tuple(FacetValue(key, label, counts[name][key]) for key, label in words.items() if counts[name][key])
        )
        for name, words in labels.items()
    ]
    return [facet for facet in facets if facet.values]


def by_alphabet(names: Mapping[str, str]) -> dict[str, str]:
    """Sort names by key in the order of the names, ignoring accents and case."""
    return dict(sorted(names.items(), key=lambda item: fold(item[1])))
