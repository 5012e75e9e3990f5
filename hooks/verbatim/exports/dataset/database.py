"""Database: every sheet in one SQLite file, with foreign keys and a view of who stands where.

The same rows give the same bytes: tables are filled in one order, and the version of SQLite that wrote the file, which
its header would name, is left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from .columns import Column
from .sheets import Foreign, Sheet

NAME = "data.sqlite"

_TYPES = {"number": "INTEGER", "flag": "INTEGER"}
_VERSION_OF_WRITER = slice(96, 100)
"""Bytes of the header (SQLite's file format, 1.3)."""


class Database:
    """Sheets are added in any order; foreign keys may lead to those that come later."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute("PRAGMA page_size = 4096")
        self._connection.execute("BEGIN")

    def add(self, sheet: Sheet) -> None:
        lines = [_column(column) for column in sheet.columns]
        if sheet.key:
            lines.append(f"PRIMARY KEY ({_names(sheet.key)})")
        lines += [_foreign(each) for each in sheet.foreign]
        # Without row numbers a list's key is stored once; its rows are short, as SQLite advises for that.
        without = " WITHOUT ROWID" if sheet.owner else ""
        columns = ",\n  ".join(lines)
        self._connection.execute(f'CREATE TABLE "{sheet.name}" (\n  {columns}\n){without}')
        if sheet.rows:
            places = ", ".join("?" * len(sheet.columns))
            self._connection.executemany(f'INSERT INTO "{sheet.name}" VALUES ({places})', sheet.rows)

    def add_about(self, values: Mapping[str, str]) -> None:
        """What holds for the whole file, by name: its day, its licence."""
        self._connection.execute('CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL)')
        self._connection.executemany('INSERT INTO "about" VALUES (?, ?)', values.items())

    def add_views(self, languages: Sequence[str]) -> None:
        """`who_stands_where`: the positions that hold on the latest day, with the names of holder and question.

        Which hold is decided by `model.standing` alone: the table of standings has what it says.
        """
        names = [f'parties."name_{lang}" AS "actor_{lang}"' for lang in languages]
        shorts = [f'issues."short_{lang}" AS "issue_{lang}"' for lang in languages]
        self._connection.execute(f"""
CREATE VIEW "who_stands_where" AS
SELECT standings.issue, {", ".join(shorts)}, standings.actor, {", ".join(names)},
  standings.stance, standings.role, standings.modality, positions.said_by, positions.relayed_by,
  positions.date, standings.from_day, standings.position
FROM standings
JOIN positions ON positions.id = standings.position
JOIN parties ON parties.id = standings.actor
JOIN issues ON issues.id = standings.issue
WHERE standings.until_day IS NULL AND standings.role IN ('holds', 'contested')
ORDER BY standings.issue, standings.stance, standings.actor""")

    def content(self) -> bytes:
        """The file; nothing can be added after it."""
        self._connection.execute("COMMIT")
        content = bytearray(self._connection.serialize())
        self._connection.close()
        content[_VERSION_OF_WRITER] = bytes(4)
        return bytes(content)


def _column(column: Column) -> str:
    required = "" if column.optional else " NOT NULL"
    return f'"{column.name}" {_TYPES.get(column.kind, "TEXT")}{required}'


def _foreign(foreign: Foreign) -> str:
    return f'FOREIGN KEY ({_names(foreign.columns)}) REFERENCES "{foreign.sheet}" ({_names(foreign.key)})'


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
