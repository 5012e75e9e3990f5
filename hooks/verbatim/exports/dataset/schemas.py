"""JSON Schemas of the JSON files: one for each table's list, one for the file of each record, one for the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...model.standing import STANCES
from ...views.edits import KINDS as EDIT_KINDS
from ...wording.language import Language
from .columns import Column
from .structure import Table
from .tables import TABLES

SCHEMAS = "schema/"
"""Their folder, below that of the API."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_STRING = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-z]{2}$"}}

_KINDS: Mapping[str, Any] = {
    "id": {"type": "string", "pattern": "^[a-z0-9/-]+$"},
    "ref": {"type": "string", "pattern": "^[a-z0-9/-]+$"},
    "line": _STRING,
    "text": {**_TEXT, "additionalProperties": _STRING},
    "prose": {**_TEXT, "additionalProperties": {"type": "string", "contentMediaType": "text/markdown"}},
    "page": {"type": "string", "format": "uri-reference"},
    "date": {
        "type": "string",
        "pattern": r"^(\.\.|[0-9]{3}[0-9X][0-9T:+Z~?%-]*)(/(\.\.|[0-9]{3}[0-9X][0-9T:+Z~?%-]*))?$",
    },
    "day": _DAY,
    "number": {"type": "integer"},
    "flag": {"type": "boolean"},
    "choice": _STRING,
    "url": {"type": "string", "format": "uri"},
}


def about(language: Language, table: Table, column: Column) -> str:
    """What a column holds, in words: the table's own, or those for all columns of that name."""
    name = (column.label or column.name).replace("_", "-")
    own = f"data.column.{table.name.replace('_', '-')}-{name}"
    return language.t(own if own in language else f"data.column.{name}").unescape()


def about_table(language: Language, table: Table) -> str:
    return language.t(f"data.table.{table.name.replace('_', '-')}").unescape()


def list_schema(table: Table, language: Language) -> dict[str, Any]:
    """Of a table's file, and of its parts."""
    properties = {
        "$schema": _STRING,
        "table": {"const": table.name},
        "updated": _DAY,
        "parts": {"type": "array", "items": _STRING},
        "rows": {"type": "array", "items": _object(table, table.all_columns, language)},
    }
    return _schema(table.name, about_table(language, table), properties, optional={"updated"})


def record_schema(table: Table, language: Language) -> dict[str, Any]:
    """Of the file of one record, with the rows that it holds."""
    row = _object(table, table.all_columns, language)
    held = {
        other.name: {"type": "array", "items": _object(other, other.all_columns, language)}
        for other in TABLES
        if other.name in table.holds
    }
    optional = row["properties"].keys() - set(row["required"])
    pages = {**_TEXT, "additionalProperties": {"type": "string", "format": "uri-reference"}}
    properties = {"$schema": _STRING, "pages": pages, **row["properties"], **held}
    return _schema(table.singular, about_table(language, table), properties, optional=optional)


def index_schema(title: str) -> dict[str, Any]:
    strings = {"type": "array", "items": _STRING}
    tables = {
        "name": _STRING,
        "about": _STRING,
        "rows": {"type": "integer"},
        "json": _STRING,
        "parts": strings,
        "schema": _STRING,
        "csv": strings,
        "each": _STRING,
        "each_schema": _STRING,
    }
    properties = {
        "$schema": _STRING,
        "name": _STRING,
        "address": {"type": "string", "format": "uri"},
        "updated": _DAY,
        "editions": {"type": "array", "items": _closed({"lang": _STRING, "address": _STRING})},
        "licence": _closed({"name": _STRING, "url": {"type": "string", "format": "uri"}}),
        "rights": _STRING,
        "tables": {"type": "array", "items": _closed(tables, optional={"each", "each_schema"})},
        "database": _STRING,
        "package": _STRING,
        "edits": _STRING,
    }
    return _schema("index", title, properties, optional={"address", "updated", "licence"})


def edits_schema(title: str) -> dict[str, Any]:
    """Of the file of edits."""
    columns = {
        "state": _STRING,
        "table": {"enum": [table.name for table in TABLES]},
        "id": _KINDS["id"],
        "kind": {"enum": list(EDIT_KINDS)},
        "fields": {"type": "array", "items": _STRING},
        "former": _KINDS["id"],
        "stance_before": {"enum": list(STANCES)},
        "stance_after": {"enum": list(STANCES)},
    }
    rows = _closed(columns, optional={"fields", "former", "stance_before", "stance_after"})
    properties = {"$schema": _STRING, "state": _STRING, "rows": {"type": "array", "items": rows}}
    return _schema("edits", title, properties, optional=set())


def _schema(name: str, title: str, properties: Mapping[str, Any], optional: set[str]) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": f"{name}.json", "title": title, **_closed(properties, optional)}


def _closed(properties: Mapping[str, Any], optional: set[str] | frozenset[str] = frozenset()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def _object(table: Table, columns: Sequence[Column], language: Language) -> dict[str, Any]:
    properties = {column.name: _value(table, column, language) for column in columns}
    return _closed(properties, {column.name for column in columns if column.optional or column.columns})


def _value(table: Table, column: Column, language: Language) -> dict[str, Any]:
    words = {"description": about(language, table, column)}
    if column.kind == "list":
        return {**words, "type": "array", "items": _value(table, column.columns[0], language)}
    if column.kind == "records":
        return {**words, "type": "array", "items": _object(table, column.columns, language)}
    if column.choices:
        return {**words, "enum": list(column.choices)}
    return {**words, **_KINDS[column.kind]}
