"""CSV files (RFC 4180): one for each sheet, in UTF-8, safe to open in a spreadsheet.

Spreadsheets run a cell that begins like a formula, and some begin a new cell at a semicolon, a tab or a line break.
What begins so there gets an apostrophe in front, as does what begins with an apostrophe, so that taking one away gives
the text back.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from .sheets import Sheet

FOLDER = "csv/"

_DANGEROUS = re.compile(r"((?:^|[;\t\r\n]) *)(?=['=+\-@＝＋－＠\t\r])")
"""Where an apostrophe is put: where the explorer's download has one, and before apostrophes."""

_DEFUSED = re.compile(r"((?:^|[;\t\r\n]) *)'")


def defuse(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    return _DANGEROUS.sub(r"\1'", text)


def restore(text: str) -> str:
    """The text that was defused."""
    return _DEFUSED.sub(r"\1", text)


def csv_file(sheet: Sheet) -> tuple[str, bytes]:
    """The path of a sheet's file, below the API's folder, and its content."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return path_of(sheet.name), output.getvalue().encode()


def path_of(name: str) -> str:
    return f"{FOLDER}{name}.csv"


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return defuse(value)
        case _:
            return str(value)
