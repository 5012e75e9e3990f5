"""Questions: three that the dataset answers, each as SQL, as a jq filter and in Python; `queries/` has the texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Question:
    name: str
    """Names its words in the catalogues."""

    tables: tuple[str, ...]
    """Whose JSON files the jq filter takes."""

    sql: str
    jq: str
    python: str
    """The whole script; it prints a line an answer, values parted by blanks."""


def questions(month: str, api: str) -> list[Question]:
    """The questions on a month, `2017-05`, as asked of the files at an address that ends in a slash."""

    def query(*files: str) -> str:
        text = "".join((QUERIES / file).read_text(encoding="utf-8") for file in files)
        return text.rstrip("\n").replace("{month}", month).replace("{api}", api)

    return [
        Question(name, tables, query(f"{name}.sql"), query(f"{name}.jq"), query("head.python", f"{name}.python"))
        for name, tables in (
            ("changed-position", ("stance_changes",)),
            ("one-source", ("positions", "events")),
            ("never-came", ("events",)),
        )
    ]
