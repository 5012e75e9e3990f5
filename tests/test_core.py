"""The shape of the code: one direction, and no MkDocs in the core."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from verbatim import LAYERS

CORE = ROOT / "hooks" / "verbatim"


def _modules() -> list[Path]:
    return [path for path in CORE.rglob("*.py") if path != CORE / "__init__.py"]


def _layer(path: Path) -> str:
    return path.relative_to(CORE).parts[0].removesuffix(".py")


def test_the_core_knows_nothing_of_mkdocs() -> None:
    """Every module of the core is imported in a process where importing mkdocs fails."""
    names = [".".join(("verbatim", *path.relative_to(CORE).with_suffix("").parts)) for path in _modules()]
    code = f"import sys; sys.modules['mkdocs'] = sys.modules['material'] = None; import {', '.join(names)}"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "hooks", capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(CORE)))
def test_imports_run_one_way(path: Path) -> None:
    """No module imports one that stands after it in `LAYERS`."""
    depth = len(path.relative_to(CORE).parts)
    imported = [
        node.module.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level == depth and node.module
    ]
    here = LAYERS.index(_layer(path))
    assert [name for name in imported if LAYERS.index(name) >= here] == []


def test_all_layers_exist() -> None:
    """`LAYERS` names every module, once."""
    assert sorted(LAYERS) == sorted({_layer(path) for path in _modules()})


def test_the_adapter_stays_thin() -> None:
    """Under 150 lines, and the only file of ours that imports mkdocs."""
    adapter = ROOT / "hooks" / "mkdocs_adapter.py"
    assert len(adapter.read_text(encoding="utf-8").splitlines()) < 150
    others = [*CORE.rglob("*.py"), ROOT / "hooks" / "__main__.py"]
    assert [p.name for p in others if re.search(r"^\s*(from|import) mkdocs", p.read_text(encoding="utf-8"), re.M)] == []
