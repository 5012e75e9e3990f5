"""Fragments: what macros made of views, kept to be placed again."""

from __future__ import annotations

from typing import Any

from jinja2.runtime import Macro
from markupsafe import Markup


class Fragments:
    """The `once` of templates: a statement stands on the pages of its briefing, its question and its actor, and
    addresses are relative only at the end."""

    def __init__(self) -> None:
        self._made: dict[tuple[str | int, ...], tuple[Any, Markup]] = {}

    def __call__(self, macro: Macro, *values: Any) -> Markup:
        """`macro(*values)`. Views are told apart by identity, and kept so that no other takes their place."""
        key = (macro.name, *(value if isinstance(value, str) else id(value) for value in values))
        if known := self._made.get(key):
            return known[1]
        return self._made.setdefault(key, (values, Markup(macro(*values))))[1]
