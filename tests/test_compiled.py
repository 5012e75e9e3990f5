"""Compiled templates are kept, and never trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from verbatim.pages import compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path / "kept"


def render(source: str) -> str:
    """Render a template in an environment of its own, as a new process does."""
    cache = compiled.CompiledTemplates("test")
    return (
        Environment(loader=DictLoader({"page": source}), bytecode_cache=cache).get_template("page").render(word="Pier")
    )


def test_a_changed_template_is_compiled_anew(folder: Path) -> None:
    """What is kept belongs to a template's present text, and takes its old file's place."""
    assert render("A {{ word }}") == "A Pier"
    (kept,) = folder.iterdir()
    assert render("The {{ word }}") == "The Pier"
    assert list(folder.iterdir()) == [kept]


@pytest.mark.parametrize("spoil", [lambda code: b"", lambda code: code[:-9], lambda code: code[:40] + b"x" + code[41:]])
def test_a_spoilt_file_is_replaced(folder: Path, spoil: object) -> None:
    """An empty, a cut and an altered file are compiled anew, and written again."""
    assert render("A {{ word }}") == "A Pier"
    (kept,) = folder.iterdir()
    good = kept.read_bytes()
    kept.write_bytes(spoil(good))
    assert render("A {{ word }}") == "A Pier"
    assert kept.read_bytes() == good


def test_a_folder_that_cannot_be_written_is_no_problem(folder: Path) -> None:
    """Without a place to keep it, a template is compiled each time."""
    folder.write_text("a file in its place")
    assert render("A {{ word }}") == "A Pier"


def test_what_is_kept_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process compiles nothing."""
    assert render("A {{ word }}") == "A Pier"
    monkeypatch.delattr(Environment, "_compile")
    assert render("A {{ word }}") == "A Pier"
