"""Finding: what exists already, by words, for an author to look up before writing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from ..model.entities import Event
from ..model.values import Text
from ..reading.corpus import Corpus
from ..wording.words import words_of

Kind = Literal["actor", "issue", "event", "source", "voice", "position"]
KINDS: tuple[Kind, ...] = get_args(Kind)
USUAL = KINDS[:-1]
"""Those that are searched unless others are asked for: an actor has many positions."""


@dataclass(frozen=True)
class Entry:
    """Something that briefings name by its id."""

    kind: Kind
    id: str
    when: str
    """EDTF: of an event or a source, of a voice's briefing, of the newest position of an actor or on an issue."""

    status: str
    """An event's latest status; the kind of an actor or a source; the briefing of a voice; a position's stance."""

    text: Text
    names: tuple[str, ...]
    """What it is called, in every language."""

    more: tuple[str, ...] = ()
    """Further words by which it is found, after all that are found by name."""

    day: date = date.min


class Lookup:
    """Everything that can be found in a corpus; `elisions` are those of the words that are asked for."""

    def __init__(self, corpus: Corpus, elisions: Collection[str], kinds: Collection[Kind] = USUAL) -> None:
        self._elisions = elisions
        self._entries = [
            (each, [self._words(name) for name in each.names], self._words(" ".join([*each.names, *each.more])))
            for each in _entries(corpus)
            if each.kind in kinds
        ]

    def find(self, query: str) -> list[Entry]:
        """Every entry that has all words of a query or their longer forms: by name first, then the newest."""
        words = self._words(query)
        ranked = [(_rank(words, names, everything), entry) for entry, names, everything in self._entries]
        return _in_order([(rank, entry) for rank, entry in ranked if rank is not None])

    def nearest(self, query: str) -> list[Entry]:
        """What is found by the words closest to those of a query, or else by most of them."""
        known = sorted({word for _, names, _ in self._entries for name in names for word in name})
        words = [
            close
            for word in self._words(query)
            for close in ([word] if _begins(word, known) else difflib.get_close_matches(word, known, n=1))
        ]
        if found := self.find(" ".join(words)):
            return found
        counts = [(sum(_begins(word, everything) for word in words), entry) for entry, _, everything in self._entries]
        most = max((count for count, _ in counts), default=0)
        return _in_order([(0, entry) for count, entry in counts if most and count == most])

    def _words(self, text: str) -> list[str]:
        return words_of(text, self._elisions)


def _rank(words: Sequence[str], names: Sequence[Sequence[str]], everything: Sequence[str]) -> int | None:
    """0 for a name in full, 1 for words of a name, 2 for beginnings of them, 3 for words from anywhere."""
    if not words:
        return None
    if list(words) in names:
        return 0
    if any(set(words) <= set(name) for name in names):
        return 1
    if any(all(_begins(word, name) for word in words) for name in names):
        return 2
    return 3 if all(_begins(word, everything) for word in words) else None


def _begins(beginning: str, words: Sequence[str]) -> bool:
    return any(word.startswith(beginning) for word in words)


def _in_order(ranked: list[tuple[int, Entry]]) -> list[Entry]:
    ranked.sort(key=lambda pair: (pair[0], KINDS.index(pair[1].kind), -pair[1].day.toordinal(), pair[1].id))
    return [entry for _, entry in ranked]


def _entries(corpus: Corpus) -> Iterator[Entry]:
    positions = [position for briefing in corpus.briefings.values() for position in briefing.positions]
    positions.sort(key=lambda position: position.date.sort_key)
    newest = {key: position.date.text for position in positions for key in (position.actor, f"on {position.issue}")}
    for actor in corpus.actors.values():
        names = (*actor.name.values(), *actor.aliases, _spaced(actor.id))
        yield Entry("actor", actor.id, newest.get(actor.id, ""), actor.kind, actor.name, names)
    for issue in corpus.issues.values():
        names = (*issue.question.values(), *issue.short.values(), _spaced(issue.id))
        more = tuple(word for topic in issue.topics for word in topic.values())
        yield Entry("issue", issue.id, newest.get(f"on {issue.id}", ""), "", issue.question, names, more)
    for source in corpus.sources.values():
        names = (*source.title.values(), *filter(None, [source.publisher]), _spaced(source.id))
        more = tuple(filter(None, [source.author, source.origin]))
        day = source.published
        yield Entry("source", source.id, day.text, source.kind, source.title, names, more, day.first_day)
    yield from _entries_in_briefings(corpus)
    for position in positions:
        party, about = corpus.actors.get(position.actor), corpus.issues.get(position.issue)
        words = [*_values(party.name), *party.aliases] if party else []
        words += [*_values(about.question), *_values(about.short)] if about else []
        day, more = position.date, (*_values(position.summary), *words)
        yield Entry(
            "position", position.id, day.text, position.stance, position.summary,
            (_spaced(position.id),), more, day.first_day,
        )  # fmt: skip


def _entries_in_briefings(corpus: Corpus) -> Iterator[Entry]:
    statuses = corpus.statuses()
    for briefing in corpus.briefings.values():
        for event in briefing.events:
            if isinstance(event, Event):
                voices = {voice.id: voice.name for voice in briefing.voices}
                more = [*_values(event.place), *_values(event.summary), event.date.text]
                for id in event.actors:
                    actor = corpus.actors.get(id)
                    more += [*actor.name.values(), *actor.aliases] if actor else _values(voices.get(id))
                names = (*event.title.values(), _spaced(event.id))
                status, day = str(statuses[event.id][-1][1].status), event.date
                yield Entry("event", event.id, day.text, status, event.title, names, tuple(more), day.first_day)
        for voice in briefing.voices:
            names, day = (*voice.name.values(), _spaced(voice.id)), briefing.date
            more = _values(voice.description)
            yield Entry("voice", voice.id, day.text, briefing.id, voice.name, names, tuple(more), day.first_day)


def _values(text: Mapping[str, str] | None) -> list[str]:
    return list(text.values()) if text else []


def _spaced(id: str) -> str:
    return id.replace("-", " ")
