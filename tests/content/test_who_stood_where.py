"""What is known of this project's first briefings, while they exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from support.projects import Edition
from verbatim.checks import checked_corpus
from verbatim.model.standing import standing

KNOWN = yaml.load(Path(__file__).with_name("who-stood-where.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize("day", KNOWN["on"])
def test_who_stood_where(editions: list[Edition], day: str) -> None:
    """On each day of the golden file, exactly its actors hold its stances, from its reporters."""
    corpus, _ = checked_corpus(editions[0].briefings, editions[0].lang)
    if not set(KNOWN["briefings"]) <= set(corpus.briefings):
        pytest.skip("the briefings that this is about are not there")
    by_actor = {}
    for briefing in corpus.briefings.values():
        for position in briefing.positions:
            if position.issue == KNOWN["issue"] and position.actor in corpus.actors:
                by_actor.setdefault(position.actor, []).append(position)
    found = {}
    for actor, positions in by_actor.items():
        for position in standing(positions, date.fromisoformat(day)).holds:
            found.setdefault(actor, []).extend([position.stance, position.modality, position.said_by or actor])
    assert found == KNOWN["on"][day]
