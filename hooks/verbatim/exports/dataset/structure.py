"""Structure: what a table of the dataset is, and the dataset that its rows are read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from ...model.entities import Briefing
from ...views.addresses import Site
from ...views.atlas import Atlas, told_days
from ...wording.language import Language
from .columns import Column, Row, plain, row_of


@dataclass(frozen=True)
class Dataset:
    """The atlas, and where the pages are to which rows lead."""

    atlas: Atlas
    root: str
    """The address of the whole site, with a closing slash; empty where it is not known."""

    editions: tuple[tuple[str, str], ...]
    """Languages, the default one first, each with the folder of its pages: `en/`."""

    def pages(self, url: str) -> dict[str, str]:
        """The addresses of a page by language; from the root of the whole site where that is not known."""
        return {lang: f"{self.root}{folder}{url}" for lang, folder in self.editions}

    @property
    def languages(self) -> list[str]:
        return [lang for lang, _ in self.editions]


def dataset_of(atlas: Atlas, language: Language, site: Site) -> Dataset:
    """The dataset of the whole site, to which a site in one language belongs."""
    root = urljoin(site.url, site.root) if site.url else ""
    return Dataset(atlas, root, site.editions or ((language.code, ""),))


@dataclass(frozen=True)
class Table:
    name: str
    """In the plural; the name of its files."""

    singular: str
    rows: Callable[[Atlas], Iterable[Any]]
    """What becomes a row each; the same in every build."""

    columns: tuple[Column, ...]
    """Its own; `all_columns` has those that many tables share."""

    key: tuple[str, ...] = ("id",)
    """The columns that tell rows apart."""

    url: Callable[[Any], str] | None = None
    """Where readers see a row; relative to the language's root."""

    touched: Callable[[Atlas, Any], Iterable[Briefing]] | None = None
    """The briefings that say something of a row."""

    year: Callable[[Any], date] | None = None
    """A day of the year in whose part a row stands, where the table is too long for one file."""

    holds: tuple[str, ...] = ()
    """Each row has a file of its own, with its addresses in all languages and the rows of these tables that name it."""

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return (*self.columns, *((UPDATED,) if self.touched else ()), *((PAGE,) if self.url else ()))

    def read(self, data: Dataset) -> Iterator[tuple[Any, Row]]:
        """Each thing with its row."""
        for each in self.rows(data.atlas):
            row = row_of(self.columns, each)
            if self.touched and (days := [day_of(briefing) for briefing in self.touched(data.atlas, each)]):
                row["updated"] = max(days).isoformat()
            if self.url:
                row["page"] = self.url(each)
            yield each, row


UPDATED = plain("updated", "day", optional=True)
PAGE = plain("page", "page")


def day_of(briefing: Briefing) -> date:
    """The day of a briefing's state: its own, or that of its latest update."""
    return max(told_days(briefing))
