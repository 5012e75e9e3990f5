"""Messages in the source: every template that people may read, found by walking the syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support import ROOT

HOOKS = ROOT / "hooks"

_SPEAKERS = {
    "problem",
    "_problem",
    "report",
    "Fault",
    "_only_one",
    "say",
    "fail",
    "translate",
    "_translate",
    "counted",
    "Count",
}
"""Functions that take messages and hints among their arguments; so do `Problem` and exceptions."""

_NAMES = {"message", "hint"}
_NO_MESSAGES = {"", "error", "warning"}


@dataclass(frozen=True)
class Said:
    """A template, or the source of an f-string, which cannot be translated."""

    template: str
    is_formatted: bool
    place: str


def messages_in_source() -> list[Said]:
    """What commands and the core say to people."""
    return [said for path in sorted(HOOKS.rglob("*.py")) for said in _messages_in(path)]


def constants_in_source() -> set[str]:
    """Every string of the source."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in HOOKS.rglob("*.py"))
    return {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) if node.value}


def _messages_in(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = _module_constants(tree)
    for node in ast.walk(tree):
        for value in _spoken(node):
            for leaf in _leaves(value, constants):
                place = f"{path.relative_to(ROOT)}:{leaf.lineno}"
                if isinstance(leaf, ast.JoinedStr):
                    yield Said(ast.unparse(leaf), True, place)
                elif leaf.value not in _NO_MESSAGES:
                    yield Said(leaf.value, False, place)


def _module_constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Values of a module's names, by name."""
    found = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
    return found


def _spoken(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a node that are messages or hints."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            yield from (named[key] for key in _NAMES & named.keys())
            if name == "Message":
                yield node.args[0]
            elif name == "Problem":
                yield from node.args[2:4]
            elif name.endswith("Error") or (name in _SPEAKERS and "message" not in named):
                yield from (each for each in node.args if not isinstance(each, ast.Tuple))
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in _NAMES:
            yield value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name in _NAMES:
            yield value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            pairs = zip(names, values, strict=True)
            yield from (value for name, value in pairs if isinstance(name, ast.Name) and name.id in _NAMES)


def _leaves(value: ast.expr, constants: dict[str, ast.expr]) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The strings that an expression may be; names and tables of the module are looked up."""
    match value:
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield value
        case ast.IfExp(body=first, orelse=second):
            yield from (*_leaves(first, constants), *_leaves(second, constants))
        case ast.BoolOp(values=several):
            for each in several:
                yield from _leaves(each, constants)
        case ast.Name(id=name) if name in constants:
            yield from _leaves(constants[name], {})
        case ast.Subscript(value=ast.Name(id=name)) if name in constants:
            yield from _leaves(constants[name], {})
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")) if name in constants:
            yield from _leaves(constants[name], {})
        case ast.Dict(values=several):
            for each in several:
                yield from _leaves(each, constants)
