"""Candidates: sentences in which the words show a position or an event. Whether they do is for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..model.dates import parse_edtf
from ..model.values import EventStatus, Modality
from .article import Article, Sentence
from .parties import Cast, Party
from .rules import Rules
from .speakers import Hearing
from .time_words import TimeWords

_CUES: tuple[tuple[str, EventStatus], ...] = (("past", "happened"), ("expected", "planned"), ("possible", "possible"))
"""The rules' patterns of verbs, and what they say of an event."""


@dataclass(frozen=True)
class PositionCandidate:
    sentence: Sentence
    party: Party
    """Who would hold it: the one whom the sentence names first."""
    modality: Modality
    words: str
    """Those that show it."""
    said_by: Party | None = None
    """Who reports it; None for the holder, or for the publication itself."""


@dataclass(frozen=True)
class EventCandidate:
    sentence: Sentence
    words: TimeWords
    status: EventStatus
    parties: tuple[Party, ...]


def find_positions(article: Article, cast: Cast, hearing: Hearing, rules: Rules) -> list[PositionCandidate]:
    speakers = {
        (passage.paragraph, passage.start): quoted.speaker
        for quoted in hearing.quotations
        for passage in quoted.passages
        if quoted.speaker
    }
    found = []
    for sentence in article.sentences():
        words = rules.pattern("positions").search(sentence.outside)
        if not words:
            continue
        end = sentence.start + len(sentence.text)
        reporter = _reporter(sentence, cast, rules)
        spoken = [
            speaker
            for (paragraph, start), speaker in speakers.items()
            if paragraph == sentence.paragraph and sentence.start <= start < end
        ]
        voice = hearing.voices.get((sentence.paragraph, sentence.start)) or next(iter(spoken), None)
        holder = voice if voice and voice is not reporter else _holder(sentence, cast, reporter)
        if not holder:
            continue
        modality: Modality = "stated" if holder is voice else "reported"
        if modality == "reported" and rules.pattern("expected").search(sentence.outside, 0, words.end()):
            modality = "expected"
        found.append(PositionCandidate(sentence, holder, modality, words[0], reporter))
    return found


def _holder(sentence: Sentence, cast: Cast, reporter: Party | None) -> Party | None:
    """The one whom a sentence names first: no document, no agency in brackets, and not who reports it."""
    end = sentence.start + len(sentence.text)
    for mention in cast.within(sentence.paragraph, sentence.start, end):
        bracketed = sentence.outside[: mention.start - sentence.start].endswith("(")
        if mention.party and mention.party.kind != "document" and mention.party is not reporter and not bracketed:
            return mention.party
    return None


def _reporter(sentence: Sentence, cast: Cast, rules: Rules) -> Party | None:
    """Whom `selon` or `according to` names."""
    for match in rules.pattern("according").finditer(sentence.outside):
        start = sentence.start + match.end()
        for mention in cast.within(sentence.paragraph, start, start + 6):
            return mention.party
    return None


def find_events(
    article: Article, cast: Cast, words: list[TimeWords], published: date, rules: Rules
) -> Iterator[EventCandidate]:
    """One for each date of a sentence that is a day, a month or a period with an end; `depuis 2014` is none."""
    for sentence in article.sentences():
        end = sentence.start + len(sentence.text)
        here = [w for w in words if w.paragraph == sentence.paragraph and sentence.start <= w.start < end]
        parties = tuple(
            dict.fromkeys(
                m.party
                for m in cast.within(sentence.paragraph, sentence.start, end)
                if m.party and m.party.kind not in ("voice", "document")
            )
        )
        days = {each.edtf: each for each in reversed(here) if not each.edtf.endswith("/..")}
        for each in reversed(days.values()):
            yield EventCandidate(sentence, each, _status(sentence, each, published, rules), parties)


def _status(sentence: Sentence, words: TimeWords, published: date, rules: Rules) -> EventStatus:
    """By the verb that stands nearest before the date, or else after it; what is to come has not happened."""
    place = words.start - sentence.start
    side = _side(words.edtf, published)
    if side < 0:
        return "happened"
    cues: list[tuple[int, EventStatus]] = []
    for name, status in _CUES[1:] if side > 0 else _CUES:
        for match in rules.pattern(name).finditer(sentence.text):
            far = place - match.end() if match.end() <= place else 2 * (match.start() - place)
            cues.append((far, status))
    return min(cues)[1] if cues else "planned" if side > 0 else "happened"


def _side(edtf: str, published: date) -> int:
    """1 for a date after the publication, -1 for one before, 0 for one around it or that briefings do not take."""
    if not is_accepted(edtf):
        return 0
    when = parse_edtf(edtf)
    open_start = edtf.startswith("../")
    return 1 if (when.upper if open_start else when.lower) > published else -1 if when.upper < published else 0


def is_accepted(edtf: str) -> bool:
    """Whether briefings take the date; they take no seasons."""
    try:
        parse_edtf(edtf)
    except ValueError:
        return False
    return True
