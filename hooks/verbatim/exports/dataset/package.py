"""Package: `datapackage.json` (Frictionless Data Package 1), which describes the CSV files and the database."""

from __future__ import annotations

from typing import Any

from ...views.addresses import Site
from ...wording.language import Language
from . import database
from .columns import Column
from .csv_files import path_of
from .schemas import about
from .sheets import Foreign, Sheet

NAME = "datapackage.json"

_TYPES = {"number": "integer", "flag": "boolean", "day": "date"}


class Package:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._resources: dict[str, list[dict[str, Any]]] = {}
        """By table."""

    def add(self, sheet: Sheet) -> None:
        schema: dict[str, Any] = {"fields": [self._field(sheet, column) for column in sheet.columns]}
        if sheet.key:
            schema["primaryKey"] = list(sheet.key)
        if sheet.foreign:
            schema["foreignKeys"] = [_foreign(each) for each in sheet.foreign]
        resource = {
            "name": sheet.name,
            "path": path_of(sheet.name),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {**schema, "missingValues": [""]},
        }
        self._resources.setdefault(sheet.table.name, []).append(resource)

    def csv_of(self, table: str) -> list[str]:
        """The paths of a table's CSV files."""
        return [resource["path"] for resource in self._resources[table]]

    def content(self, site: Site, updated: str | None, order: list[str]) -> dict[str, Any]:
        words = self._language.t("data.rights").unescape(), self._language.t("data.csv-safe").unescape()
        about_file = {
            "name": "database",
            "path": database.NAME,
            "format": "sqlite",
            "mediatype": "application/vnd.sqlite3",
        }
        return {
            "profile": "data-package",
            "name": "verbatim-data",
            "title": site.name,
            "description": " ".join(words),
            **({"homepage": site.url} if site.url else {}),
            **({"version": updated} if updated else {}),
            **({"licenses": [{"name": site.licence.name, "path": site.licence.url}]} if site.licence else {}),
            "resources": [*(each for name in order for each in self._resources[name]), about_file],
        }

    def _field(self, sheet: Sheet, column: Column) -> dict[str, Any]:
        constraints: dict[str, Any] = {} if column.optional else {"required": True}
        if column.choices:
            constraints["enum"] = list(column.choices)
        field = {
            "name": column.name,
            "type": _TYPES.get(column.kind, "string"),
            "description": about(self._language, sheet.table, column),
        }
        return {**field, "constraints": constraints} if constraints else field


def _foreign(foreign: Foreign) -> dict[str, Any]:
    fields, key = list(foreign.columns), list(foreign.key)
    reference = {"resource": foreign.sheet, "fields": key if len(key) > 1 else key[0]}
    return {"fields": fields if len(fields) > 1 else fields[0], "reference": reference}
