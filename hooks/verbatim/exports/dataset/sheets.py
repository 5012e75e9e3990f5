"""Sheets: the tables without lists, as the CSV files and the database hold them.

A list becomes a sheet of its own: `events.actors` is `event_actors`, whose rows name the event and count from 1. A text
becomes a column for each language: `title_fr`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .columns import BY_LANGUAGE, Column, Row, plain
from .structure import Table

NUMBER = plain("number", "number")
OWNER = "owner"
"""Names the words for columns that say in which row a list is."""


@dataclass(frozen=True)
class Foreign:
    """Columns that name a row of another sheet."""

    columns: tuple[str, ...]
    sheet: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    name: str
    singular: str
    table: Table
    columns: tuple[Column, ...]
    """Each of one value."""

    key: tuple[str, ...]
    """The columns that tell rows apart; none where nothing does."""

    owner: Foreign | None
    """The row in which a row's list is; None for a table."""

    rows: list[list[Any]] = field(repr=False)
    """None for what is not known."""

    @property
    def foreign(self) -> list[Foreign]:
        """What its columns lead to, that of a list first."""
        refs = [Foreign((column.name,), column.to, ("id",)) for column in self.columns if column.to]
        return [self.owner, *refs] if self.owner else refs


def sheets_of(table: Table, rows: Sequence[Row], languages: Sequence[str]) -> Iterator[Sheet]:
    """The sheet of a table, and those of its lists.

    A text has a column for each of the languages, and for each other one that it is written in somewhere.
    """
    whole = _Nested(
        table.name, table.singular, table.singular, table.all_columns, (), None, [((), row) for row in rows]
    )
    yield from _sheets(whole, table, languages)


@dataclass(frozen=True)
class _Nested:
    """Rows that may hold lists."""

    name: str
    singular: str
    called: str
    """What the sheets of its lists call one of its rows."""

    columns: tuple[Column, ...]
    inherited: tuple[Column, ...]
    """For a list: the columns that name the row in which it is, and its number there."""

    owner: Foreign | None
    rows: list[tuple[tuple[Any, ...], Row]]
    """Each behind its values of the inherited columns."""


def _sheets(nested: _Nested, table: Table, languages: Sequence[str]) -> Iterator[Sheet]:
    single = [
        part for column in nested.columns if not column.columns for part in _parts(column, nested.rows, languages)
    ]
    key = tuple(column.name for column in nested.inherited) if nested.owner else table.key
    yield Sheet(
        name=nested.name,
        singular=nested.singular,
        table=table,
        columns=(*nested.inherited, *(column for column, _, _ in single)),
        key=key,
        owner=nested.owner,
        rows=[
            [*values, *(row.get(name, {}).get(lang) if lang else row.get(name) for _, name, lang in single)]
            for values, row in nested.rows
        ],
    )
    for column in nested.columns:
        if column.columns:
            yield from _sheets(_inside(nested, column, key), table, languages)


def _parts(
    column: Column, rows: Sequence[tuple[Any, Row]], languages: Sequence[str]
) -> Iterator[tuple[Column, str, str]]:
    """The columns that a column becomes, each with the name of its value in a row, and the language of that."""
    if column.kind not in BY_LANGUAGE:
        yield column, column.name, ""
        return
    others = {lang for _, row in rows for lang in row.get(column.name, ())} - {*languages}
    for lang in (*languages, *sorted(others)):
        yield replace(column, name=f"{column.name}_{lang}", label=column.name, optional=True), column.name, lang


def _inside(nested: _Nested, column: Column, key: tuple[str, ...]) -> _Nested:
    """The items of a list, as rows."""
    if nested.owner:
        named = (*nested.inherited[:-1], replace(nested.inherited[-1], name=nested.called, label=OWNER))
    else:
        named = (replace(plain(nested.called, "id"), label=OWNER),)
    rows: list[tuple[tuple[Any, ...], Row]] = []
    for values, row in nested.rows:
        place = values if nested.owner else (row["id"],)
        for number, item in enumerate(row.get(column.name, ()), 1):
            rows.append(((*place, number), item if column.kind == "records" else {column.item: item}))
    return _Nested(
        name=f"{nested.singular}_{column.name}",
        singular=f"{nested.singular}_{column.item}",
        called=column.item,
        columns=column.columns,
        inherited=(*named, NUMBER),
        owner=Foreign(tuple(each.name for each in named), nested.name, key),
        rows=rows,
    )
