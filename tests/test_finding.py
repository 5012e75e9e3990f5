"""`python hooks find`: what exists is found by its names, aliases and words, and near misses are offered."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from support import CASES, SAMPLE
from support.corpora import BASE, write_corpus
from support.projects import call_hooks
from verbatim.authoring.finding import Lookup
from verbatim.reading.corpus import Corpus
from verbatim.reading.loading import load_corpus
from verbatim.wording.language import load_language

QUERIES = yaml.safe_load((CASES / "finding.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample() -> Corpus:
    corpus, problems = load_corpus(SAMPLE / "briefings", "fr", texts=False)
    assert problems == []
    return corpus


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["words"])
def test_queries(case: dict[str, list[str]], sample: Corpus) -> None:
    """Each query of the golden file finds these ids, the best first; where it finds none, these are the nearest."""
    lookup = Lookup(sample, load_language("fr").elisions)
    assert [f"{each.kind} {each.id}" for each in lookup.find(case["words"])] == case.get("found", [])
    if "nearest" in case:
        assert [f"{each.kind} {each.id}" for each in lookup.nearest(case["words"])] == case["nearest"]


def test_an_event_has_its_latest_status(sample: Corpus) -> None:
    """An event that one briefing announces and another tells of is shown as what it became."""
    (summit,) = Lookup(sample, (), ["event"]).find("orane summit")
    assert (summit.when, summit.status) == ("2021-05-25", "happened")


def test_positions_are_found_where_they_are_asked_for(sample: Corpus) -> None:
    """A position is found by its actor, question and summary, with its day and stance; only under its own kind."""
    found = Lookup(sample, (), ["position"]).find("orpa armed")
    assert [(each.id, each.when, each.status) for each in found][:1] == [
        ("orpa-armed-role-2021-05-25", "2021-05-25", "against")
    ]
    assert [each.kind for each in Lookup(sample, ()).find("haldenberg armed")] == []


def test_the_table(tmp_path: Path) -> None:
    """The command prints a row for each thing found: kind, id, date, status and name."""
    briefings = write_corpus(tmp_path / "briefings", BASE)
    found = call_hooks("find", "pier", "--in", briefings)
    assert found.returncode == 0
    assert found.stdout == "issue  new-pier  2020-03-01    Should the port build a new pier?\n"
    assert call_hooks("find", "pier", "--kind", "actor", "--in", briefings).stdout == "nothing is called 'pier'\n"


def test_what_is_not_there(tmp_path: Path) -> None:
    """For a misspelt name the command prints the nearest ones, and its status says that nothing was found."""
    found = call_hooks("find", "brune", "--in", write_corpus(tmp_path / "briefings", BASE))
    assert found.returncode == 1
    assert found.stdout == ("nothing is called 'brune'; the nearest:\nactor  ada-brun  2020-03-01  person  Ada Brun\n")


def test_unread_files_are_counted(tmp_path: Path) -> None:
    """What a faulty file may hold is not passed over in silence."""
    briefings = write_corpus(tmp_path / "briefings", {**BASE, "actors/ada-brun.yml": "kind: person\n"})
    found = call_hooks("find", "port", "--in", briefings)
    assert found.returncode == 0
    assert found.stderr == "1 file(s) could not be read, so they are not searched: `python hooks check`\n"
