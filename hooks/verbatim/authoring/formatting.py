"""Formatting: the fields of every record in the order of the model, by moving whole lines.

A field moves with the comments and blank lines above it. No line is written anew, so that values, quotation marks,
folds and comments stay what they are. Records in braces, on one line, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from pydantic import BaseModel

from ..model.schema import field_order, models_at
from ..problems import Loc

_START = re.compile(r" *(- +)*")
"""What may stand before a field: its indentation, and the dashes of the lists that it begins an item of."""


@dataclass(frozen=True)
class _Field:
    key: str
    rank: int
    """Its place in the order of the model."""

    line: int
    """The line of its name, from 0."""

    column: int
    last: int
    """The last line of its value."""


def format_text(text: str, model: type[BaseModel]) -> tuple[str, list[Loc]]:
    """A file's text with its fields in order, and the paths of the fields that moved up.

    The text is YAML that `reading.strict_yaml` accepts.
    """
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    lines = text.split("\n")
    moved: list[Loc] = []
    for loc, mapping in _block_mappings(root, ()):
        fields = _fields(mapping, models_at(model, loc))
        ordered = sorted(fields, key=lambda field: field.rank)
        if ordered != fields and _stand_alone(fields, lines):
            moved += [(*loc, field.key) for number, field in enumerate(ordered) if field in fields[number + 1 :]]
            _move(lines, fields, ordered)
    return "\n".join(lines), moved


def _block_mappings(node: yaml.Node | None, loc: Loc) -> Iterator[tuple[Loc, yaml.MappingNode]]:
    """Every mapping without braces, the innermost first: a record's lines are in order before the record moves."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for key, value in node.value:
            yield from _block_mappings(value, (*loc, key.value))
        yield loc, node
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for number, item in enumerate(node.value):
            yield from _block_mappings(item, (*loc, number))


def _fields(mapping: yaml.MappingNode, models: list[type[BaseModel]]) -> list[_Field]:
    keys = [key.value for key, _ in mapping.value]
    orders = [field_order(model) for model in models]
    order = max(orders, key=lambda order: len(set(keys) & set(order)), default=[])
    ranks = {key: rank for rank, key in enumerate(order)}
    return [
        _Field(
            key=key.value,
            rank=ranks.get(key.value, len(order)),
            line=key.start_mark.line,
            column=key.start_mark.column,
            last=_last_line(key, value),
        )
        for key, value in mapping.value
    ]


def _last_line(key: yaml.Node, value: yaml.Node) -> int:
    """The last line of a field. A block's own end lies before whatever comes next, so its last item is asked."""
    if isinstance(value, yaml.CollectionNode) and not value.flow_style:
        last = value.value[-1]
        return _last_line(*last) if isinstance(last, tuple) else _last_line(last, last)
    if isinstance(value, yaml.ScalarNode) and not value.value and not value.style:
        return key.end_mark.line
    in_block = isinstance(value, yaml.ScalarNode) and value.style in ("|", ">")
    return value.end_mark.line - (1 if in_block and value.end_mark.column == 0 else 0)


def _stand_alone(fields: list[_Field], lines: list[str]) -> bool:
    """Whether nothing but indentation and dashes stands before the fields, as with `? key`."""
    before = [lines[field.line][: field.column] for field in fields]
    return bool(_START.fullmatch(before[0])) and not any(start.strip() for start in before[1:])


def _move(lines: list[str], fields: list[_Field], ordered: list[_Field]) -> None:
    """Put the lines of fields into another order; the first keeps the dashes before it."""
    first, end = fields[0], fields[-1].last + 1
    dashes, indentation = lines[first.line][: first.column], " " * first.column
    tops = [first.line, *(field.last + 1 for field in fields[:-1])]
    blocks = {field: lines[top : field.last + 1] for field, top in zip(fields, tops, strict=True)}
    blocks[first][0] = indentation + blocks[first][0][first.column :]
    begins = blocks[ordered[0]]
    place = len(begins) - (ordered[0].last + 1 - ordered[0].line)
    begins[place] = dashes + begins[place][first.column :]
    lines[first.line : end] = [line for field in ordered for line in blocks[field]]
