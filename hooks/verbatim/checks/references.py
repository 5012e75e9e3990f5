"""References: every id that a record names exists, and is of the kind that is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..model.entities import Actor, Briefing, Event, Issue, Source
from ..model.values import THE_SOURCE, RefKind
from ..problems import Message, Problem, did_you_mean
from ..reading.corpus import Corpus

_TO_DO: dict[RefKind, str] = {
    "source": "begin its file: `python hooks new source`",
    "actor": "begin its file: `python hooks new actor`",
    "party": "begin its file: `python hooks new actor`; who has no name is one of `voices`",
    "speaker": "begin its file: `python hooks new actor`; who has no name is one of `voices`",
    "issue": "begin its file: `python hooks new issue`",
    "quotation": "list it among `quotations`",
    "position": "look it up: `python hooks find WORDS`",
    "event": "look it up: `python hooks find WORDS`",
}

MAX_HINTS = 20
"""Suggestions in one run: each compares an id with all that are known."""

_UNKNOWN: dict[RefKind, str] = {
    "source": "unknown source {id!r}",
    "actor": "unknown actor {id!r}",
    "party": "unknown actor or voice {id!r}",
    "speaker": "unknown actor or voice {id!r}",
    "issue": "unknown issue {id!r}",
    "quotation": "unknown quotation {id!r}",
    "position": "unknown position {id!r}",
    "event": "unknown event {id!r}",
}


def unresolved(corpus: Corpus) -> Iterator[Problem]:
    """A problem for each reference to something that does not exist.

    Ids that an unreadable file may define are not reported: that file has problems of its own.
    """
    unread = {model: corpus.unread.get(model, frozenset()) for model in (Source, Actor, Issue, Briefing)}
    actors = {*corpus.actors, *unread[Actor]}
    shared: dict[RefKind, Collection[str]] = {
        "source": {*corpus.sources, *unread[Source]},
        "actor": actors,
        "issue": {*corpus.issues, *unread[Issue]},
        "party": actors,
        "speaker": {*actors, THE_SOURCE},
        "quotation": (),  # a registry rests on paraphrases; a briefing's quotations are its own
        "position": {p.id for b in corpus.briefings.values() for p in b.positions},
        "event": {e.id for b in corpus.briefings.values() for e in b.events if isinstance(e, Event)},
    }
    hints = 0
    for record in corpus.records():
        known = shared
        if isinstance(record, Briefing):
            voices = {voice.id for voice in record.voices}
            known = {
                **shared,
                "party": {*actors, *voices},
                "speaker": {*actors, *voices, THE_SOURCE},
                "quotation": {quotation.id for quotation in record.quotations},
            }
        for loc, kind, id in record.references:
            in_doubt = kind in ("position", "event") and unread[Briefing]
            if id not in known[kind] and not in_doubt:
                message = Message(_UNKNOWN[kind], id=id[:80])
                hint = did_you_mean(id, known[kind]) if hints < MAX_HINTS else ""
                hints += 1
                yield corpus.problem(record, *loc, message=message, hint=hint or _TO_DO[kind])
