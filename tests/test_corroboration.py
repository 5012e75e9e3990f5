"""Corroboration: evidence that another briefing adds to an event, without words of its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from support.corpora import BASE, write_corpus
from verbatim.checks import checked_corpus
from verbatim.exports.table import list_statements
from verbatim.site import make_output
from verbatim.views.addresses import Site
from verbatim.views.atlas import Atlas, build_atlas
from verbatim.views.statements import EventView
from verbatim.wording.language import load_language

FIRST = """\
title: A pier for the port
date: 2020-03-02
lang: en
status: published
summary: The council weighs a new pier.
events:
  - {id: vote, date: 2020-03-04, title: The vote, kind: vote, status: planned, evidence: [{source: harbour-gazette}]}
"""
SECOND = """\
title: Another paper
date: 2020-03-03
lang: en
status: published
summary: Another paper says the same.
voices: [{id: fisherman, name: A fisherman}]
quotations: [{id: they-will-vote, source: gull-post, speaker: fisherman, quote: they will vote}]
events:
  - {event: vote, evidence: [they-will-vote]}
"""
OUTCOME = """\
title: The end
date: 2020-03-05
lang: en
status: published
summary: They voted.
events:
  - {event: vote, status: happened, evidence: [{source: gull-post, locator: page 1}]}
"""
GULL = "kind: press\ntitle: Gull Post\nlang: en\npublished: 2020-03-03\ntext: none\n"


def atlas_of(folder: Path, files: dict[str, str]) -> Atlas:
    files = {**BASE, "sources/gull-post.yml": GULL, "2020/first.yml": FIRST, "2020/second.yml": SECOND, **files}
    corpus, problems = checked_corpus(write_corpus(folder / "briefings", files), "en")
    assert problems == []
    return build_atlas(corpus, date(2020, 3, 10))


@pytest.fixture
def vote(tmp_path: Path) -> EventView:
    return atlas_of(tmp_path, {}).events[0]


def test_it_stands_as_evidence_with_its_voice(vote: EventView) -> None:
    """Evidence that is added stands behind the event's own, spoken by a voice of the briefing that adds it."""
    assert [item.source.id for item in vote.evidence] == ["harbour-gazette", "gull-post"]
    quotation = vote.evidence[1].quotation
    assert quotation
    assert quotation.speaker.key == "voice/second/fisherman"


def test_it_changes_no_status(vote: EventView) -> None:
    """A briefing that only adds evidence says nothing of the event's status."""
    assert [(briefing.id, status) for briefing, status in vote.statuses] == [("first", "planned")]
    assert vote.outcomes == ()
    assert [briefing.id for briefing in vote.corroborated_in] == ["second"]


def test_it_is_found_from_everywhere(tmp_path: Path) -> None:
    """The event is in both briefings, in the exports with both sources, and at the quotation that it rests on."""
    atlas = atlas_of(tmp_path, {})
    event = atlas.events[0]
    assert atlas.events_by_briefing["second"] == [event]
    assert atlas.claims_by_quotation["they-will-vote"] == [event]
    (row,) = [each for each in list_statements(atlas, load_language("en")) if each.kind == "event"]
    assert [source.key for source in row.sources] == ["harbour-gazette", "gull-post"]


def test_both_pages_show_it(tmp_path: Path) -> None:
    """The words and their voice stand at the event on both briefings' pages; the first links to the one that adds."""
    atlas = atlas_of(tmp_path, {})
    output = make_output(atlas.corpus, load_language("en"), Site("Harbours"), today=atlas.latest, drafts=False)
    pages = {page.url: page.html for page in output.pages}
    for name in ("first", "second"):
        row = re.search(r'<tr id="event-vote".*?</tr>', pages[f"briefings/{name}/"], re.S)
        assert row
        assert "they will vote" in row[0]
        assert "A fisherman" in row[0]
        assert ("Corroborated by the briefing of" in row[0]) == (name == "first")


def test_an_outcome_needs_no_words(tmp_path: Path) -> None:
    """A status with evidence is an outcome, not a corroboration, though it has no summary."""
    event = atlas_of(tmp_path, {"2020/third.yml": OUTCOME}).events[0]
    assert event.status == "happened"
    assert [outcome.briefing.id for outcome in event.outcomes] == ["third"]
    assert len(event.evidence) == 2
