"""What changed: between two states of the data, and for readers who come back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from commands.fetching import fetch_state
from support import CASES
from support.corpora import BASE, write_corpus
from support.published import invalid, write_data
from support.sample import ISSUE, sample_atlas, sample_corpus
from verbatim.checks import checked_corpus
from verbatim.exports.dataset import dataset_files
from verbatim.exports.dataset.comparison import State, differences, edits_between, state_from, state_of
from verbatim.exports.dataset.structure import dataset_of
from verbatim.problems import explain
from verbatim.publishing.earlier_state import StateError, state_in
from verbatim.views import changes
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


def test_edits_are_kept_from_state_to_state(tmp_path: Path) -> None:
    """What a build tells is read back as it was told, and the next build tells it, too, if nothing else differs."""
    edited = Edit(
        "2021-06-01.01", "positions", "orpa-joining-2021-05-25", "corrected", ("stance",), "", "for", "against"
    )
    renamed = Edit("2021-06-01.01", "actors", "orpa", "renamed", (), "arpo")
    corpus, today = sample_corpus().published(), date(2022, 1, 1)
    atlas = build_atlas(corpus, today, (renamed, edited))
    write_data(tmp_path, dict(dataset_files(atlas, [], ENGLISH, Site("Sextant"))))
    state = state_in(tmp_path)
    assert (state.day, set(state.edits)) == ("2021-06-01.01", {edited, renamed})
    assert invalid(tmp_path / "api" / "v1", "edits.json") == []
    unedited = state_of(dataset_of(build_atlas(corpus, today), ENGLISH, Site("Sextant")))
    assert edits_between(state, unedited) == (renamed, edited)
    position = next(view for view in atlas.positions if view.position.id == edited.id)
    assert position.told[-1] == ("2021-06-01.01", "corrected")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The data of the sample, as a site has them."""
    return write_data(tmp_path, dict(dataset_files(sample_atlas(), [], ENGLISH, Site("Sextant"))))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("positions.json", "[]"),
        ("positions.json", "{"),
        ("positions.json", "[" * 100_000),
        ("positions.json", '{"rows": [1]}'),
        ("positions.json", '{"rows": [{"id": "a"}]}'),
        ("positions.json", '{"rows": [], "parts": ["../../secrets.json"]}'),
        ("positions.json", '{"rows": [], "parts": ["positions-2021.json"]}'),
        ("positions.json", '{"rows": [], "parts": {"a": 1}}'),
        ("events.json", '{"rows": [{"id": "a", "briefing": "b", "evidence": {}}]}'),
        ("actors.json", '{"rows": [{"id": ["a"]}]}'),
        ("edits.json", '{"rows": [], "state": "yesterday"}'),
        ("edits.json", '{"rows": [{"state": "2021-01-01", "table": "x", "id": "a", "kind": "new"}], "state": ""}'),
    ],
)
def test_what_is_no_state_is_told_in_a_line(published: Path, name: str, content: str) -> None:
    """Files that no build has written, or that lead out of the folder, are refused, in one line."""
    assert state_in(published).day == "2021-06-01"
    (published / name).write_text(content, "utf-8")
    with pytest.raises(StateError) as refused:
        state_in(published)
    assert "\n" not in explain(refused.value)


def test_a_state_is_fetched_from_a_site(address: str, tmp_path: Path) -> None:
    """The data of a site are fetched by its address, or by that of the data; where there are none, a line says so."""
    (tmp_path / "site").mkdir()
    fetch_state(address, tmp_path / "site")
    (tmp_path / "data").mkdir()
    fetch_state(f"{address}api/v1/", tmp_path / "data")
    assert state_in(tmp_path / "site") == state_in(tmp_path / "data")
    assert state_in(tmp_path / "site").day == "2021-06-01"
    with pytest.raises(StateError, match=r"edits\.json: "):
        fetch_state(f"{address}about/", tmp_path / "data")


# ---- For readers ----------------------------------------------------------------------------------------------------


def test_a_reader_comes_back(page: Page) -> None:
    """Who saw the state of 24 May sees, on one screen, who changed position on joining; once seen, marks go."""
    path = f"issues/{ISSUE}/"
    page.goto(path)
    expect(page.locator(".vb-since")).to_be_hidden()  # a first visit
    expect(page.locator(".vb-told")).to_have_count(0)
    for key in page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('vb-seen'))"):
        page.evaluate('(key) => localStorage.setItem(key, \'{"seen": "2021-05-24"}\')', key)
    page.goto(path)
    line = page.locator(".vb-since")
    expect(line).to_contain_text("depuis le 24 mai 2021")
    expect(line).to_contain_text("ARPO, Question ouverte → Pour (changé)")
    expect(line).to_contain_text("Valdorie, Réserves → Pour (changé)")
    assert line.bounding_box()["y"] + line.bounding_box()["height"] < page.viewport_size["height"]
    expect(page.locator("#position-orpa-joining-2021-05-25 .vb-told")).to_have_text("changé")
    page.reload()  # no newer state was published meanwhile
    expect(line).to_contain_text("depuis le 24 mai 2021")
    line.get_by_role("button", name="C’est vu").click()
    expect(page.locator(".vb-told")).to_have_count(0)
    page.goto(path)
    expect(line).to_be_hidden()


def test_a_chosen_day(page: Page) -> None:
    """`?since=` marks what came after a day, whatever was seen; no day marks nothing; visits are forgotten."""
    page.goto("changes/?since=2021-05-24")
    expect(page.locator(".vb-since b")).to_contain_text("depuis le 24 mai 2021")
    marked = page.locator("li:has(.vb-told)")
    days = marked.evaluate_all("(lines) => lines.map((line) => line.dataset.told.slice(0, 10))")
    assert set(days) == {"2021-05-25", "2021-06-01"}
    page.get_by_role("button", name="Oublier mes visites").click()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('vb-seen'))") == []
    page.goto("changes/?since=yesterday")
    expect(page.locator(".vb-since")).to_be_hidden()


def test_changes_without_a_script(plain_page: Page) -> None:
    """Without JavaScript the page lists every change; one of stance names both statements, with their links."""
    plain_page.goto("changes/")
    turn = (
        plain_page.locator("li", has_text="Membre de la patrouille").filter(has=plain_page.locator(".vb-turned")).first
    )
    expect(turn.locator(".vb-turned .vb-st")).to_have_text(["Question ouverte", "Pour"])
    links = turn.locator(".vb-turned a[href*='#position-']")
    expect(links).to_have_count(2)
    expect(plain_page.locator(".vb-since")).to_be_hidden()


def test_changes_are_in_volumes_where_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list stands in full by year; its page has the newest days, a day in full at least."""
    monkeypatch.setattr(changes, "MOST_LINES", 20)
    lines = changes.lines_of(sample_atlas())
    archive = changes.archive_of(lines)
    assert sum(len(volume.items) for volume in archive) == len(lines) > 20
    view = changes.changes_view(sample_atlas(), lines, archive)
    assert view.days
    assert view.archive == archive
    assert len(view.days) < len(changes.days_of(lines))
