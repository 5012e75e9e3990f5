"""Schema: finds from the types where records hold references, and which fields they have, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from ..problems import Loc
from .entities import Lasting, Paraphrase
from .values import Ref, RefKind


def references_in(record: BaseModel) -> Iterator[tuple[Loc, RefKind, str]]:
    """Yield every reference in a record: its path, the kind of record it names, and the id."""
    for loc, kind, item in _walk(record):
        if kind and isinstance(item, str):
            yield loc, kind, item


def paraphrases_in(record: BaseModel) -> Iterator[tuple[Loc, Paraphrase]]:
    """Yield every paraphrase in a record, with its path."""
    for loc, _, item in _walk(record):
        if isinstance(item, Paraphrase):
            yield loc, item


def _walk(record: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, RefKind | None, Any]]:
    """Yield nested records and references at every depth: path, kind of reference, value."""
    for name, key, kind in _plan(type(record)):
        value = getattr(record, name)
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, item in items:
            place = (*loc, key) if index is None else (*loc, key, index)
            yield place, kind, item
            if isinstance(item, BaseModel):
                yield from _walk(item, place)


@cache
def _plan(model: type[BaseModel]) -> list[tuple[str, str, RefKind | None]]:
    """Fields that hold references or nested records: name, YAML key, and kind of reference."""
    plan = []
    for name, field in model.model_fields.items():
        leaves = [*field.metadata, *_leaves(field.annotation)]
        kind = next((leaf.kind for leaf in leaves if isinstance(leaf, Ref)), None)
        if kind or any(isinstance(leaf, type) and issubclass(leaf, BaseModel) for leaf in leaves):
            plan.append((name, field.alias or name, kind))
    return plan


def fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The YAML keys that the schema allows at a path, for suggestions."""
    models = models_at(model, loc)[:1]
    return [field.alias or name for each in models for name, field in each.model_fields.items()]


def field_order(model: type[BaseModel]) -> list[str]:
    """The YAML keys of a record as authors order them: its permalink, its own fields, then inherited ones."""
    own = [name for name in model.model_fields if name in model.__annotations__]
    permalink = [name for name in model.model_fields if name in Lasting.model_fields]
    names = dict.fromkeys([*permalink, *own, *model.model_fields])
    return [model.model_fields[name].alias or name for name in names]


def models_at(model: type[BaseModel], loc: Loc) -> list[type[BaseModel]]:
    """The types of record that the schema allows at a path; none where it holds no records."""
    models = [model]
    for part in loc:
        fields = [f for each in models for n, f in each.model_fields.items() if part == (f.alias or n)]
        if fields:
            leaves = [leaf for field in fields for leaf in _leaves(field.annotation)]
            models = [leaf for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, BaseModel)]
    return models


def _leaves(annotation: Any) -> Iterator[Any]:
    args = get_args(annotation)
    if not args:
        yield annotation
    for arg in args:
        yield from _leaves(arg)
