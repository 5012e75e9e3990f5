"""Kept: what was read of files, for as long as their bytes are the same. `serve` reads all of them at every edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class KeptFiles:
    """What the last reading made of each file."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], tuple[bytes, Any]] = {}

    def read(self, key: tuple[Any, ...], data: bytes, make: Callable[[bytes], T]) -> T:
        """What `make` makes of a file's bytes; what it made last time, if they are the same.

        `key` is the file's name and whatever else `make` depends on. Nobody may change what it makes.
        """
        if (kept := self._kept.get(key)) and kept[0] == data:
            made: T = kept[1]
            return made
        made = make(data)
        self._kept[key] = data, made
        return made


class _Nothing(KeptFiles):
    def read(self, key: tuple[Any, ...], data: bytes, make: Callable[[bytes], T]) -> T:
        return make(data)


NOTHING_KEPT = _Nothing()
"""For those who read once."""
