"""Schema: which fields records have, in which order, and where they hold paraphrases."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from ..problems import Loc
from .entities import Lasting, Paraphrase
from .references import leaves_of, walk


def paraphrases_in(record: BaseModel) -> Iterator[tuple[Loc, Paraphrase]]:
    """Yield every paraphrase in a record, with its path."""
    for loc, _, item in walk(record):
        if isinstance(item, Paraphrase):
            yield loc, item


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
            leaves = [leaf for field in fields for leaf in leaves_of(field.annotation)]
            models = [leaf for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, BaseModel)]
    return models
