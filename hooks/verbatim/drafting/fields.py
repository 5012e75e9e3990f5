"""Fields: what each kind of record may hold, one line a field, derived from the model."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from ..model import values
from ..model.entities import Model

_TERMS: list[tuple[Any, str]] = [
    (values.Id, "id"),
    (values.Url, "address"),
    (values.Lang, "code of a language"),
    (values.Line, "one line"),
    (values.Text, "one line, or one by language"),
    (values.Prose, "sentences, or sentences by language"),
    (values.Quote, "the exact words, without marks"),
    (values.Date, "date (EDTF)"),
    (values.LocatorText, "such as `paragraph 4`"),
    (str, "text"),
    (int, "whole number"),
]
"""Types of the model, and what an author calls them; the first that is the same is taken."""


def list_fields(*records: type[Model], without: Collection[str] = ()) -> str:
    """Records with a file of their own, and the records inside them; `*` marks what is required.

    Fields in `without` are left out, with the records that they alone lead to.
    """
    found: dict[type[Model], str] = {}
    waiting = list(records)
    while waiting:
        record = waiting.pop(0)
        if record not in found:
            hints = {n: h for n, h in get_type_hints(record, include_extras=True).items() if n not in without}
            if record in records:
                del hints["id"]  # its file's name
            found[record] = "\n".join(_lines(record, hints))
            waiting += [inner for hint in hints.values() for inner in _records_in(hint)]
    return "\n\n".join(found.values())


def _lines(record: type[Model], hints: dict[str, Any]) -> Iterator[str]:
    said = (record.__doc__ or "").split("\n")[0]
    yield f"{record.__name__}: {said}" if said else f"{record.__name__}:"
    for name, field in record.model_fields.items():
        if name in hints:
            yield f"  {field.alias or name}{'*' if field.is_required() else ''}: {_term(hints[name])}"


def _term(hint: Any) -> str:
    for known, term in _TERMS:
        if hint == known:
            return term
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        for mark in arguments[1:]:
            if isinstance(mark, values.Ref):
                return f"id of {_REFERRED[mark.kind]}"
        return _term(arguments[0])
    if origin is Literal:
        return " | ".join(arguments)
    if origin is list:
        return f"list of {_term(arguments[0])}"
    if origin in (Union, types.UnionType):
        return " or ".join(_term(each) for each in arguments if each is not type(None))
    if isinstance(hint, type) and issubclass(hint, Model):
        return hint.__name__
    raise TypeError(hint)


_REFERRED: dict[values.RefKind, str] = {
    "source": "a source",
    "actor": "an actor",
    "party": "an actor or one of the briefing's voices",
    "speaker": "an actor, a voice, or `source` for the publication itself",
    "issue": "a question",
    "quotation": "a quotation",
    "position": "a position",
    "event": "an event",
}


def _records_in(hint: Any) -> Iterator[type[Model]]:
    if isinstance(hint, type) and issubclass(hint, Model):
        yield hint
    for each in get_args(hint):
        yield from _records_in(each)
