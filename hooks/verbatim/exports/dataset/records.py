"""JSON: a file a table, in parts by year where it would be long, a file a record, and the index that names them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from .columns import Row
from .schemas import SCHEMAS
from .structure import Dataset, Table
from .tables import TABLES

MOST_BYTES = 4_000_000
"""Of a table's file, before it is parted. Such files are compressed to a quarter or less, so to 1 MB at most."""

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Files = Iterator[tuple[str, bytes]]


class Records:
    """The rows of all tables as JSON; tables are added from the last to the first, so that what they hold is there."""

    def __init__(self, data: Dataset, updated: str | None) -> None:
        self.data = data
        self.updated = {"updated": updated} if updated else {}
        self.parts: dict[str, list[str]] = {}
        """By table: the names of its parts."""

        self._named: dict[tuple[str, str], dict[str, list[str]]] = {
            (owner.name, name): defaultdict(list) for owner in TABLES for name in owner.holds
        }
        """By owner and table: the rows that name a record, by its id."""

    def add(self, table: Table, rows: Sequence[tuple[Any, Row]]) -> Files:
        """The files of a table: its path below the API's folder, and its content."""
        written = [(each, encode(row)) for each, row in rows]
        yield from self._whole(table, written)
        for owner in TABLES:
            if table.name in owner.holds:
                named = self._named[owner.name, table.name]
                for (_, row), (_, text) in zip(rows, written, strict=True):
                    named[row[owner.singular]].append(text)
        if table.holds:
            for (_, row), (_, text) in zip(rows, written, strict=True):
                yield f"{table.name}/{row['id']}.json", self._one(table, row, text)

    def _whole(self, table: Table, written: Sequence[tuple[Any, str]]) -> Files:
        """The file of a table; where it is too long, it names its parts, and has no rows."""
        whole = self._list(table, [text for _, text in written])
        years: dict[str, list[str]] = {}
        if table.year and len(whole) > MOST_BYTES:
            year = table.year
            by_year = sorted(written, key=lambda each: year(each[0]).year)
            for number, group in groupby(by_year, key=lambda each: year(each[0]).year):
                years[f"{table.name}-{number:04}.json"] = [text for _, text in group]
            whole = self._list(table, [], parts=list(years))
        self.parts[table.name] = list(years)
        yield f"{table.name}.json", whole
        for name, texts in years.items():
            yield name, self._list(table, texts)

    def _list(self, table: Table, texts: Sequence[str], parts: Sequence[str] = ()) -> bytes:
        head = {"$schema": f"{SCHEMAS}{table.name}.json", "table": table.name, **self.updated, "parts": parts}
        return _with(encode(head), {"rows": texts})

    def _one(self, table: Table, row: Row, text: str) -> bytes:
        held = {name: self._named[table.name, name].get(row["id"], []) for name in table.holds}
        head = {"$schema": f"../{SCHEMAS}{table.singular}.json", "pages": self.data.pages(row["page"])}
        return _with(f"{encode(head)[:-1]},{text[1:]}", held)


def _with(text: str, lists: Mapping[str, Sequence[str]]) -> bytes:
    """A written object with further lists of written rows, a line each."""
    for name, rows in lists.items():
        separator = ",\n" if rows else ""
        text = f'{text[:-1]},"{name}":[{separator[1:]}{separator.join(rows)}]}}'
    return f"{text}\n".encode()
