"""Candidates: sentences in which the words show a position or an event. Whether they do is for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ..model.dates import parse_edtf
from ..model.standing import MODALITIES
from ..model.values import EventStatus, Modality
from .article import MASK, Article, Sentence
from .parties import Cast, Mention, Party
from .rules import Rules
from .speakers import Hearing
from .time_words import TimeWords

_CUES: tuple[tuple[str, EventStatus], ...] = (("past", "happened"), ("expected", "planned"), ("possible", "possible"))
"""The rules' patterns of verbs, and what they say of an event."""


@dataclass(frozen=True)
class PositionCandidate:
    sentences: tuple[Sentence, ...]
    """Of one paragraph."""
    party: Party
    """Who would hold it."""
    modality: Modality
    words: str
    """Those of the first sentence that show it; `end` is their end in the paragraph."""
    end: int
    said_by: Party | None = None
    """Whose word it is; None for the holder's own, or for the publication's."""

    @property
    def paragraph(self) -> int:
        return self.sentences[0].paragraph


@dataclass(frozen=True)
class EventCandidate:
    sentences: tuple[Sentence, ...]
    words: TimeWords
    """Of the first sentence."""
    status: EventStatus
    parties: tuple[Party, ...]

    @property
    def paragraph(self) -> int:
        return self.sentences[0].paragraph


def find_positions(article: Article, cast: Cast, hearing: Hearing, rules: Rules) -> list[PositionCandidate]:
    """One for each holder and paragraph, as firm as the firmest of its sentences; what is expected stands apart."""
    looking = _Looking(cast, hearing, rules)
    found: dict[tuple[int, Party, bool], PositionCandidate] = {}
    for sentence in article.sentences():
        for each in looking.candidates(sentence):
            key = (each.paragraph, each.party, each.modality == "expected")
            earlier = found.setdefault(key, each)
            sentences = tuple(dict.fromkeys((*earlier.sentences, sentence)))
            firmest = min(earlier, each, key=lambda candidate: MODALITIES.index(candidate.modality))
            found[key] = replace(firmest, sentences=sentences)
    return list(found.values())


class _Looking:
    """Looks for words that show a position, and for whose it is."""

    def __init__(self, cast: Cast, hearing: Hearing, rules: Rules) -> None:
        self.cast, self.hearing, self.rules = cast, hearing, rules
        self.speakers = {
            (passage.paragraph, passage.start): quoted.speaker
            for quoted in hearing.quotations
            for passage in quoted.passages
            if quoted.speaker
        }

    def candidates(self, sentence: Sentence) -> Iterator[PositionCandidate]:
        """From the words around quotations, and from a speaker's own words."""
        voice = self.hearing.voices.get((sentence.paragraph, sentence.start)) or self._spoken(sentence)
        for cue in self.rules.pattern("positions").finditer(sentence.outside):
            for holder in self._holders(sentence, cue, voice):
                yield self._candidate(sentence, cue, holder, voice)
        if voice:
            yield from self._of_others(sentence, voice)
        own = self._own_words(sentence)
        if voice and voice.kind != "document" and own:
            yield PositionCandidate((sentence,), voice, "stated", own[0], sentence.start + own.end())

    def _candidate(
        self, sentence: Sentence, cue: re.Match[str], holder: Party, voice: Party | None
    ) -> PositionCandidate:
        found = PositionCandidate((sentence,), holder, "stated", cue[0], sentence.start + cue.end())
        if holder is voice:
            return found
        if holder.id and voice and holder.id in voice.speaks_for:
            return replace(found, said_by=voice)
        ahead = self.rules.pattern("expected").search(sentence.outside, 0, cue.end())
        return replace(found, modality="expected" if ahead else "reported", said_by=voice)

    def _of_others(self, sentence: Sentence, voice: Party) -> Iterator[PositionCandidate]:
        """What somebody who is quoted says of another's position: `“Many allies would like it,” X said`."""
        bare = replace(sentence, outside=sentence.text)
        for cue in self.rules.pattern("positions").finditer(sentence.text):
            if sentence.outside[cue.start()] == MASK:
                for holder in self._subjects(bare, cue):
                    if holder is not voice:
                        end = sentence.start + cue.end()
                        yield PositionCandidate((sentence,), holder, "reported", cue[0], end, voice)

    def _own_words(self, sentence: Sentence) -> re.Match[str] | None:
        """Words of judgement between quotation marks."""
        for cue in self.rules.pattern("judgements").finditer(sentence.text):
            if sentence.outside[cue.start()] == MASK:
                return cue
        return None

    def _spoken(self, sentence: Sentence) -> Party | None:
        end = sentence.start + len(sentence.text)
        for (paragraph, start), speaker in self.speakers.items():
            if paragraph == sentence.paragraph and sentence.start <= start < end:
                return speaker
        return None

    def _holders(self, sentence: Sentence, cue: re.Match[str], voice: Party | None) -> list[Party]:
        """The subject of the words, who may be several; else whose voice the sentence is."""
        if voice and self._is_tag(sentence, cue, voice):
            return [voice]
        subjects = self._subjects(sentence, cue) or self._subjects_after(sentence, cue)
        other = self._pronoun(sentence, cue) or voice
        return subjects or ([other] if other and other.kind != "document" else [])

    def _subjects(self, sentence: Sentence, cue: re.Match[str]) -> list[Party]:
        """Whoever is named last before a verb in its clause, with those whom `et` or `or` joins to them."""
        end = sentence.start + len(sentence.text)
        before = [
            mention
            for mention in self.cast.within(sentence.paragraph, sentence.start, end)
            if mention.end - sentence.start <= cue.start() and self._may_be_subject(sentence, mention)
        ]
        while before and not self._leads_to(sentence, before[-1], cue.start()):
            before.pop()
        subjects = before[-1:]
        while len(before) > 1 and self._stands_between("joined", sentence, before[-2].end, before[-1].start):
            before.pop()
            subjects.insert(0, before[-1])
        return list(dict.fromkeys(m.party for m in subjects if m.party and m.party.kind != "document"))

    def _after(self, sentence: Sentence, cue: re.Match[str]) -> Mention | None:
        """Whoever is named after a verb in its clause."""
        end = sentence.start + len(sentence.text)
        for mention in self.cast.within(sentence.paragraph, sentence.start + cue.end(), end):
            near = self._stands_between("in_clause", sentence, sentence.start + cue.end(), mention.start)
            return mention if near and self._may_be_subject(sentence, mention) else None
        return None

    def _is_tag(self, sentence: Sentence, cue: re.Match[str], voice: Party) -> bool:
        """Whether the words are the tag of what stands before a comma: `…, a plaidé mercredi X`."""
        after = self._after(sentence, cue)
        return bool(after and after.party is voice and re.search(r", (?:\w+ )?$", sentence.outside[: cue.start()]))

    def _subjects_after(self, sentence: Sentence, cue: re.Match[str]) -> list[Party]:
        """`comme le souhaite Washington`."""
        after = self._after(sentence, cue)
        is_after = self.rules.pattern("subject_after").search(sentence.outside[: cue.start()])
        return [after.party] if is_after and after and after.party and after.party.kind != "document" else []

    def _leads_to(self, sentence: Sentence, mention: Mention, place: int) -> bool:
        """Whether a verb at a place can have a mention as its subject; a comma closes a name that one opened."""
        end = mention.end - sentence.start
        if sentence.outside[: mention.start - sentence.start].endswith(", "):
            end += sentence.outside[end] == ","
        return self._stands_between("in_clause", sentence, end + sentence.start, place + sentence.start)

    def _stands_between(self, pattern: str, sentence: Sentence, start: int, end: int) -> bool:
        between = sentence.outside[start - sentence.start : end - sentence.start]
        return bool(self.rules.pattern(pattern).fullmatch(between))

    def _pronoun(self, sentence: Sentence, cue: re.Match[str]) -> Party | None:
        """Whom the sentence's first word means, where it is a pronoun and the subject of the verb."""
        first = re.compile(rf"(?:{'|'.join(self.rules.lists['pronouns'])})\b", re.IGNORECASE).match(sentence.outside)
        place = sentence.start
        if first and self._stands_between("in_clause", sentence, place + first.end(), place + cue.start()):
            return self.hearing.subjects.get((sentence.paragraph, sentence.start))
        return None

    def _may_be_subject(self, sentence: Sentence, mention: Mention) -> bool:
        before = sentence.outside[: mention.start - sentence.start]
        return not (before.endswith("(") or self.rules.pattern("governing").search(before))


def find_events(
    article: Article, cast: Cast, words: list[TimeWords], published: date, rules: Rules
) -> list[EventCandidate]:
    """One for each date and those who are named with it; a period without an end, as `depuis 2014`, is none."""
    found: dict[tuple[str, frozenset[Party]], EventCandidate] = {}
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
            new = EventCandidate((sentence,), each, _status(sentence, each, published, rules), parties)
            key = (each.edtf, frozenset(parties))
            earlier = found.get(key) if parties else None
            if earlier is None:
                found[key if parties else (f"{each.edtf} {len(found)}", key[1])] = new
            elif sentence not in earlier.sentences:
                found[key] = replace(earlier, sentences=(*earlier.sentences, sentence))
    return list(found.values())


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
