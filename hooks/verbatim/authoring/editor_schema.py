"""Editor schema: JSON Schema for each kind of file, made from the model, for editors that complete and check YAML.

It describes what authors write: a plain line or a map of languages, dates with their pattern, no `id` where the file's
name gives it, TODO wherever a draft may say it. It refuses nothing that `check` accepts, but for `~` and `null`, which
editors read as nothing; what takes more than one value to judge is left to `check`. Draft 7, which every editor knows.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from ..model import entities
from ..model.entities import Briefing, Event, Record
from ..model.schema import field_order
from ..model.values import GAP, LANGS, MOST_GAPS, PLACES, THE_SOURCE, TICK, WRITTEN, RefKind
from ..reading.corpus import Corpus

Schema = dict[str, Any]
Ids = Mapping[str, Mapping[str, str]]
"""Known ids by the kind of reference that names them, each with what readers call the thing."""

KINDS: dict[str, type[Record]] = {model.__name__.lower(): model for model in get_args(Record)}
"""The types of file by the name of their schema."""

SCHEMAS = "schemas"
"""The folder of the schemas, beside the folder of briefings."""

IDS = "ids.json"
"""Holds the ids that exist: none in the repository, since they change daily; an author's disk has them."""

_DRAFT_7 = "http://json-schema.org/draft-07/schema#"
_SCALAR = ["string", "number", "boolean"]
_ID = "[a-z0-9]+(-[a-z0-9]+)*"
_MONTH_DAY = "(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9](Z|[+-][0-9]{2}:[0-9]{2})?)?)?"
_POINT = f"([0-9]{{3}}X|[0-9]{{4}}(-{_MONTH_DAY})?)[~?%]?"
_GAP = "".join(f"[{char}]" if char in ".…" else f"\\{char}" for char in GAP)
_NO_TICK = rf"(?![\s\S]*{TICK.pattern})"
_HTTP = "[hH][tT]{2}[pP][sS]?"
_LABEL = r"""[^\s<>"'\\/?#@:.\[\]]+"""
_NO_USER = rf"(?![\s\S]*{_HTTP}:/*[^\s/?#<>()\[\]]*@)"
_NO_NEST = r"(?!([\s\S]*\n)?[ \t>]*(([-*+]|[0-9]+[.])[ \t]+){4})"


def _pattern(pattern: str, message: str, **more: Any) -> Schema:
    return {"type": "string", "pattern": f"^({pattern})$", "patternErrorMessage": message, **more}


def _scalar(pattern: str, message: str) -> Schema:
    """A text. Editors read `1984` as a number, which is a text to us."""
    return {**_pattern(pattern, message), "type": _SCALAR}


def _by_language(name: str) -> Schema:
    """A plain text, or one for each language."""
    text = {"$ref": f"#/definitions/{name}"}
    languages = {"$ref": "#/definitions/lang"}
    by_language = {"type": "object", "minProperties": 1, "propertyNames": languages, "additionalProperties": text}
    return {"anyOf": [text, by_language]}


def _known(ids: Mapping[str, str]) -> Schema:
    """An id. Those that are known are offered; others are not refused, since their file may be written next."""
    free = _pattern(_ID, "An id is made of a-z, 0-9 and single hyphens.", maxLength=80)
    return {"anyOf": [{"enum": list(ids), "enumDescriptions": list(ids.values())}, free]} if ids else free


_WRITTEN: dict[str, Schema] = {
    "id": _known({}),
    "quotation": _known({}),  # only those of the same file are evidence
    "url": _pattern(
        rf"""{_HTTP}://(\[[0-9a-fA-F:.]+\]|{_LABEL}([.]{_LABEL})*[.]?)(:[0-9]*)?([/?#][^\s<>"'\\]*)?""",
        "An address begins with https:// or http:// and names a host, and no user.",
        maxLength=2000,
    ),
    "lang": _pattern("|".join(sorted(LANGS)), "A language's code of two letters, as in ISO 639-1: fr, en."),
    "line": _scalar(rf"{_NO_TICK}\s*\S[^\n]{{0,299}}\s*", "One line of text, at most 300 characters."),
    "paragraphs": _scalar(
        rf"{_NO_TICK}{_NO_USER}{_NO_NEST}\s*\S[\s\S]{{0,3999}}\s*",
        "A text of at most 4000 characters; no user in its addresses, no lists nested in one line.",
    ),
    "text": _by_language("line"),
    "prose": _by_language("paragraphs"),
    "quote": _scalar(
        rf"""(?!\s*[«“"][\s\S]*[»”"]\s*$)(?!([\s\S]*{_GAP}){{{MOST_GAPS + 1}}})\s*\S[\s\S]{{0,999}}\s*""",
        "The exact words, at most 1000 characters, without quotation marks around them.",
    ),
    "date": {
        **_pattern(
            rf"(?!0000|000X){_POINT}|{_POINT}/({_POINT}|[.][.])|[.][.]/{_POINT}",
            "A date: 2017, 2017-05, 2017-05-22, 2016~ (about), 201X (the decade), 2014/2017, 2014/.. (since).",
        ),
        "type": ["string", "integer"],  # as editors read a year
        "minimum": 1,
        "maximum": 9999,
    },
    "locator": _pattern(
        "|".join(f"{kind} {place}(-{place})?" for kind, place in PLACES.items()),
        "A place in a source: paragraph 4, paragraph 3-4, page 12, section 3.2, minute 3:20.",
    ),
    "todo": _pattern(r"TODO\b[\s\S]*", "TODO, and what is to be decided"),
    "decided": {
        "pattern": r"^(?!TODO\b)",
        "patternErrorMessage": "An open point: decide it, or set `status: draft`.",
        "additionalProperties": {"$ref": "#/definitions/decided"},
        "items": {"$ref": "#/definitions/decided"},
    },
}
"""How authors write the types that the model marks."""


def editor_schemas() -> dict[str, str]:
    """The committed files: a schema for each kind of file, and `ids.json` without ids."""
    schemas = {f"{kind}.json": _text(_schema(model)) for kind, model in KINDS.items()}
    return {**schemas, IDS: ids_schema({})}


def ids_schema(ids: Ids) -> str:
    """The file in which the other schemas look up references, so that an editor offers the ids that exist."""
    kinds = sorted(set(get_args(RefKind)) - {"quotation"})
    return _text({"$schema": _DRAFT_7, "definitions": {kind: _known(ids.get(kind, {})) for kind in kinds}})


def modeline(kind: str, file: Path, schemas: Path) -> str:
    """The first lines of a file that name its schema: one for the YAML language server, one for JetBrains' editors."""
    schema = Path(os.path.relpath(schemas / f"{kind}.json", file.parent)).as_posix()
    return f"# yaml-language-server: $schema={schema}\n# $schema: {schema}\n"


def known_ids(corpus: Corpus, lang: str) -> Ids:
    """The ids of a corpus by kind of reference; their names in a language where they have them in it."""

    def name(text: Mapping[str, str]) -> str:
        return text.get(lang) or next(iter(text.values()))

    actors = {id: name(actor.name) for id, actor in sorted(corpus.actors.items())}
    events = [e for briefing in corpus.briefings.values() for e in briefing.events if isinstance(e, Event)]
    positions = [position for briefing in corpus.briefings.values() for position in briefing.positions]
    return {
        "source": {id: name(source.title) for id, source in sorted(corpus.sources.items())},
        "actor": actors,
        "party": actors,
        "speaker": {**actors, THE_SOURCE: "the publication itself"},
        "issue": {id: name(issue.question) for id, issue in sorted(corpus.issues.items())},
        "event": {event.id: f"{event.date}: {name(event.title)}" for event in sorted(events, key=lambda e: e.id)},
        "position": {p.id: f"{p.actor}, {p.issue}: {p.stance}" for p in sorted(positions, key=lambda p: p.id)},
    }


def _text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(model: type[Record]) -> Schema:
    made = model.model_json_schema()
    records = {name: _record(name, record) for name, record in made.pop("$defs", {}).items()}
    root = _record(model.__name__, made)
    del root["properties"]["id"]  # the file's name is the id
    root["required"].remove("id")
    if model is Briefing:
        for record in records.values():
            record["properties"] = {key: _or_todo(value) for key, value in record["properties"].items()}
        root |= {"if": {"properties": {"status": {"const": "published"}}}, "then": _ref("decided")}
    references = {kind: {"$ref": f"{IDS}#/definitions/{kind}"} for kind in get_args(RefKind)}
    definitions = {**records, **references, **_WRITTEN}
    return {"$schema": _DRAFT_7, **root, "definitions": _used(root, definitions)}


def _record(name: str, schema: Schema) -> Schema:
    """The schema of a record, its fields explained by the docstrings of the model."""
    adapted: Schema = _adapt(schema)
    explained = _docstrings(getattr(entities, name))
    fields = {key: adapted["properties"][key] for key in field_order(getattr(entities, name))}
    adapted["properties"] = {key: {"description": explained.get(key, ""), **value} for key, value in fields.items()}
    return adapted


def _adapt(schema: Any) -> Any:
    """What pydantic says of the model, as what authors write."""
    if isinstance(schema, list):
        return [_adapt(each) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    if WRITTEN in schema:
        return _ref(schema[WRITTEN])
    if "$ref" in schema:
        return _ref(schema["$ref"].rpartition("/")[2])
    kept = {key: each for key, each in schema.items() if key not in ("title", "default", "oneOf", "properties")}
    adapted = {key: _adapt(each) for key, each in kept.items()}
    if "properties" in schema:
        adapted["properties"] = {key: _adapt(each) for key, each in schema["properties"].items()}
    choices = adapted.pop("anyOf", None) or _adapt(schema.get("oneOf", []))
    if len(choices) == 1:
        return {**choices[0], **adapted}
    if choices:
        adapted["anyOf"] = choices
    if adapted.get("type") == "integer":
        adapted |= {"type": ["integer", "string"], "pattern": r"^\s*[+]?[0-9][0-9_]*([.]0*)?\s*$"}
    elif adapted.get("type") == "string" and not adapted.keys() & {"enum", "const", "pattern"}:
        adapted["type"] = _SCALAR
    return adapted


def _ref(name: str) -> Schema:
    """A definition by name; within `allOf`, since draft 7 passes over what stands beside a `$ref`."""
    return {"allOf": [{"$ref": f"#/definitions/{name}"}]}


def _or_todo(schema: Schema) -> Schema:
    """A field below the top of a briefing, which may say TODO in a draft, as each of its items may."""
    schema = dict(schema)
    if "items" in schema:
        schema["items"] = {"anyOf": [schema["items"], _ref("todo")]}
    explained = {"description": schema.pop("description")}
    return {**explained, "anyOf": [schema, _ref("todo")]}


def _used(root: Schema, definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """The definitions that a schema needs, directly or through others."""
    used: dict[str, Schema] = {}
    waiting = [root]
    while waiting:
        names = re.findall(r'"#/definitions/([\w-]+)"', json.dumps(waiting.pop()))
        for name in names:
            if name not in used:
                used[name] = definitions[name]
                waiting.append(definitions[name])
    return dict(sorted(used.items()))


@cache
def _class_nodes() -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(entities))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """By YAML key: the docstring of each field, its own or that of the class it comes from."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        node = _class_nodes().get(each.__name__)
        for field, after in pairwise(node.body if node else ()):
            match field, after:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[model.model_fields[name].alias or name] = inspect.cleandoc(text).replace("\n", " ")
    return found
