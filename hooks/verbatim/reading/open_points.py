"""Open points: `TODO` as a value of a draft. Each is a notice, and what is unfinished is left out until it is decided.

An optional field that says TODO is left out; a quotation, position or event that says TODO where a value is required is
left out whole, with what rests on it alone; so is a quotation that lacks such a value. Texts of the briefing itself, as
its title, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..model.entities import Briefing, Quotation
from ..model.schema import models_at
from ..problems import Loc, Message, Problem
from .strict_yaml import Document, Marks

_TODO = re.compile(r"TODO\b")
_MOST_IDS = 8


def open_points(document: Document) -> list[tuple[Loc, str]]:
    """Every value that begins with TODO, with its path."""
    return [(loc, value) for loc, value in _scalars(document.value) if _TODO.match(value)]


def refused_points(document: Document, hint: str = "decide it, or set `status: draft`") -> list[Problem]:
    """The open points of what is published."""
    return [
        document.problem(loc, Message("an open point: {point}", point=value), hint)
        for loc, value in open_points(document)
    ]


def told_points(document: Document) -> list[Problem]:
    """The open points of what is not published."""
    return [document.problem(loc, value, severity="notice") for loc, value in open_points(document)]


def set_aside(document: Document) -> tuple[Document, list[Problem]]:
    """A draft without what is unfinished, and its open points as notices."""
    points = [*open_points(document), *_unfinished_quotations(document.value.get("quotations"))]
    problems = [document.problem(loc, value, severity="notice") for loc, value in points]
    problems += _uncited(document)
    if not problems:
        return document, []
    dropped: set[Loc] = set()
    for loc, _ in points:
        if len(loc) > 1:
            dropped.add(_unit(loc))
    _follow(document.value, dropped)
    value, marks = _without(document.value, document.marks, (), dropped)
    return Document(document.file, value, marks, tuple(problems)), problems


def _unfinished_quotations(quotations: Any) -> Iterator[tuple[Loc, str]]:
    """What quotations cannot do without and do not have yet."""
    for index, quotation in enumerate(quotations if isinstance(quotations, list) else ()):
        for key, field in Quotation.model_fields.items() if isinstance(quotation, dict) else ():
            if field.is_required() and not quotation.get(key):
                yield ("quotations", index, key), "missing" if key not in quotation else "empty"


def _uncited(document: Document) -> Iterator[Problem]:
    """One problem for all quotations that no evidence names."""
    cited = {value for loc, value in _scalars(document.value) if "evidence" in loc}
    quotations = document.value.get("quotations")
    ids = [each.get("id") for each in (quotations if isinstance(quotations, list) else ()) if isinstance(each, dict)]
    left = [str(id) for id in ids if id and id not in cited]
    if left:
        more = ", …" if len(left) > _MOST_IDS else ""
        message = Message("nothing cites {ids}", ids=", ".join(left[:_MOST_IDS]) + more)
        yield document.problem(("quotations",), message, "name them as `evidence`, or delete them", severity="notice")


def _scalars(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _scalars(child, (*loc, key))
    if isinstance(value, str):
        yield loc, value


def _unit(loc: Loc) -> Loc:
    """What is left out for an open point below the top: its optional field, else the item of a list it stands in."""
    for length in range(len(loc), 1, -1):
        part, around = loc[length - 1], loc[: length - 1]
        if isinstance(part, str) and _is_optional(around, part):
            return loc[:length]
        if isinstance(part, int) and _is_optional(around[:-1], str(around[-1])):
            return loc[:length]
    return loc[:2]


def _is_optional(around: Loc, key: str) -> bool:
    """Whether every type of record at a path does without a field; false where no record stands."""
    fields = [
        field
        for model in models_at(Briefing, around)
        for name, field in model.model_fields.items()
        if key == (field.alias or name)
    ]
    return bool(fields) and not any(field.is_required() for field in fields)


def _follow(briefing: dict[str, Any], dropped: set[Loc]) -> None:
    """Add what rests on what is dropped: evidence that names it, items left without evidence, voices left unheard."""
    while True:
        gone = {_id_at(briefing, loc) for loc in dropped if len(loc) == 2}
        more = set()
        for list_name, items in briefing.items():
            for index, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict) and (list_name, index) not in dropped:
                    more |= set(_resting(item, (list_name, index), gone))
        if more <= dropped:
            break
        dropped |= more
    _drop_unheard(briefing, dropped)


def _resting(item: dict[str, Any], loc: Loc, gone: set[str]) -> Iterator[Loc]:
    evidence = item.get("evidence")
    if isinstance(evidence, list) and evidence:
        named = [
            (*loc, "evidence", index) for index, each in enumerate(evidence) if isinstance(each, str) and each in gone
        ]
        if named and len(named) == len(evidence):
            yield loc
        yield from named
    others = item.get("different_from")
    for index, each in enumerate(others if isinstance(others, list) else ()):
        if isinstance(each, str) and each in gone:
            yield (*loc, "different_from", index)
    for key in ("replaces", "expected_at"):
        if isinstance(item.get(key), str) and item[key] in gone:
            yield (*loc, key)


def _drop_unheard(briefing: dict[str, Any], dropped: set[Loc]) -> None:
    """Voices that only dropped items name."""
    before = {value for loc, value in _scalars(briefing) if loc[0] != "voices"}
    after = {
        value
        for loc, value in _scalars(briefing)
        if loc[0] != "voices" and not any(loc[: len(each)] == each for each in dropped)
    }
    voices = briefing.get("voices")
    for index, voice in enumerate(voices if isinstance(voices, list) else ()):
        id = voice.get("id") if isinstance(voice, dict) else None
        if id in before and id not in after:
            dropped.add(("voices", index))


def _id_at(briefing: dict[str, Any], loc: Loc) -> str:
    value: Any = briefing
    for part in loc:
        value = value[part]
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _without(value: Any, marks: Marks, loc: Loc, dropped: set[Loc]) -> tuple[Any, Marks]:
    """A value and its marks without what is dropped; items of lists keep their places and numbers."""
    if isinstance(value, dict):
        kept = [key for key in value if (*loc, key) not in dropped]
        pairs = {key: _child(value, marks, loc, key, dropped) for key in kept}
        children: dict[str | int, Marks] = {key: mark for key, (_, mark) in pairs.items()}
        return {key: each for key, (each, _) in pairs.items()}, Marks(marks.place, marks.keys, children)
    if isinstance(value, list):
        numbers = tuple(index for index in range(len(value)) if (*loc, index) not in dropped)
        items = [_child(value, marks, loc, index, dropped) for index in numbers]
        places: dict[str | int, Marks] = {index: mark for index, (_, mark) in enumerate(items)}
        return [each for each, _ in items], Marks(marks.place, marks.keys, places, numbers)
    return value, marks


def _child(value: Any, marks: Marks, loc: Loc, key: str | int, dropped: set[Loc]) -> tuple[Any, Marks]:
    return _without(value[key], marks.children.get(key, Marks(marks.place)), (*loc, key), dropped)
