"""Known: what briefings already hold that a draft may reuse, so that nothing is written twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ..model.dates import Edtf, parse_edtf
from ..model.entities import Event, Issue, Position
from ..reading.corpus import Corpus
from ..wording.words import words_of
from .candidates import EventCandidate, PositionCandidate, is_accepted

NEAR = timedelta(days=3)
"""How far apart two dates of one event may be told."""

_SAME = timedelta(days=1)
"""How far apart they are where they may be the same: a day that was calculated from words may be off by one."""

_MOST_EVENTS, _MOST_ISSUES = 5, 3
_LONGEST_PERIOD = timedelta(days=62)
_LONG = 4
"""Letters from which a word says what a question is about."""


@dataclass(frozen=True)
class KnownEvent:
    event: Event
    status: str
    """As the latest briefing gives it."""
    likeness: int = 0
    """How many actors and long words it shares with the candidate beside it; 0 also where their days are apart."""


class Known:
    """What the briefings of a corpus know, looked up by what an article says; ids refer to them."""

    def __init__(self, corpus: Corpus, lang: str) -> None:
        self.lang = lang
        self.positions = [position for briefing in corpus.briefings.values() for position in briefing.positions]
        self.events = list(_events_of(corpus))
        self.topics = {id: _topic(issue, lang) for id, issue in corpus.issues.items()}

    def events_near(self, candidates: Sequence[EventCandidate]) -> list[list[KnownEvent]]:
        """For each candidate those that it may be, the most alike first; each with the candidate nearest to it.

        Open and long periods must be the same.
        """
        found: list[list[KnownEvent]] = [[] for _ in candidates]
        for known in self.events:
            distances = [_distance(known.event, candidate) for candidate in candidates]
            if nearest := min((each for each in distances if each is not None), default=None):
                place = distances.index(nearest)
                likeness = _likeness(known.event, candidates[place]) if nearest[0] <= _SAME else 0
                found[place].append(replace(known, likeness=likeness))
        for each in found:
            each.sort(key=lambda known: -known.likeness)
        return [each[:_MOST_EVENTS] for each in found]

    def issues_like(self, candidate: PositionCandidate) -> list[str]:
        """The questions that share at least two words with a sentence, rare words counting more."""
        words = _sentence_words(candidate)
        frequency = Counter(word for topic in self.topics.values() for word in topic)
        shared = {id: words & topic for id, topic in self.topics.items()}
        rated = {id: sum(1 / frequency[word] for word in both) for id, both in shared.items() if len(both) > 1}
        return sorted(rated, key=lambda id: (-rated[id], id))[:_MOST_ISSUES]

    def earlier_positions(self, candidate: PositionCandidate, issues: Collection[str], until: Edtf) -> list[Position]:
        """The holder's, as `latest_positions` has them; none for somebody new."""
        return self.latest_positions(candidate.party.id, issues, until) if candidate.party.id else []

    def latest_positions(self, actor: str, issues: Collection[str], until: Edtf) -> list[Position]:
        """The actor's latest position on each of some questions, or on every question if none is given."""
        latest: dict[str, Position] = {}
        for position in self.positions:
            if (
                position.actor == actor
                and position.date.lower <= until.upper
                and (position.issue in issues or not issues)
                and not position.withdrawn
            ):
                before = latest.get(position.issue)
                latest[position.issue] = max(before or position, position, key=lambda each: each.date.upper)
        return list(latest.values())


def _events_of(corpus: Corpus) -> Iterator[KnownEvent]:
    told = corpus.statuses()
    for briefing in corpus.briefings.values():
        for event in briefing.events:
            if isinstance(event, Event):
                yield KnownEvent(event, told[event.id][-1][1].status or event.status)


def _distance(event: Event, candidate: EventCandidate) -> tuple[timedelta, int] | None:
    """Days between two dates, then what they share of actors, so that the least is the nearest; None if not near."""
    if not is_accepted(candidate.words.edtf):
        return None
    known, when = event.date, parse_edtf(candidate.words.edtf)
    apart = max(known.lower - when.upper, when.lower - known.upper, timedelta(0))
    is_long = max(known.upper - known.lower, when.upper - when.lower) > _LONGEST_PERIOD
    if apart > NEAR or (is_long and str(known) != str(when)):
        return None
    return apart, -len({party.id for party in candidate.parties if party.id} & set(event.actors))


def _likeness(event: Event, candidate: EventCandidate) -> int:
    actors = {party.id for party in candidate.parties if party.id} & set(event.actors)
    texts = (*event.title.values(), *(event.place or {}).values())
    return len(actors) + len(_long_words(" ".join(texts)) & _sentence_words(candidate))


def _sentence_words(candidate: EventCandidate | PositionCandidate) -> frozenset[str]:
    return _long_words(" ".join(sentence.text for sentence in candidate.sentences))


def _topic(issue: Issue, lang: str) -> frozenset[str]:
    """The long words of a question in a language, else in all it has."""
    texts: list[Mapping[str, str]] = [issue.question, issue.short, *([issue.description] if issue.description else [])]
    return frozenset(
        word
        for text in texts
        for each in ([text[lang]] if lang in text else text.values())
        for word in _long_words(each)
    )


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text, ()) if len(word) >= _LONG)
