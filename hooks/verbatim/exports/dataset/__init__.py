"""Dataset: everything that the pages say, as data, once for the site in all its languages.

`tables` is the list from which the files are made: `records` writes JSON and `schemas` its JSON Schemas, `sheets` takes
lists out of tables for `csv_files`, `database` (SQLite) and `package` (datapackage.json). `questions` are answered from
them on the page of documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ...views.addresses import API, Site
from ...views.atlas import Atlas
from ...wording.language import Language
from ..table import Statement
from . import database, package, schemas
from .comparison import EDITS, written_edits
from .csv_files import csv_file
from .database import Database
from .package import Package
from .records import Records, encode
from .sheets import sheets_of
from .structure import Dataset, dataset_of
from .tables import TABLES


def dataset_files(
    atlas: Atlas, statements: Sequence[Statement], language: Language, site: Site
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the published data; none for a language other than the default one, whose site has them."""
    if not site.root:
        for path, content in _files(dataset_of(atlas, language, site), language, site):
            yield f"{API}{path}", content


def _files(data: Dataset, language: Language, site: Site) -> Iterator[tuple[str, bytes]]:
    """One table after the other, so that no more than one is in memory as rows."""
    updated = data.atlas.latest.isoformat() if data.atlas.latest > date.min else None
    records, sqlite, described = Records(data, updated), Database(), Package(language)
    counts = {}
    for table in reversed(TABLES):
        rows = list(table.read(data))
        counts[table.name] = len(rows)
        yield from records.add(table, rows)
        for sheet in sheets_of(table, [row for _, row in rows], data.languages):
            yield csv_file(sheet)
            sqlite.add(sheet)
            described.add(sheet)
    about = {"name": site.name, "address": data.root, "updated": updated or "", "rights": _rights(language)}
    licence = {"licence": site.licence.name, "licence_url": site.licence.url} if site.licence else {}
    sqlite.add_about(about | licence)
    sqlite.add_views(data.languages)
    yield database.NAME, sqlite.content()
    names = [table.name for table in TABLES]
    yield package.NAME, _written(described.content(site, updated, names))
    for table in TABLES:
        yield f"{schemas.SCHEMAS}{table.name}.json", _written(schemas.list_schema(table, language))
        if table.holds:
            yield f"{schemas.SCHEMAS}{table.singular}.json", _written(schemas.record_schema(table, language))
    yield EDITS, _written(written_edits(data))
    yield f"{schemas.SCHEMAS}{EDITS}", _written(schemas.edits_schema(str(language.t("changes.of.edit"))))
    yield f"{schemas.SCHEMAS}index.json", _written(schemas.index_schema(str(language.t("data.title"))))
    yield (
        "index.json",
        _written(
            {
                "$schema": f"{schemas.SCHEMAS}index.json",
                "name": site.name,
                **({"address": data.root} if data.root else {}),
                **({"updated": updated} if updated else {}),
                "editions": [{"lang": lang, "address": address} for lang, address in data.pages("").items()],
                **({"licence": {"name": site.licence.name, "url": site.licence.url}} if site.licence else {}),
                "rights": _rights(language),
                "tables": [
                    {
                        "name": table.name,
                        "about": schemas.about_table(language, table),
                        "rows": counts[table.name],
                        "json": f"{table.name}.json",
                        "parts": records.parts[table.name],
                        "schema": f"{schemas.SCHEMAS}{table.name}.json",
                        "csv": described.csv_of(table.name),
                        **_each(table.name, table.singular if table.holds else ""),
                    }
                    for table in TABLES
                ],
                "database": database.NAME,
                "package": package.NAME,
                "edits": EDITS,
            }
        ),
    )


def _each(name: str, singular: str) -> dict[str, str]:
    return {"each": f"{name}/{{id}}.json", "each_schema": f"{schemas.SCHEMAS}{singular}.json"} if singular else {}


def _rights(language: Language) -> str:
    return language.t("data.rights").unescape()


def _written(content: object) -> bytes:
    return f"{encode(content)}\n".encode()
