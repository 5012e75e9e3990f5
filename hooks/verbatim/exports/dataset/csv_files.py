"""CSV files (RFC 4180): one for each sheet, in UTF-8, safe to open in a spreadsheet.

Spreadsheets run a cell that begins like a formula, and some begin a new cell at a semicolon, a tab or a line break.
What begins so there gets an apostrophe in front, as does what begins with an apostrophe, so that taking one away gives
the text back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

from .sheets import Sheet

FOLDER = "csv/"

_DANGEROUS = re.compile(r"((?:^|[;\t\r\n]) *)(?=['=+\-@＝＋－＠\t\r])")
"""Where an apostrophe is put: where the explorer's download has one, and before apostrophes."""

_SUSPECT = re.compile(r"\A[ '=+\-@＝＋－＠]|[;\t\r\n]")
"""What a text has if it has such a place; most have none, and cost no more than a look."""

_DEFUSED = re.compile(r"((?:^|[;\t\r\n]) *)'")


def defuse(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    return _DANGEROUS.sub(r"\1'", text) if _SUSPECT.search(text) else text


def restore(text: str) -> str:
    """The text that was defused."""
    return _DEFUSED.sub(r"\1", text)


def csv_file(sheet: Sheet) -> tuple[str, bytes]:
    """The path of a sheet's file, below the API's folder, and its content."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([column.name for column in sheet.columns])
    written = [(place, _WRITTEN[each.kind]) for place, each in enumerate(sheet.columns) if each.kind in _WRITTEN]
    for row in sheet.rows:
        cells = row.copy()
        for place, write in written:
            cells[place] = write(cells[place])
        writer.writerow(cells)
    return path_of(sheet.name), output.getvalue().encode()


def path_of(name: str) -> str:
    return f"{FOLDER}{name}.csv"


def _truth(value: bool | None) -> str | None:
    return None if value is None else "true" if value else "false"


def _defused(value: str | None) -> str | None:
    return defuse(value) if value else value


_WRITTEN: dict[str, Callable[[Any], str | None]] = {
    "flag": _truth, "line": _defused, "text": _defused, "prose": _defused, "url": _defused,
}  # fmt: skip
"""By kind of column; the others, such as ids and dates, are written as they are: none can begin like a formula."""
