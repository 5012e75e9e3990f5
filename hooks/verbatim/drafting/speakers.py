"""Speakers: whose words stand between quotation marks, and who passed them on, where the wording shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .article import MASK, Article, Passage, Sentence
from .parties import Cast, Mention, Party
from .rules import Rules

FAR = 30
"""Characters into a sentence without quotations after which a name is not taken for its speaker."""

ASIDE = 2
"""Words between marks that may be a writer's irony: those of an organisation only where a verb of speech says so."""


@dataclass(frozen=True)
class Quoted:
    """A quotation: one passage, or several that its tag or the end of a paragraph interrupts."""

    passages: tuple[Passage, ...]
    speaker: Party | None
    """None where the wording does not show one."""
    relay: Party | None = None
    spoken: bool = True
    """False for a title, a nickname or a name between marks."""

    @property
    def paragraphs(self) -> list[int]:
        return [passage.paragraph for passage in self.passages]


@dataclass(frozen=True)
class Hearing:
    """What was heard in an article."""

    quotations: list[Quoted]
    voices: dict[tuple[int, int], Party]
    """Who speaks in a sentence with a verb or a preposition of speech, by its paragraph and start."""
    subjects: dict[tuple[int, int], Party]
    """Whom a sentence names first, pronouns included, by its paragraph and start."""


def listen(article: Article, cast: Cast, rules: Rules) -> Hearing:
    listening = _Listening(article, cast, rules)
    return Hearing(_merge(list(listening.quotations())), listening.voices, listening.subjects)


@dataclass(frozen=True)
class _Heard:
    """One passage as it was heard in its sentence."""

    passage: Passage
    sentence: Sentence
    speaker: Party | None
    relay: Party | None
    spoken: bool
    whole: bool
    """It is a whole sentence, with no tag of its own."""


class _Listening:
    def __init__(self, article: Article, cast: Cast, rules: Rules) -> None:
        self.article, self.cast, self.rules = article, cast, rules
        said, says = rules.any_of("said"), rules.any_of("says")
        auxiliaries, adverbs = rules.any_of("auxiliaries"), rules.lists["adverbs"]
        if rules.lang == "fr":
            verb = rf"(?:\b{auxiliaries} {adverbs}{said}|{adverbs}\b{says})\b"
        else:
            verb = rf"(?:\b{auxiliaries} )?{adverbs}\b(?:{said}|{says})\b"
        self.verb = re.compile(verb, re.IGNORECASE)
        pronouns = "|".join(rules.lists["pronouns"])
        self.pronoun = re.compile(rf"\b(?P<pronoun>{pronouns})\b", re.IGNORECASE)
        self.inverted = rules.pattern("inverted")
        self.according = rules.pattern("according")
        self.last: list[Party] = []
        """Who spoke so far, in their order."""
        self.voices: dict[tuple[int, int], Party] = {}
        self.subjects: dict[tuple[int, int], Party] = {}

    def quotations(self) -> Iterator[_Heard]:
        passages = self.article.passages()
        before: tuple[Sentence, Party | None] | None = None
        relayed: tuple[Party | None, Party | None] = (None, None)
        for sentence in self.article.sentences():
            end = sentence.start + len(sentence.text)
            inside = [p for p in passages if p.paragraph == sentence.paragraph and sentence.start <= p.start < end]
            same_paragraph = before and before[0].paragraph == sentence.paragraph
            tagged, who = self._voice(sentence, before[1] if before and same_paragraph else None, bool(inside))
            if subject := self._first(sentence, before[1] if before else None):
                self.subjects[sentence.paragraph, sentence.start] = subject
            if tagged and who:
                self.voices[sentence.paragraph, sentence.start] = who
            if not who and inside:
                who = before[1] if before and same_paragraph else None
                who = who or (self.last[-1] if self.last and inside[0].start == sentence.start + 1 else None)
            relay = self._relay(sentence)
            if not relay and same_paragraph and who and who is relayed[0]:
                relay = relayed[1]  # they go on speaking to the same newsroom
            relayed = (who, relay)
            for passage in inside:
                bare = not re.search(r"\w", sentence.outside)
                spoken = self._is_spoken(sentence, passage)
                heard = who if spoken and (tagged or len(passage.text.split()) > ASIDE or _is_someone(who)) else None
                yield _Heard(passage, sentence, heard, relay, spoken, bare)
                if heard:
                    self.last.append(heard)
            if who and tagged and not inside:
                self.last.append(who)
            before = (sentence, who or self._subject(sentence))

    # ---- Whose voice a sentence is ---------------------------------------------------------------------------
    def _voice(self, sentence: Sentence, before: Party | None, quoted: bool) -> tuple[bool, Party | None]:
        """Whether a verb or a preposition of speech stands in it, and who speaks."""
        outside = sentence.outside
        for found in self.according.finditer(outside):
            if mention := self._mention_at(sentence, found.end(), 25):
                return True, self._party(mention)
        for found in self.inverted.finditer(outside):
            if self._is_inverted(outside, found):
                return True, self._meant(found["pronoun"], sentence, found.start(), before)
        for found in self.verb.finditer(outside):
            if self._follows_marks(outside, found.start()):
                if self.last and self.rules.pattern("same_again").match(outside, found.end()):
                    return True, self.last[-1]
                mention = self._mention_at(sentence, found.end(), 40, subject=True)
                if mention:
                    return True, self._party(mention)
            elif mention := self._tagged(sentence, found):
                return True, self._party(mention)
        words = outside.find(MASK)
        verbs = list(self.verb.finditer(outside))
        for found in sorted(
            verbs, key=lambda verb: (verb.start() > words, -verb.start()) if words >= 0 else (False, 0)
        ):
            subject = self._subject_of(sentence, found, before)
            if subject:
                return True, subject
        return False, self._first(sentence, before) if quoted else None

    def _is_inverted(self, outside: str, found: re.Match[str]) -> bool:
        if self.rules.lang == "fr":
            return True
        return bool(self.verb.match(outside, found.end())) and self._follows_marks(outside, found.start())

    @staticmethod
    def _follows_marks(outside: str, place: int) -> bool:
        """Whether a tag at this place comes after the words, as in `"…", said X` and `"…" to us, said X`."""
        return MASK in outside[:place] and bool(re.search(r"[»”\"\0],? ?$|, $", outside[:place]))

    def _tagged(self, sentence: Sentence, verb: re.Match[str]) -> Mention | None:
        """Who is named by a tag without quotation marks: `L'accord doit tenir, a dit lundi X.`"""
        before = sentence.outside[: verb.start()]
        has_verb = self.rules.pattern("future").search(before) or self.rules.pattern("past").search(before)
        if not (before.endswith(", ") and has_verb):
            return None
        mention = self._mention_at(sentence, verb.end(), 40, subject=True)
        closed = mention and re.match(r"[,.;:]|$", sentence.outside[mention.end - sentence.start :].strip())
        return mention if closed else None

    def _subject_of(self, sentence: Sentence, verb: re.Match[str], before: Party | None) -> Party | None:
        """Who stands as the subject of a verb: just before it, else first in the sentence."""
        outside = sentence.outside
        if found := re.search(self.pronoun.pattern + r"(?: n'| ne| l'| en| y)? ?$", outside[: verb.start()], re.I):
            return self._meant(found["pronoun"], sentence, found.start(), before)
        mentions = self._mentions(sentence)
        for mention in mentions:
            between = outside[mention.end - sentence.start : verb.start()]
            if mention.end - sentence.start <= verb.start() and re.fullmatch(
                r"(?:, [^,]+,)? ?|, (?:who|qui) ", between
            ):
                return self._party(mention)
        if MASK not in outside and mentions and mentions[0].start - sentence.start > FAR:
            return None
        return self._first(sentence, before, verb.start())

    def _first(self, sentence: Sentence, before: Party | None, end: int | None = None) -> Party | None:
        """The first one who is named in a sentence, a pronoun before them included."""
        outside = sentence.outside if end is None else sentence.outside[:end]
        mentions = [m for m in self._mentions(sentence) if m.start - sentence.start < len(outside)]
        mentions = [m for m in mentions if not outside[m.end - sentence.start :].startswith("'s")]
        pronoun = self.pronoun.search(outside)
        possessed = re.search(self.rules.lists["possessed"], outside, re.IGNORECASE)
        if possessed:
            return before
        if pronoun and (not mentions or pronoun.start() < mentions[0].start - sentence.start):
            return self._meant(pronoun["pronoun"], sentence, pronoun.start(), before)
        return self._party(mentions[0]) if mentions else None

    def _subject(self, sentence: Sentence) -> Party | None:
        return self._first(sentence, None)

    def _meant(self, pronoun: str, sentence: Sentence, place: int, before: Party | None) -> Party | None:
        """Whom a pronoun means: the subject of its sentence, of the one before, or whoever spoke last."""
        gender = self.rules.lists["pronouns"].get(pronoun.lower(), "")
        here = [
            m.party
            for m in self._mentions(sentence)[:1]
            if m.start - sentence.start < min(place, 5) or (m.start - sentence.start < place and _is_someone(m.party))
        ]
        for party in [*here, before, *reversed(self.last)]:
            if party and party.kind != "document" and self._agrees(party, gender):
                return party
        return None

    @staticmethod
    def _agrees(party: Party, gender: str) -> bool:
        if gender == "o":
            return party.kind not in ("person", "voice")
        return not gender or party.gender in ("", "o", gender)

    def _party(self, mention: Mention) -> Party | None:
        """Whom a mention means; a title that nobody was given means the person who spoke last."""
        if mention.party:
            return mention.party
        return next((party for party in reversed(self.last) if party.kind in ("person", "voice")), None)

    def _mentions(self, sentence: Sentence) -> list[Mention]:
        """Those outside quotation marks."""
        end = sentence.start + len(sentence.text)
        here = self.cast.within(sentence.paragraph, sentence.start, end)
        return [m for m in here if sentence.outside[m.start - sentence.start] != MASK]

    def _mention_at(self, sentence: Sentence, place: int, reach: int, *, subject: bool = False) -> Mention | None:
        """The mention that begins within a few characters after a place; as a `subject`, not behind a preposition."""
        for mention in self._mentions(sentence):
            start, end = mention.start - sentence.start, mention.end - sentence.start
            if subject and self.rules.pattern("prepositions").search(sentence.outside, max(place, 0), start):
                continue
            if end > place and start <= place + reach and not re.search("[,.;:]", sentence.outside[place:start]):
                return mention
        return None

    # ---- Who passed it on, and whether it was spoken at all ------------------------------------------------
    def _relay(self, sentence: Sentence) -> Party | None:
        for pattern in self.rules.patterns("relays", ignore_case=False):
            if found := pattern.search(sentence.outside):
                start = sentence.start + found.start("org")
                for mention in self.cast.within(sentence.paragraph, start, start + 5):
                    if mention.party:
                        return mention.party
        return None

    def _is_spoken(self, sentence: Sentence, passage: Passage) -> bool:
        start = passage.start - sentence.start
        before = re.sub(r"[«“\"]\s*$", "", sentence.outside[:start])
        after = re.sub(r"^\s*[»”\"]", "", sentence.outside[start + len(passage.text) :])
        named = self.rules.pattern("named_before").search(before)
        titled = passage.text[0].isupper() and self.rules.pattern("titled_before").search(before)
        return not (named or titled or self.rules.pattern("named_after").search(after))


def _is_someone(party: Party | None) -> bool:
    return bool(party and party.kind in ("person", "voice"))


def _merge(heard: list[_Heard]) -> list[Quoted]:
    """Put passages together that are one quotation: interrupted by a tag, or running over paragraphs."""
    quotations: list[Quoted] = []
    last: _Heard | None = None
    for each in heard:
        if last and quotations and _continues(last, each):
            earlier = quotations[-1]
            speaker = each.speaker if last.passage.runs_on and not each.whole else earlier.speaker
            merged = replace(earlier, passages=(*earlier.passages, each.passage), speaker=speaker or earlier.speaker)
            quotations[-1] = replace(merged, relay=earlier.relay or each.relay)
        else:
            quotations.append(Quoted((each.passage,), each.speaker, each.relay if each.spoken else None, each.spoken))
        last = each
    return quotations


def _continues(last: _Heard, each: _Heard) -> bool:
    if not (last.spoken and each.spoken):
        return False
    if last.passage.runs_on:
        return each.passage.paragraph == last.passage.paragraph + 1 and each.passage.start <= 2
    if each.passage.paragraph != last.passage.paragraph or not last.sentence.outside.lstrip('«“" ').startswith(MASK):
        return False
    if each.sentence is last.sentence:
        between = last.sentence.text[last.passage.end - last.sentence.start : each.passage.start - last.sentence.start]
        return (
            len(between.split()) <= 12
            and last.passage.text[-1:] not in ".!?"
            and bool(re.search(r", ?[«“\"] ?$", between))
        )
    return each.whole and bool(re.search(",['’]?$", last.passage.text))
