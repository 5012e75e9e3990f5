"""What changed: between two states of the data, and for readers who come back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import CASES
from support.corpora import BASE, write_corpus
from support.sample import sample_atlas
from verbatim.checks import checked_corpus
from verbatim.exports.dataset.comparison import State, differences, edits_between, state_from, state_of
from verbatim.exports.dataset.structure import dataset_of
from verbatim.views.addresses import Site
from verbatim.views.atlas import build_atlas
from verbatim.views.edits import KINDS, Edit
from verbatim.wording.language import load_language

COMPARED = sorted((CASES / "changes").glob("*.yml"))
ENGLISH = load_language("en")


def _state(folder: Path, files: dict[str, str]) -> State:
    corpus, problems = checked_corpus(write_corpus(folder, files), "en")
    assert [problem.line(str) for problem in problems if problem.severity == "error"] == []
    return state_of(dataset_of(build_atlas(corpus.published(), date(2022, 1, 1)), ENGLISH, Site("Harbours")))


def _edited(files: dict[str, str], edits: list[dict[str, str]]) -> dict[str, str]:
    files = dict(files)
    for edit in edits:
        assert edit["from"] in files[edit["file"]]
        files[edit["file"]] = files[edit["file"]].replace(edit["from"], edit["to"])
    return files


def _line(edit: Edit) -> str:
    words = (
        edit.told,
        edit.table,
        edit.id,
        edit.kind,
        *edit.fields,
        edit.former,
        edit.stance_before,
        edit.stance_after,
    )
    return " ".join(filter(None, words))


def _parsed(line: str) -> Edit:
    told, table, id, kind, *fields = line.split()
    assert kind in KINDS
    return Edit(told, table, id, kind, tuple(fields))


@pytest.mark.parametrize("path", COMPARED, ids=lambda path: path.stem)
def test_two_states(path: Path, tmp_path: Path) -> None:
    """The edits between two states are those of the case, each with the state that tells it first."""
    case: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    files = {**_edited(BASE, case.get("edit", [])), **case.get("add", {})}
    for source, target in case.get("move", {}).items():
        files[target] = files.pop(source)
    if "remove-positions" in case:
        files["2020/pier.yml"] = files["2020/pier.yml"].split("positions:")[0]
    after = _state(tmp_path / "after", files)
    earlier = _state(tmp_path / "before", _edited(BASE, case.get("before", [])))
    before = (
        State("", {}) if "first" in case else state_from(earlier.rows, [_parsed(e) for e in case.get("earlier", [])])
    )
    assert [_line(edit) for edit in edits_between(before, after)] == case["expected"]
    if "differences" in case:
        assert sorted(map(_line, differences(before, after))) == case["differences"]


def test_a_state_differs_from_itself_in_nothing() -> None:
    """Nothing differs between the sample and itself as it was published, whatever state it is."""
    state = state_of(dataset_of(sample_atlas(), ENGLISH, Site("Sextant")))
    published = state_from(json.loads(json.dumps(state.rows)), day=state.day)
    assert differences(published, state) == []
    assert published.day == state.day == "2021-06-01"
