"""Fingerprints: a digest of everything that a page's HTML is made of, so that a page need not be rendered to know that
it has not changed."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
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
        pickler = _Pickler(stream, self)
        pickler.fast = True  # objects are told apart by value, never by identity
        pickler.dump(value)
        return blake2b(stream.getbuffer(), digest_size=16).digest()

    def of_lasting(self, part: Any) -> bytes:
        """The digest of a lasting part, which is kept so that no other takes its identity."""
        if known := self._known.get(id(part)):
            return known[1]
        return self._known.setdefault(id(part), (part, self._digest(_values(part))))[1]


class _Pickler(pickle.Pickler):
    """Writes values one after the other; nobody reads them back."""

    def __init__(self, stream: io.BytesIO, fingerprints: Fingerprints) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self.fingerprints = fingerprints

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, type):
            return NotImplemented
        if isinstance(value, LASTING):
            return bytes, (self.fingerprints.of_lasting(value),)
        if is_dataclass(value):
            return type(value), tuple(_values(value))
        return NotImplemented


def _values(part: Any) -> Iterable[Any]:
    """The fields of a record or a dataclass, without what was computed from them and kept."""
    if isinstance(part, BaseModel):
        return [type(part), [getattr(part, name) for name in type(part).model_fields]]
    return [type(part), [getattr(part, field.name) for field in fields(part)]]
