"""The statements of a corpus, each with its place, for the rules to walk over."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.entities import Briefing, Event, Position
from ..model.values import THE_SOURCE
from ..reading.corpus import Corpus


def positions_of(corpus: Corpus) -> Iterator[tuple[Briefing, int, Position]]:
    """Each with its briefing and its place there."""
    for briefing in corpus.briefings.values():
        for index, position in enumerate(briefing.positions):
            yield briefing, index, position


def events_of(corpus: Corpus) -> Iterator[tuple[Briefing, int, Event]]:
    """Those that are defined, not those that are added to."""
    for briefing in corpus.briefings.values():
        for index, event in enumerate(briefing.events):
            if isinstance(event, Event):
                yield briefing, index, event


def party_exists(corpus: Corpus, briefing: Briefing, party: str | None) -> bool:
    """Whether an id names a party. `references` reports misspelt ids."""
    return party in corpus.actors or party == THE_SOURCE or any(party == voice.id for voice in briefing.voices)
