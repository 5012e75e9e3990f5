"""Columns: what a table of the published data holds, and how each value is read from a view or a record.

A row is a dictionary of JSON values; what is not known, and a list of nothing, is left out of it. A text is a
dictionary by language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Literal

from ...model.dates import Edtf

Kind = Literal[
    "id", "line", "text", "prose", "page", "date", "day", "number", "flag", "choice", "ref", "url", "list", "records"
]  # fmt: skip
"""`text` and `prose` (Markdown) are by language; a `page` is an address below the root of any language. `date` is EDTF,
`day` is YYYY-MM-DD. A `list` has items of one column, `records` has items of several."""

BY_LANGUAGE = ("text", "prose")

Row = dict[str, Any]

Read = str | Callable[[Any], Any]
"""The path of an attribute, `position.stance`, or a function."""


@dataclass(frozen=True)
class Column:
    name: str
    """The model's word, where the model has it."""

    kind: Kind
    read: Callable[[Any], Any]
    """Takes what the table makes a row of; returns None for what is not known."""

    optional: bool = False
    to: str = ""
    """The table that a `ref` leads to."""

    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    """Of the items of a `list`, which has one, or of `records`."""

    label: str = ""
    """The name by which its words are found, if not its own."""

    item: str = ""
    """What one item is called: `addition`; it names the tables of lists inside it."""


def row_of(columns: Sequence[Column], each: Any) -> Row:
    """The row that columns read from a thing."""
    row = {}
    for column in columns:
        value = column.read(each)
        if value is None or (column.columns and not value):
            continue
        if column.kind == "list":
            value = [column.columns[0].read(item) for item in value]
        elif column.kind == "records":
            value = [row_of(column.columns, item) for item in value]
        row[column.name] = value
    return row


def plain(name: str, kind: Kind = "line", read: Read = "", *, optional: bool = False) -> Column:
    """A column that shows an attribute as it is; by default the one of its name."""
    return Column(name, kind, _reader(read or name), optional)


def written(name: str, read: Read = "", *, optional: bool = False) -> Column:
    """A value as authors write it, such as a locator."""
    return Column(name, "line", _string(_reader(read or name)), optional)


def choice(name: str, choices: Sequence[str], read: Read = "", *, optional: bool = False) -> Column:
    return Column(name, "choice", _reader(read or name), optional, choices=tuple(choices))


def ref(name: str, to: str, read: Read = "", *, optional: bool = False) -> Column:
    """The id of a row of another table."""
    return Column(name, "ref", _reader(read or name), optional, to=to)


def edtf(name: str, read: Read = "", *, optional: bool = False) -> Column:
    """A date as the source gives it."""
    return Column(name, "date", _string(_reader(read or name)), optional)


def dates(name: str, read: Read = "", *, optional: bool = False) -> tuple[Column, ...]:
    """A date as the source gives it, and the earliest and the latest day that it can mean, to sort by."""
    get = _reader(read or name)

    def bound(end: str, open_end: date) -> Callable[[Any], str | None]:
        def read(each: Any) -> str | None:
            value: Edtf | None = get(each)
            day = getattr(value, end) if value else open_end
            return None if day == open_end else str(day.isoformat())

        return read

    return (
        edtf(name, get, optional=optional),
        Column(f"{name}_first", "day", bound("lower", date.min), optional=True),
        Column(f"{name}_last", "day", bound("upper", date.max), optional=True),
    )


def day(name: str, read: Read = "", *, optional: bool = False) -> Column:
    get = _reader(read or name)
    return Column(name, "day", lambda each: value.isoformat() if (value := get(each)) else None, optional)


def listed(name: str, item: Column, read: Read = "") -> Column:
    """A list of values."""
    return Column(name, "list", _reader(read or name), columns=(item,), item=item.name)


def records(name: str, item: str, columns: Sequence[Column], read: Read = "") -> Column:
    """A list of records."""
    return Column(name, "records", _reader(read or name), columns=tuple(columns), item=item)


def itself(each: Any) -> Any:
    """Reads an item of a list of plain values."""
    return each


def _reader(read: Read) -> Callable[[Any], Any]:
    return attrgetter(read) if isinstance(read, str) else read


def _string(get: Callable[[Any], Any]) -> Callable[[Any], str | None]:
    return lambda each: str(value) if (value := get(each)) is not None else None
