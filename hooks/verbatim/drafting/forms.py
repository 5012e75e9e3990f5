"""Forms: the commented files from which actors, issues, sources and briefings are begun, `forms/<kind>.yml`.

A line `key:` asks for a value, `key: value` gives one that may be replaced, and `# key: example` is left as it is
where no value is given. What follows two blanks and a `#` explains the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args, get_origin

from ..model.dates import parse_edtf
from ..model.entities import Actor, Briefing, Issue, Record, Source
from .draft import make_id
from .writing import scalar

FOLDER = Path(__file__).parent / "forms"
_LINE = re.compile(r"(?P<off># )?(?P<key>[a-z_]+):(?P<value>.*?)(?P<comment>  # .*)?")


@dataclass(frozen=True)
class Field:
    """A field that a form takes a value for."""

    key: str
    asked: bool
    """Whether the form cannot do without."""

    many: bool
    """Whether it takes a list."""

    choices: tuple[str, ...]
    """The values that the schema knows; empty where it takes others."""

    hint: str


@dataclass(frozen=True)
class Form:
    name: str
    """`actor`."""

    folder: str
    """Below the briefings; empty for the year of the date."""

    model: type[Record]
    called_by: tuple[tuple[str, ...], ...]
    """The fields of which an id is made: of each group the first that has a value."""

    @cached_property
    def lines(self) -> list[str]:
        return (FOLDER / f"{self.name}.yml").read_text(encoding="utf-8").splitlines()

    @cached_property
    def fields(self) -> list[Field]:
        matches = [match for line in self.lines if (match := _LINE.fullmatch(line))]
        return [
            Field(
                key=match["key"],
                asked=not match["off"] and not match["value"].strip(),
                many=match["value"].startswith(" ["),
                choices=_choices(self.model, match["key"]),
                hint=(match["comment"] or "").removeprefix("  # "),
            )
            for match in matches
            if match["value"].strip() or not match["off"]  # else the head of a block
        ]

    def fill(self, values: Mapping[str, str | Sequence[str]]) -> str:
        """The file's text, with a value in place of what the form says of its field."""
        return "\n".join(_filled(line, values) for line in self.lines) + "\n"

    def make_id(self, values: Mapping[str, str | Sequence[str]]) -> str:
        """An id made of some values; empty where they have no letter of one."""
        words = [next((str(values[key]) for key in keys if values.get(key)), "") for keys in self.called_by]
        parts = [make_id(each)[:60].strip("-") for each in words]
        return "" if "unnamed" in parts else "-".join(parts)

    def place(self, values: Mapping[str, str | Sequence[str]]) -> str:
        """The folder of the file; a briefing's is the year of its date, which must be one."""
        return self.folder or f"{parse_edtf(str(values['date'])).first_day.year:04}"


FORMS = (
    Form("actor", "actors", Actor, (("name",),)),
    Form("issue", "issues", Issue, (("short",),)),
    Form("source", "sources", Source, (("publisher", "title"), ("published",))),
    Form("briefing", "", Briefing, (("title",), ("date",))),
)


def _filled(line: str, values: Mapping[str, str | Sequence[str]]) -> str:
    match = _LINE.fullmatch(line)
    value = values.get(match["key"]) if match else None
    if not match or not value:
        return line
    written = scalar(value) if isinstance(value, str) else f"[{', '.join(map(scalar, value))}]"
    return f"{match['key']}: {written}{match['comment'] or ''}"


def _choices(model: type[Record], key: str) -> tuple[str, ...]:
    annotation = model.model_fields[key].annotation
    return get_args(annotation) if get_origin(annotation) is Literal else ()
