"""The structure of the code: imports in one direction, no MkDocs in the core, no test imports another."""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT, TESTS
from verbatim import ROOMS

CORE = ROOT / "hooks" / "verbatim"


def _modules() -> list[Path]:
    return [path for path in CORE.rglob("*.py") if path != CORE / "__init__.py"]


def _room(path: Path) -> str:
    return path.relative_to(CORE).parts[0].removesuffix(".py")


def _name(path: Path) -> str:
    """The name of a module: `views.atlas`, and `views` for the package itself."""
    return ".".join(path.relative_to(CORE).with_suffix("").parts).removesuffix(".__init__")


def _imported_by(path: Path) -> Iterator[str]:
    """The modules of the core that a module imports."""
    package = path.relative_to(CORE).parent.parts
    names = {_name(module) for module in _modules()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            base = ".".join(part for part in base if part)
            inner = [f"{base}.{alias.name}" for alias in node.names if f"{base}.{alias.name}" in names]
            yield from inner or [base]


def test_the_core_knows_nothing_of_mkdocs() -> None:
    """Every module of the core can be imported in a process where importing mkdocs fails."""
    names = [".".join(("verbatim", *path.relative_to(CORE).with_suffix("").parts)) for path in _modules()]
    code = f"import sys; sys.modules['mkdocs'] = sys.modules['material'] = None; import {', '.join(names)}"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "hooks", capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(CORE)))
def test_imports_run_one_way(path: Path) -> None:
    """A module imports only from its own room, and from earlier rooms in `ROOMS`."""
    room = _room(path)
    here = ROOMS.index(room)
    imported = {name.split(".")[0] for name in _imported_by(path)}
    assert [name for name in imported if name != room and ROOMS.index(name) >= here] == []


def test_no_circle_inside_a_room() -> None:
    """No modules of a room import each other in a circle."""
    graph = {_name(path): {*_imported_by(path)} for path in _modules()}
    graphlib.TopologicalSorter(graph).prepare()


def test_all_rooms_exist() -> None:
    """`ROOMS` names every module and folder once."""
    assert sorted(ROOMS) == sorted({_room(path) for path in _modules()})


def test_only_the_adapter_imports_mkdocs() -> None:
    """No other module than `mkdocs_*.py` imports MkDocs, the command line included."""
    others = [path for path in (ROOT / "hooks").rglob("*.py") if not path.name.startswith("mkdocs_")]
    assert [p.name for p in others if re.search(r"^\s*(from|import) mkdocs", p.read_text(encoding="utf-8"), re.M)] == []


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_imports_another(path: Path) -> None:
    """Shared code is in `support/`, so that each test module can be read, run and removed alone."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    nodes = [node for node in tree if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {getattr(node, "module", None) or alias.name for node in nodes for alias in node.names}
    assert [name for name in names if re.match(r"conftest\b|test_", name)] == []
