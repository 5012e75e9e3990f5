"""References: found in any record from the types of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from ..problems import Loc
from .values import Ref, RefKind

Reference = tuple[Loc, RefKind, str]
"""Its path in the record, the kind of record that it names, and the id."""


def references_in(record: BaseModel) -> Iterator[Reference]:
    """Yield every reference in a record."""
    for loc, kind, item in walk(record):
        if kind and isinstance(item, str):
            yield loc, kind, item


def walk(record: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, RefKind | None, Any]]:
    """Yield nested records and references at every depth: path, kind of reference, value."""
    for name, key, kind in _plan(type(record)):
        value = getattr(record, name)
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, item in items:
            place = (*loc, key) if index is None else (*loc, key, index)
            yield place, kind, item
            if isinstance(item, BaseModel):
                yield from walk(item, place)


@cache
def _plan(model: type[BaseModel]) -> list[tuple[str, str, RefKind | None]]:
    """Fields that hold references or nested records: name, YAML key, and kind of reference."""
    plan = []
    for name, field in model.model_fields.items():
        leaves = [*field.metadata, *leaves_of(field.annotation)]
        kind = next((leaf.kind for leaf in leaves if isinstance(leaf, Ref)), None)
        if kind or any(isinstance(leaf, type) and issubclass(leaf, BaseModel) for leaf in leaves):
            plan.append((name, field.alias or name, kind))
    return plan


def leaves_of(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of."""
    args = get_args(annotation)
    if not args:
        yield annotation
    for arg in args:
        yield from leaves_of(arg)
