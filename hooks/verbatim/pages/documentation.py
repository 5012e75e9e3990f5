"""Documentation: what the page of the published data documents, from the list that the data are written from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..exports.dataset import csv_files, database, package, schemas
from ..exports.dataset.columns import Column
from ..exports.dataset.questions import Question, questions
from ..exports.dataset.sheets import sheets_of
from ..exports.dataset.structure import Dataset, Table, dataset_of
from ..exports.dataset.tables import TABLES
from ..model.dates import parse_edtf
from ..views.addresses import API, Site
from ..views.atlas import Atlas
from ..wording.language import Language

SERVED = "http://127.0.0.1:8000/"
"""Where `make serve` shows a site that has no address."""

MOST_READ = 50
"""Greatest number of rows among which the one with the most columns is the sample."""


@dataclass(frozen=True)
class ColumnDoc:
    name: str
    """With those around it: `evidence.source`."""

    kind: str
    values: str
    """Of a choice; the table of a reference; empty for others."""

    about: str
    optional: bool


@dataclass(frozen=True)
class TableDoc:
    name: str
    about: str
    count: int
    columns: list[ColumnDoc]
    sample: str
    """A row as JSON; empty without one."""

    json: str
    """The addresses of files are relative to the folder of the data."""

    schema: str
    csv: list[str]
    each: str
    """The file of one row, that of the sample; empty where rows have none."""


@dataclass(frozen=True)
class DataView:
    folder: str
    """Of the files, relative to the language's root."""

    index: str
    database: str
    package: str
    site: Site
    tables: list[TableDoc]
    month: str
    questions: list[Question]


def data_view(atlas: Atlas, language: Language, site: Site) -> DataView:
    """The page's view; its samples are rows of the data themselves."""
    data = dataset_of(atlas, language, site)
    month = atlas.latest.isoformat()[:7]
    return DataView(
        folder=f"{site.root}{API}",
        index="index.json",
        database=database.NAME,
        package=package.NAME,
        site=site,
        tables=[_documented(table, data, language) for table in TABLES],
        month=language.date(parse_edtf(month)),
        questions=questions(month, f"{data.root or SERVED}{API}"),
    )


def _documented(table: Table, data: Dataset, language: Language) -> TableDoc:
    first = [row for _, row in islice(table.read(data), MOST_READ)]
    sample = max(first, key=len, default=None)
    return TableDoc(
        name=table.name,
        about=schemas.about_table(language, table),
        count=sum(1 for _ in table.rows(data.atlas)),
        columns=list(_columns(table, table.all_columns, language)),
        sample=json.dumps(sample, ensure_ascii=False, indent=2) if sample else "",
        json=f"{table.name}.json",
        schema=f"{schemas.SCHEMAS}{table.name}.json",
        csv=[csv_files.path_of(sheet.name) for sheet in sheets_of(table, [], data.languages)],
        each=f"{table.name}/{sample['id']}.json" if table.holds and sample else "",
    )


def _columns(table: Table, columns: tuple[Column, ...], language: Language, inside: str = "") -> Iterator[ColumnDoc]:
    for column in columns:
        item = column.columns[0] if column.kind == "list" else column
        kinds = (column.kind, item.kind) if item is not column else (column.kind,)
        yield ColumnDoc(
            name=f"{inside}{column.name}",
            kind=" · ".join(str(language.t(f"data.kind.{kind}")) for kind in kinds),
            values=item.to or ", ".join(item.choices),
            about=schemas.about(language, table, column),
            optional=column.optional or bool(column.columns),
        )
        if column.kind == "records":
            yield from _columns(table, column.columns, language, f"{inside}{column.name}.")
