"""Candidates: sentences in which the words show a position or an event. Whether they do is for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.dates import parse_edtf
from ..model.values import EventStatus, Modality
from .article import Article, Sentence
from .cast import Cast, Party
from .rules import Rules
from .speakers import Quoted
from .time_words import TimeWords


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


def find_positions(article: Article, cast: Cast, quotations: list[Quoted], rules: Rules) -> list[PositionCandidate]:
    speakers = {
        (passage.paragraph, passage.start): quoted.speaker for quoted in quotations for passage in quoted.passages
    }
    found: dict[tuple[int, int], PositionCandidate] = {}
    for sentence in article.sentences():
        words = rules.pattern("positions").search(sentence.outside)
        end = sentence.start + len(sentence.text)
        parties = [m.party for m in cast.within(sentence.paragraph, sentence.start, end) if m.party]
        spoken = [
            speaker for (paragraph, start), speaker in speakers.items()
            if paragraph == sentence.paragraph and sentence.start <= start < end and speaker
        ]  # fmt: skip
        holders = [party for party in parties if party.kind not in ("document",)]
        if not words or not (holders or spoken):
            continue
        party = spoken[0] if spoken else holders[0]
        expected = bool(re.search(str(rules.lists["expected"]), sentence.outside[: words.end()], re.IGNORECASE))
        reporter = _reporter(sentence, cast, rules)
        said_by = reporter if reporter is not party else None
        modality: Modality = "stated" if spoken and not said_by else "reported"
        if expected and not spoken:
            modality = "expected"
        found[sentence.paragraph, sentence.start] = PositionCandidate(sentence, party, modality, words[0], said_by)
    return list(found.values())


def _reporter(sentence: Sentence, cast: Cast, rules: Rules) -> Party | None:
    """Whom `selon` or `according to` names."""
    for match in rules.pattern("according").finditer(sentence.outside):
        start = sentence.start + match.end()
        for mention in cast.within(sentence.paragraph, start, start + 6):
            return mention.party
    return None


def find_events(article: Article, cast: Cast, words: list[TimeWords], rules: Rules) -> Iterator[EventCandidate]:
    """One candidate for each date that is a day, a month or a period with an end; `depuis 2014` is none."""
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
        for each in here:
            if not each.edtf.endswith("/.."):
                yield EventCandidate(sentence, each, _status(sentence, each, rules), parties)


def _status(sentence: Sentence, words: TimeWords, rules: Rules) -> EventStatus:
    """By the verb that stands nearest before the date, or else after it."""
    place = words.start - sentence.start
    cues: list[tuple[int, EventStatus]] = []
    for name, status in (("expected", "planned"), ("possible", "possible"), ("past", "happened")):
        for match in rules.pattern(name).finditer(sentence.text):
            far = place - match.end() if match.end() <= place else 2 * (match.start() - place)
            cues.append((far, status))  # type: ignore[arg-type]
    return min(cues)[1] if cues else "happened"


def is_accepted(edtf: str) -> bool:
    """Whether briefings take the date; they take no seasons."""
    try:
        parse_edtf(edtf)
    except ValueError:
        return False
    return True
