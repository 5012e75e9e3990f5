"""Comparison: what differs between two states of the dataset.

A state is what `/api/v1/` has: its rows by table. What the newer state's own briefings tell, such as a position with a
day of its own, is no edit; what was altered in rows that were published before is one, and so is what came late, under
a day that the earlier state had already told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.standing import STANCES
from ...views.edits import KINDS, Edit, EditKind
from .columns import Column, Row
from .schemas import SCHEMAS
from .structure import Dataset, Table
from .tables import TABLES

Names = dict[str, dict[str, str]]
"""New ids by earlier ones, by table."""

EDITS = "edits.json"

COMPARED = ("briefings", "actors", "issues", "positions", "events", "sources", "quotations")
"""The tables whose rows have an id that lasts."""

_DERIVED = frozenset(
    {"id", "formerly", "updated", "page", "independent_sources", "selectors", "lang", "withdrawn_reason"}
)
"""Columns that follow from others; `_first` and `_last` of dates do, too."""

_WORDING = frozenset(
    {
        "title", "summary", "description", "condition", "short", "question", "topics", "aliases", "date_text",
        "translation", "place", "status", "verified", "wikidata", "locator",
    }
)  # fmt: skip
"""Columns whose alteration corrects no fact."""

_GROWING = frozenset(
    {
        "evidence",
        "additions",
        "corroborated_in",
        "updates",
        "key_points",
        "open_questions",
        "sources",
        "roles",
        "member_of",
    }
)
"""Lists to which more may be added; what is taken out of one or altered in it is corrected."""

_BROUGHT = frozenset({"additions", "corroborated_in", "status", "evidence"})
"""What a later briefing brings to an event."""

_NEEDED = {"id", "briefing", "actor", "stance"}
_TYPES: dict[str, type | tuple[type, ...]] = {"text": dict, "prose": dict, "number": (int, float), "flag": bool}
_STATE = re.compile(r"(\d{4}-\d{2}-\d{2}(\.\d{2,})?)?")

_LATE = ("briefings", "positions", "events")


@dataclass(frozen=True)
class State:
    """A published state, or the one that is being built."""

    day: str
    """As `Edit.told`; empty for a state without a briefing."""

    rows: Mapping[str, Sequence[Row]]
    """By table."""

    edits: tuple[Edit, ...] = ()
    """Those that it tells already."""


def state_of(data: Dataset) -> State:
    """The state that is being built, before it is compared with another."""
    rows = {table.name: [row for _, row in table.read(data)] for table in TABLES if table.name in COMPARED}
    return State(data.atlas.state, rows, data.atlas.edits)


def state_from(rows: Mapping[str, Sequence[Row]], edits: Sequence[Edit] = (), day: str = "") -> State:
    """A state as it was published; `day` as it called itself, where it did."""
    return State(max([day or _latest_day(rows), *(edit.told for edit in edits)]), rows, tuple(edits))


def written_edits(data: Dataset) -> dict[str, Any]:
    """The file of edits: what the state is called, and what it tells of earlier ones."""
    rows = []
    for edit in data.atlas.edits:
        row = {"state": edit.told, "table": edit.table, "id": edit.id, "kind": edit.kind, "fields": [*edit.fields]}
        row |= {"former": edit.former, "stance_before": edit.stance_before, "stance_after": edit.stance_after}
        rows.append({name: value for name, value in row.items() if value})
    return {"$schema": f"{SCHEMAS}{EDITS}", "state": data.atlas.state, "rows": rows}


def parsed_state(files: Mapping[str, Any], edits: Any) -> State:
    """A state from the parsed JSON files of its tables, with the rows of their parts in them, and of its edits.

    Raises ValueError for what no build has written.
    """
    rows = {}
    for table in TABLES:
        if table.name in COMPARED:
            rows[table.name] = _rows_in(files.get(table.name))
            if not all(
                _fits(row, table.columns) and _NEEDED & {c.name for c in table.columns} <= row.keys()
                for row in rows[table.name]
            ):
                raise ValueError
    found = [_parsed_edit(row) for row in _rows_in(edits)]
    state = edits.get("state")
    if not isinstance(state, str) or not _STATE.fullmatch(state):
        raise ValueError
    return state_from(rows, found, state)


def _rows_in(content: Any) -> list[Row]:
    rows = content.get("rows") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError
    return rows


def _parsed_edit(row: Row) -> Edit:
    words = [row.get(name, "") for name in ("state", "table", "id", "kind", "former", "stance_before", "stance_after")]
    fields = row.get("fields", [])
    if not (isinstance(fields, list) and all(isinstance(word, str) for word in [*words, *fields])):
        raise ValueError
    state, table, id, word, former, before, after = words
    kind = next((kind for kind in KINDS if kind == word), None)
    if not (kind and table in COMPARED and _STATE.fullmatch(state) and {before, after} <= {"", *STANCES}):
        raise ValueError
    return Edit(state, table, id, kind, tuple(fields), former, before, after)


def _fits(row: Any, columns: Sequence[Column]) -> bool:
    """Whether what a row has of these columns is of their kinds."""
    return isinstance(row, dict) and all(_is_of(row[column.name], column) for column in columns if column.name in row)


def _is_of(value: Any, column: Column) -> bool:
    if column.kind == "records":
        return isinstance(value, list) and all(_fits(item, column.columns) for item in value)
    if column.kind == "list":
        return isinstance(value, list) and all(_is_of(item, column.columns[0]) for item in value)
    return isinstance(value, _TYPES.get(column.kind, str))


def _latest_day(rows: Mapping[str, Sequence[Row]]) -> str:
    return max((row.get("updated", "") for row in rows.get("briefings", ())), default="")


def edits_between(before: State, after: State) -> tuple[Edit, ...]:
    """The edits that the newer state tells: those of the earlier one, and what differs; by state, then by table.

    The same states always give the same edits; a state compared with itself gives none that it does not have.
    """
    found = [each for each in differences(before, after) if each.kind != "new" or _is_late(each, before, after)]
    return tuple(sorted({*before.edits, *found}))


def differences(before: State, after: State) -> list[Edit]:
    """Everything that differs, new rows too."""
    told = after.day if after.day > before.day[:10] else _next_state(before.day)
    names = _renamed(before, after)
    tables = [table for table in TABLES if table.name in COMPARED]
    return [replace(edit, told=told) for table in tables for edit in _of_table(table, before, after, names)]


def _next_state(state: str) -> str:
    """The state after another of the same day."""
    day, _, number = state.partition(".")
    return f"{day}.{int(number or 0) + 1:02}"


def _is_late(edit: Edit, before: State, after: State) -> bool:
    """Whether a new row has a day of which the earlier state had told."""
    if edit.table not in _LATE or not before.day:
        return False
    briefings = {row["id"]: row for row in after.rows["briefings"]}
    row = next(row for row in after.rows[edit.table] if row["id"] == edit.id)
    briefing = briefings[row["briefing"] if edit.table != "briefings" else edit.id]
    return str(briefing.get("date_last", "")) <= before.day[:10]


def _of_table(table: Table, before: State, after: State, names: Names) -> Iterator[Edit]:
    earlier = {row["id"]: row for row in before.rows.get(table.name, ())}
    formers = {new: old for old, new in names[table.name].items()}
    known = {names["briefings"].get(row["id"], row["id"]) for row in before.rows.get("briefings", ())}
    new_briefings = {row["id"] for row in after.rows["briefings"]} - known
    for row in after.rows[table.name]:
        id: str = row["id"]
        former: str = formers.get(id, id)
        if former not in earlier:
            yield Edit("", table.name, id, "new")
            continue
        if former != id:
            yield Edit("", table.name, id, "renamed", former=former)
        yield from _of_row(table.name, _in_new_names(earlier[former], table.columns, names), row, new_briefings)
    now = {formers.get(row["id"], row["id"]) for row in after.rows[table.name]}
    for id in earlier.keys() - now:
        yield Edit("", table.name, id, "removed")


def _renamed(before: State, after: State) -> Names:
    """The ids that are others now, by table."""
    names: Names = {}
    for table in COMPARED:
        earlier = {row["id"] for row in before.rows.get(table, ())}
        ids = {row["id"] for row in after.rows[table]}
        names[table] = {
            former: row["id"]
            for row in after.rows[table]
            for former in row.get("formerly", ())
            if row["id"] not in earlier and former in earlier - ids
        }
    sources = {f"source/{old}": f"source/{new}" for old, new in names["sources"].items()}
    voices = {
        f"{old}/{voice}": f"{new}/{voice}"
        for old, new in names["briefings"].items()
        for voice in {row["actor"].rpartition("/")[2] for row in before.rows["positions"] if row["briefing"] == old}
    }
    return {**names, "parties": names["actors"] | sources | voices}


def _in_new_names(row: Row, columns: Sequence[Column], names: Names) -> Row:
    """An earlier row whose references name what was renamed since as it is named now."""
    written = dict(row)
    for column in columns:
        value = row.get(column.name)
        if value is None:
            continue
        if column.kind == "ref":
            written[column.name] = names.get(column.to, {}).get(value, value)
        elif column.kind == "records":
            written[column.name] = [_in_new_names(item, column.columns, names) for item in value]
        elif column.kind == "list" and column.columns[0].kind == "ref":
            of = names.get(column.columns[0].to, {})
            written[column.name] = [of.get(item, item) for item in value]
    return written


def _of_row(table: str, old: Row, new: Row, new_briefings: set[str]) -> Iterator[Edit]:
    fields = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name) and not _is_derived(name)}
    if "withdrawn" in fields and "withdrawn" in new:
        yield Edit("", table, new["id"], "withdrawn")
        fields -= {"withdrawn"}
    if table == "events" and _is_brought(old, new, new_briefings):
        fields -= {name for name in fields & _BROUGHT if name == "status" or _has_grown(old, new, name)}
    if fields:
        corrected = table == "sources" or any(_is_fact(old, new, name) for name in fields)
        stances = (old["stance"], new["stance"]) if "stance" in fields else ("", "")
        kind: EditKind = "corrected" if corrected else "changed"
        yield Edit("", table, new["id"], kind, tuple(sorted(fields)), "", *stances)


def _is_derived(name: str) -> bool:
    return name in _DERIVED or name.endswith(("_first", "_last"))


def _is_fact(old: Row, new: Row, name: str) -> bool:
    """Whether what differs says that something was not as it had been told."""
    if name == "additions" and any("corrects" in each for each in _added(old, new, name)):
        return True
    return name not in _WORDING and not (name in _GROWING and _has_grown(old, new, name))


def _is_brought(old: Row, new: Row, new_briefings: set[str]) -> bool:
    """Whether an event differs by what new briefings add to it, which they tell themselves."""
    briefings = {each["briefing"] for each in _added(old, new, "additions")} | set(_added(old, new, "corroborated_in"))
    return bool(briefings) and briefings <= new_briefings


def _has_grown(old: Row, new: Row, name: str) -> bool:
    """Whether a list has all that it had."""
    return all(item in new.get(name, ()) for item in old.get(name, ()))


def _added(old: Row, new: Row, name: str) -> list[Any]:
    return [item for item in new.get(name, ()) if item not in old.get(name, ())]
