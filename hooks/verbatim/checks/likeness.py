"""Nothing twice: events and questions that look alike, found without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from math import ceil

from ..model.entities import Briefing, Event
from ..problems import Message, Problem
from ..reading.corpus import Corpus
from ..wording.words import words_of
from .walk import events_of

EVENT_LIKENESS = 0.5
QUESTION_LIKENESS = 0.75
"""Least Jaccard index, the number of words that two texts share out of all their words, at which they look alike."""

_DAY = timedelta(days=1)
_MOST_MONTHS = 24
"""A longer period is compared with those that begin in the same month."""
_MOST_DAYS = 31
"""Of an attack that is looked for by its days."""
_LONG = 4
"""Letters of a word that may name a place."""


@dataclass(frozen=True)
class _Defined:
    """An event, with what is compared."""

    briefing: Briefing
    index: int
    event: Event
    actors: frozenset[str]
    """Those of the registry: voices of two briefings are never the same."""

    @property
    def order(self) -> tuple[object, ...]:
        return self.briefing.date.sort_key, self.briefing.id, self.index


def events_are_told_apart(corpus: Corpus) -> Iterator[Problem]:
    """Two events near in time that share an actor, their kind and half of their titles' words may be one.

    So may two attacks near in time at one place, whoever took part.
    """
    found = [
        _Defined(briefing, index, event, frozenset(event.actors) & corpus.actors.keys())
        for briefing, index, event in events_of(corpus)
    ]
    found.sort(key=lambda each: (bool(each.actors), each.order))  # whose actors are unknown is met by all others
    items = [(number, lang, title) for number, each in enumerate(found) for lang, title in each.event.title.items()]
    groups = [_groups(found[number], lang) for number, lang, _ in items]

    def are_one(first: int, second: int) -> bool:
        return _may_be_one(found[items[first][0]], found[items[second][0]])

    alike = _alike([_words(title) for _, _, title in items], groups, EVENT_LIKENESS, are_one)
    by_title = ((items[first][0], items[second][0]) for first, second in alike)
    named: set[tuple[int, int]] = set()
    for pair in chain(by_title, _attacks_at_one_place(found)):
        if pair in named:  # in another language
            continue
        named.add(pair)
        old, new = sorted((found[number] for number in pair), key=lambda e: (e.briefing.status == "draft", e.order))
        where = corpus.problem(old.briefing, "events", old.index, "id", message="").where
        hint = Message("join the two, or say `different_from: [{id}]`", id=old.event.id)
        if old.briefing is not new.briefing:
            hint = Message("add to it with `event: {id}`, or say `different_from: [{id}]`", id=old.event.id)
        yield corpus.problem(
            new.briefing, "events", new.index, "title",
            message=Message("looks like {id!r}, {date} ({where})", id=old.event.id, date=old.event.date, where=where),
            hint=hint, severity="warning",
        )  # fmt: skip


def questions_are_told_apart(corpus: Corpus) -> Iterator[Problem]:
    """Two questions in nearly the same words may be one, whose answers would then stand on two pages."""
    issues = [corpus.issues[id] for id in sorted(corpus.issues)]
    items = [(issue, lang, question) for issue in issues for lang, question in issue.question.items()]

    def are_one(first: int, second: int) -> bool:
        a, b = items[first][0], items[second][0]
        return a is not b and a.id not in b.different_from and b.id not in a.different_from

    named: set[tuple[str, str]] = set()
    groups = [([lang], [lang]) for _, lang, _ in items]
    for first, second in _alike([_words(text) for _, _, text in items], groups, QUESTION_LIKENESS, are_one):
        old, new, lang = items[first][0], items[second][0], items[second][1]
        if (old.id, new.id) not in named:
            named.add((old.id, new.id))
            hint = Message("use that one, word them apart, or say `different_from: [{id}]`", id=old.id)
            message = Message("nearly the words of {id!r}", id=old.id)
            yield corpus.problem(new, "question", lang, message=message, hint=hint, severity="warning")


def _words(text: str) -> frozenset[str]:
    """Folded words of three letters or more, and numbers; shorter ones are articles and elisions."""
    return frozenset(word for word in words_of(text, ()) if len(word) > 2 or word.isdecimal())


def _groups(each: _Defined, lang: str) -> tuple[list[Hashable], list[Hashable]]:
    """Where an event is looked for, and where it is put: in its months and for each of its actors."""
    first, last = each.event.date.first_day, each.event.date.last_day
    months = _months(first, last)
    near = _months(max(first, date.min + _DAY) - _DAY, min(last, date.max - _DAY) + _DAY)
    put: list[Hashable] = [(lang, month, actor) for month in months for actor in each.actors or [""]]
    return [(lang, month, actor) for month in near for actor in {*each.actors, ""}], put


def _attacks_at_one_place(found: Sequence[_Defined]) -> Iterator[tuple[int, int]]:
    """Pairs of attacks that may be one, where one happens at a place that the other names, in any language."""
    placed: dict[tuple[int, str], list[int]] = defaultdict(list)
    titled: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, each in enumerate(found):
        first, last = each.event.date.first_day.toordinal(), each.event.date.last_day.toordinal()
        if each.event.kind != "attack" or last - first > _MOST_DAYS:
            continue
        place, title = _names(each.event.place or {}), _names(each.event.title)
        near = range(first - 1, last + 2)
        others = chain(
            (other for day in near for word in place | title for other in placed.get((day, word), ())),
            (other for day in near for word in place for other in titled.get((day, word), ())),
        )
        alike = next((other for other in others if _may_be_one(found[other], each)), None)
        if alike is not None:
            yield alike, number
        for day in near[1:-1]:
            for index, words in ((placed, place), (titled, title)):
                for word in words:
                    index[day, word].append(number)


def _names(text: Mapping[str, str]) -> frozenset[str]:
    """The long words of a text in all its languages, which share the names of places."""
    return frozenset(word for line in text.values() for word in words_of(line, ()) if len(word) >= _LONG)


def _months(first: date, last: date) -> range:
    """The months of a period, counted from year 0."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month + 1)
    return months if len(months) <= _MOST_MONTHS else months[:1]


def _may_be_one(a: _Defined, b: _Defined) -> bool:
    """Whether two events with similar titles are near in time and of one kind, and nobody says that they are two."""
    x, y = a.event, b.event
    if x is y or (x.kind != y.kind and "other" not in (x.kind, y.kind)):
        return False
    if x.id in (y.replaces, *y.different_from) or y.id in (x.replaces, *x.different_from):
        return False
    certain = all(each.date.is_exact and not each.date_basis for each in (x, y))
    gap = max(x.date.first_day, y.date.first_day) - min(x.date.last_day, y.date.last_day)
    return gap.days <= (0 if certain else 1)


def _alike(
    sets: Sequence[frozenset[str]],
    groups: Sequence[tuple[Sequence[Hashable], Sequence[Hashable]]],
    least: float,
    are_one: Callable[[int, int], bool],
) -> Iterator[tuple[int, int]]:
    """Pairs of sets that share a group, whose Jaccard index is at least `least`, and that are accepted.

    Each set comes with the groups in which it is looked for and those in which it is put, and is paired once, with
    one before it. Prefix filtering: two such sets share one of their rarest words, so that only these are indexed
    (Bayardo, Ma, Srikant, "Scaling up all pairs similarity search", 2007).
    """
    counts = Counter(word for words in sets for word in words)
    postings: dict[tuple[Hashable, str], list[int]] = defaultdict(list)
    for number, words in enumerate(sets):
        rarest = sorted(words, key=lambda word: (counts[word], word))
        prefix = rarest[: len(words) - ceil(least * len(words)) + 1]
        asked, put = groups[number]
        near = (other for group in asked for word in prefix for other in postings.get((group, word), ()))
        seen: set[int] = set()
        for other in near:
            if other in seen:
                continue
            seen.add(other)
            shared = len(words & sets[other])
            if shared >= least * (len(words) + len(sets[other]) - shared) and are_one(other, number):
                yield other, number
                break
        for group in put:
            for word in prefix:
                postings[group, word].append(number)
