"""Filling: the corpus of `cases/every-field.yml` with texts of a test's own in every field, found from the schema.

A text field that is added to the model is filled automatically. Any other kind of field that the corpus does not set,
or that this module does not know, fails a test.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import AfterValidator, BaseModel, Discriminator, StringConstraints, Tag

from support import CASES
from verbatim.model import values
from verbatim.model.dates import Edtf
from verbatim.model.entities import Briefing
from verbatim.reading.loading import REGISTRIES

FILES: dict[str, str] = yaml.safe_load((CASES / "every-field.yml").read_text(encoding="utf-8"))["files"]

Kind = Literal["line", "prose", "formed", "reference", "id"]
"""`formed` is a word or number with a format: a date, an address, a stance."""

Place = tuple[str | int, ...]
Put = Callable[[Place, "Leaf"], Any]
"""Returns the value for a field, or None to keep the present one."""


@dataclass(frozen=True)
class Leaf:
    """A field that has one word, number or text."""

    kind: Kind
    limit: int = 10**6
    """Greatest length in characters."""

    value: Any = None
    """The value in the corpus; None without one."""

    by_language: bool = False
    type: Any = str
    """Its type in the schema."""


@cache
def records(copy: int = 0) -> dict[str, tuple[type[BaseModel], Any]]:
    """By file: the type and the data of every record, all scalars as strings, not to be changed; copies share no id."""
    found = {}
    for name, text in FILES.items():
        model = REGISTRIES.get(name.split("/")[0], Briefing)
        data = yaml.load(text.replace("-00", f"-{copy:02}"), yaml.CBaseLoader)
        found[name.replace("-00", f"-{copy:02}")] = model, data
    return found


def fill(model: type[BaseModel], data: Any, put: Put, place: Place = ()) -> dict[str, Any]:
    """The data of a record with every leaf from `put`, including texts that are not set."""
    filled = {}
    for name, hint in hints(model).items():
        key = model.model_fields[name].alias or name
        if place == () and key == "id":
            continue  # the file's name is the id
        value = _fill(hint, data.get(key), put, (*place, key))
        if value is not None:
            filled[key] = value
    return filled


def data_in(model: type[BaseModel], data: Any) -> Iterator[tuple[type[BaseModel], dict[str, Any]]]:
    """The data of a record and of every record inside it, each with its type."""
    yield model, data
    for name, hint in hints(model).items():
        value = data.get(model.model_fields[name].alias or name)
        for item in value if isinstance(value, list) else [value]:
            inner = _form(hint, item) if isinstance(item, dict) else None
            if inner:
                yield from data_in(inner, item)


def strings_in(data: Any) -> Iterator[str]:
    """Every string in nested lists and mappings."""
    if isinstance(data, str):
        yield data
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from strings_in(item)


def write_files(folder: Path, files: dict[str, Any]) -> Path:
    """Write data as YAML, every value in double quotes, so that nothing is lost."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, default_style='"', allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return folder


@cache
def hints(model: type[BaseModel]) -> dict[str, Any]:
    """The types of a model's fields, with their annotations."""
    known = get_type_hints(model, include_extras=True)
    return {name: known[name] for name in model.model_fields}


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model inside it."""
    yield model
    for hint in hints(model).values():
        for leaf in _leaves(hint):
            if isinstance(leaf, type) and issubclass(leaf, BaseModel):
                yield from models_in(leaf)


def _leaves(hint: Any) -> Iterator[Any]:
    args = get_args(hint)
    if not args:
        yield hint
    for arg in args:
        yield from _leaves(arg)


def _fill(hint: Any, value: Any, put: Put, place: Place) -> Any:
    core, said = _core(hint)
    if get_origin(core) in (Union, types.UnionType):
        return _fill(_chosen(core, said, value), value, put, place)
    if get_origin(core) is list:
        (inner,) = get_args(core)
        unset = value is None and _leaf(inner, None) and _leaf(inner, None).kind == "line"
        items = [None, None] if unset else value or []
        filled = [_fill(inner, item, put, (*place, number)) for number, item in enumerate(items)]
        return None if value is None and not any(filled) else filled
    if isinstance(core, type) and issubclass(core, BaseModel):
        return None if value is None else fill(core, value, put, place)
    leaf = _leaf(hint, value)
    new = put(place, leaf) if leaf.kind in ("line", "prose") or value is not None else None
    return value if new is None else new


def _chosen(core: Any, said: list[Any], value: Any) -> Any:
    """The type of a union that a value has."""
    choose = next(each.discriminator for each in said if isinstance(each, Discriminator))
    forms = {tag.tag: form for form in get_args(core) for tag in _core(form)[1] if isinstance(tag, Tag)}
    return forms[choose(value)]


def _form(hint: Any, value: Any) -> type[BaseModel] | None:
    """The model of a mapping, or of an item of a list; None for a text by language."""
    core, said = _core(hint)
    if get_origin(core) is list:
        return _form(get_args(core)[0], value)
    if get_origin(core) in (Union, types.UnionType):
        return _form(_chosen(core, said, value), value)
    return core if isinstance(core, type) and issubclass(core, BaseModel) else None


def _leaf(hint: Any, value: Any) -> Leaf | None:
    """The leaf of a type hint; None for a list or a record. Raises TypeError for an unknown type."""
    core, said = _core(hint)
    if get_origin(core) is list or get_origin(core) in (Union, types.UnionType):
        return None
    if isinstance(core, type) and issubclass(core, BaseModel):
        return None
    if get_origin(core) is dict:  # a text by language
        return replace(_leaf(get_args(core)[1], value), by_language=True)
    if get_origin(core) is Literal or core in (int, Edtf, values.Locator):
        return Leaf("formed", value=value, type=core)
    if core is not str:
        raise TypeError(f"{hint}: a type that the hostile texts do not know; teach it to this module")
    constraints = [each for each in said if isinstance(each, StringConstraints)]
    validators = [each.func for each in said if isinstance(each, AfterValidator)]
    if any(isinstance(each, values.Ref) for each in said):
        return Leaf("reference", value=value)
    if values._check_id in validators:
        return Leaf("id", value=value)
    if values._check_url in validators or any(each.pattern for each in constraints):
        return Leaf("formed", value=value)
    limit = min([each.max_length for each in constraints if each.max_length] or [10**6])
    many_lines = values._one_line not in validators
    return Leaf("prose" if many_lines and values._check_prose in validators else "line", limit, value)


def _core(hint: Any) -> tuple[Any, list[Any]]:
    """A type without `| None`, and its annotations."""
    said = []
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            said = [*more, *said]
        elif get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint):
            rest = [each for each in get_args(hint) if each is not type(None)]
            if len(rest) > 1:
                raise TypeError(f"{hint}: a type that the hostile texts do not know; teach it to this module")
            hint = rest[0]
        else:
            return hint, said
