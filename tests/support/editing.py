"""Editing: how an editor sees YAML, and what the committed JSON Schema says of it."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, ClassVar

import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from support import ROOT
from verbatim.authoring.editor_schema import IDS, ids_schema
from verbatim.model.entities import Briefing
from verbatim.reading.loading import REGISTRIES

SCHEMAS = ROOT / "schemas"


class _Core(yaml.CSafeLoader):
    """YAML 1.2's core schema, by which editors read: `2017` is a number, `no` and `2017-05-24` are texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_TYPES: list[tuple[str, str, list[str], Any]] = [
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF"), lambda text: text.lower() == "true"),
    ("null", "~|null|Null|NULL|", [*"~nN", ""], lambda text: None),
    ("int", "[-+]?[0-9]+", list("-+0123456789"), int),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789"), float),
]
for _name, _pattern, _first, _make in _TYPES:
    _tag = f"tag:yaml.org,2002:{_name}"
    _Core.add_implicit_resolver(_tag, re.compile(f"^({_pattern})$"), _first)
    _Core.add_constructor(_tag, lambda loader, node, make=_make: make(node.value))


def as_editors_read(text: str) -> Any:
    """The content of a file, with the types that an editor gives its values."""
    return yaml.load(text, _Core)


@cache
def _validator(kind: str, ids: str) -> Draft7Validator:
    schema = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, registry=Registry().with_resource(IDS, Resource.from_contents(json.loads(ids))))


def accepts(definition: str, value: Any) -> bool:
    """Whether a definition of the briefings' schema, `date`, takes a value."""
    return Draft7Validator(_validator("briefing", ids_schema({})).schema["definitions"][definition]).is_valid(value)


def kind_of(folder: str) -> str:
    """The kind of file that a folder of briefings holds, as schemas are named for it."""
    return REGISTRIES.get(folder, Briefing).__name__.lower()


def marks(name: str, text: str, ids: str = "") -> list[str]:
    """What the schema for a file of briefings, `actors/afp.yml`, refuses in it as an editor reads it."""
    return _refused(name, as_editors_read(text), ids)


def marks_of_texts(name: str, text: str) -> list[str]:
    """The same where every value is the text that stands there, as we read it."""
    return _refused(name, yaml.load(text, yaml.CBaseLoader), "")


def _refused(name: str, content: Any, ids: str) -> list[str]:
    validator = _validator(kind_of(name.split("/")[0]), ids or ids_schema({}))
    return [f"{name}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(content)]
