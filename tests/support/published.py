"""The published data as consumers read them: by schema, by SQL, by jq and in Python."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import jq
import jsonschema

from verbatim.exports.dataset.questions import Question

Answers = list[list[str]]


def write_data(folder: Path, files: dict[str, bytes]) -> Path:
    """Write the files of an export; returns the folder of the data."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "api" / "v1"


def read_rows(api: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table's file, and of its parts."""
    whole = json.loads((api / f"{table}.json").read_text("utf-8"))
    parts = [json.loads((api / part).read_text("utf-8")) for part in whole["parts"]]
    return [row for each in (whole, *parts) for row in each["rows"]]


def invalid(api: Path, files: str = "*.json") -> list[str]:
    """What JSON files have against the schemas that they name; those are valid themselves."""

    @cache
    def validator(path: Path) -> jsonschema.Draft202012Validator:
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    found = []
    for path in sorted(api.rglob(files)):
        if path.parent.name != "schema" and path.name != "datapackage.json":
            content = json.loads(path.read_text("utf-8"))
            errors = validator((path.parent / content["$schema"]).resolve()).iter_errors(content)
            found += [f"{path}: {error.json_path}: {error.message}" for error in errors]
    return found


def query(api: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows that a statement finds in the database."""
    with closing(sqlite3.connect(f"{(api / 'data.sqlite').as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def answers(question: Question, api: Path) -> dict[str, Answers]:
    """What each form of a question answers, in one order: by `sql`, `jq` and `python`."""
    files = [path for table in question.tables for path in sorted(api.glob(f"{table}*.json"))]
    program = jq.compile(question.jq)
    by_jq = [answer for path in files for answer in program.input_text(path.read_text("utf-8")).all()]
    with redirect_stdout(io.StringIO()) as said:
        exec(question.python, {})
    by_python = [line.split() for line in said.getvalue().splitlines()]
    found = {"sql": [[*row] for row in query(api, question.sql)], "jq": by_jq, "python": by_python}
    return {form: sorted([str(value) for value in row] for row in rows) for form, rows in found.items()}
