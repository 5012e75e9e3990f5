"""Fingerprints: a digest of everything that a page's HTML is made of, so that a page need not be rendered to know that
it has not changed."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

from ..views.statements import EventView, PositionView, QuotationView

LASTING = (BaseModel, PositionView, EventView, QuotationView)
"""Parts that stand in many pages' views and live as long as their corpus."""


class Fingerprints:
    """The fingerprints of a build's pages.

    A view is data: records, and dataclasses about them. What these compute from their fields is no part of it.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, bytes]] = {}
        self._reducers = _Reducers(self._of_lasting)

    def __call__(self, *parts: Any) -> str | None:
        """The digest of what a page is made of, in hexadecimal; None where something in it is no data.

        Equal parts may have different fingerprints, as where a set is in another order; different parts never have
        equal ones.
        """
        try:
            return self._digest(parts).hex()
        except (pickle.PicklingError, AttributeError, TypeError, ValueError, RecursionError):
            return None

    def _digest(self, value: Any) -> bytes:
        stream = io.BytesIO()
        pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = self._reducers
        pickler.fast = True  # objects are told apart by value, never by identity
        pickler.dump(value)
        return blake2b(stream.getbuffer(), digest_size=16).digest()

    def _of_lasting(self, part: Any) -> bytes:
        """The digest of a lasting part, which is kept so that no other takes its identity."""
        if known := self._known.get(id(part)):
            return known[1]
        return self._known.setdefault(id(part), (part, self._digest([type(part), *_values(part)])))[1]


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How records and dataclasses are written, by type; all others are written as pickle does."""

    def __init__(self, of_lasting: Callable[[Any], bytes]) -> None:
        self._of_lasting = of_lasting

    def __missing__(self, type_: type) -> Callable[[Any], tuple[Any, ...]]:
        if issubclass(type_, LASTING):
            self[type_] = lambda part: (bytes, (self._of_lasting(part),))
        elif is_dataclass(type_):
            self[type_] = lambda part: (type_, tuple(_values(part)))
        else:
            raise KeyError(type_)
        return self[type_]


def _values(part: Any) -> Iterable[Any]:
    """The fields of a record or a dataclass, without what was computed from them and kept."""
    return [getattr(part, name) for name in _names(part.__class__)]


@cache
def _names(type_: Any) -> list[str]:
    return list(type_.model_fields) if issubclass(type_, BaseModel) else [field.name for field in fields(type_)]
