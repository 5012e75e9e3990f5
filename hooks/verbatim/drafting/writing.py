"""Writing: a draft as the YAML of a source and of a briefing that loads at once."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..model.dates import parse_edtf
from ..model.values import GAP
from ..problems import Message, Translate
from ..reading.corpus import Corpus
from ..reading.texts import SourceText, normalise
from .article import Sentence
from .candidates import EventCandidate, PositionCandidate, is_accepted
from .draft import Draft, make_id
from .known import Known, KnownEvent
from .parties import Party
from .speakers import ASIDE, Quoted
from .time_words import TimeWords

_PLAIN = re.compile(r"[a-z][a-z0-9-]*(?: \d+)?|\d{4}(?:-\d\d){0,2}~?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_PLAIN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
MOST_OF_A_QUOTE = 1000


def write_source(draft: Draft, translate: Translate = str) -> str:
    """`translate` gives what it says to the author in their language."""
    about, article = draft.about, draft.article
    title = article.title or translate("TODO the article's own title")
    lines = [f"kind: {scalar('press')}", f"title: {{{about.lang}: {scalar(title)}}}", f"lang: {about.lang}"]
    lines.append(f"published: {about.published}")
    lines += [f"publisher: {scalar(about.publisher)}"] if about.publisher else []
    lines += [f"url: {scalar(about.url)}"] if about.url else []
    lines.append("text: private")
    return "\n".join(lines) + "\n"


def write_briefing(draft: Draft, corpus: Corpus, translate: Translate = str) -> str:
    """TODO stands wherever a person must decide. It holds the article's quotations, and first words in comments.

    `translate` gives comments and what TODO asks for in the author's language.
    """
    return "\n".join(_Writing(draft, corpus, translate).lines()) + "\n"


class _Writing:
    def __init__(self, draft: Draft, corpus: Corpus, translate: Translate) -> None:
        self.draft, self.corpus, self.translate = draft, corpus, translate
        self.text = SourceText(draft.text)
        self.known, self.day = Known(corpus, draft.about.lang), parse_edtf(str(draft.about.published))
        self.spoken = [quoted for quoted in draft.quotations if quoted.spoken]
        self.quotation_ids = dict(zip(map(id, self.spoken), self._name_quotations(), strict=True))
        heard = [party for quoted in self.spoken for party in (quoted.speaker, quoted.relay) if party]
        held = [party for each in draft.positions for party in (each.party, each.said_by) if party]
        heard += [party for party in held if party.kind == "voice"]
        self.voices = list(dict.fromkeys(party for party in heard if not party.id))
        self.ids = {id(party): party.id for party in draft.cast.parties if party.id}
        taken = set(corpus.actors) | {"source"}
        for party in self.voices:
            self.ids[id(party)] = _free(make_id(party.name), taken)

    def _name_quotations(self) -> Iterator[str]:
        """After their speaker's last name: `ancouvre-1`."""
        taken = {q.id for briefing in self.corpus.briefings.values() for q in briefing.quotations}
        for quoted in self.spoken:
            name = make_id(quoted.speaker.name).split("-")[-1] if quoted.speaker else "unattributed"
            yield _free(f"{name}-1", taken)

    def lines(self) -> Iterator[str]:
        about = self.draft.about
        yield self._comment("A draft made from the words of one article. Decide every TODO.")
        yield self._comment("Only a person who has read every line against the source sets `status: published`.")
        yield f"title: {scalar(self.translate('TODO what this briefing is about'))}"
        yield f"date: {about.published}"
        yield f"lang: {about.lang}"
        yield "status: draft"
        yield f"summary: {scalar(self.translate('TODO what the article says, in our own words'))}"
        yield from self._voices()
        yield from self._quotations()
        yield from self._not_spoken()
        yield from self._positions()
        yield from self._events()
        yield from self._candidates()
        yield from self._dates()
        yield from self._uncited()

    def _voices(self) -> Iterator[str]:
        if self.voices:
            yield "\nvoices:"
        for party in self.voices:
            yield f"  - id: {self.ids[id(party)]}"
            yield f"    name: {scalar(party.name[0].upper() + party.name[1:])}"
            if party.kind not in ("voice", "document"):
                advice = "TODO named: make it an actor ({kind}) and delete this voice, or delete this line"
                yield f"    description: {scalar(self.translate(Message(advice, kind=party.kind)))}"

    def _quotations(self) -> Iterator[str]:
        if self.spoken:
            yield "\nquotations:"
        for quoted in self.spoken:
            yield from self._quotation(quoted)

    def _quotation(self, quoted: Quoted) -> Iterator[str]:
        quote = f" {GAP} ".join(passage.text for passage in quoted.passages).rstrip(",")
        if len(quote.split()) <= ASIDE:  # whose full stop is that of the sentence around it
            quote = quote.rstrip(".")
        first, last = quoted.paragraphs[0], quoted.paragraphs[-1]
        yield f"  - id: {self.quotation_ids[id(quoted)]}"
        yield f"    source: {self.draft.about.id}"
        speaker = self.ids[id(quoted.speaker)] if quoted.speaker else self.translate("TODO whose words are these?")
        yield f"    speaker: {scalar(speaker)}"
        if quoted.relay:
            yield f"    relayed_by: {self.ids[id(quoted.relay)]}"
        if len(quote) > MOST_OF_A_QUOTE:
            advice = "TODO longer than {most} characters: copy the part that matters"
            quote = self.translate(Message(advice, most=MOST_OF_A_QUOTE))
        yield f"    quote: {scalar(quote)}"
        yield from self._context(quoted, quote)
        yield f"    locator: paragraph {first}" + (f"-{last}" if last > first else "")

    def _context(self, quoted: Quoted, quote: str) -> Iterator[str]:
        """The words before a quotation that stands twice in the text: as few as tell the places apart."""
        if len(self.text.find(quote)) < 2:
            return
        passage = quoted.passages[0]
        before = normalise(self.draft.article.paragraphs[passage.paragraph - 1][: passage.start]).split()
        for count in range(1, len(before) + 1):
            prefix = " ".join(before[-count:])
            if len(prefix) <= 32 and len(self.text.find(quote, prefix)) == 1:
                yield f"    prefix: {scalar(prefix)}"
                return

    def _not_spoken(self) -> Iterator[str]:
        names = [quoted for quoted in self.draft.quotations if not quoted.spoken]
        if names:
            yield self._comment("Between marks, but a name or a title rather than words spoken:")
        for quoted in names:
            yield self._comment(
                Message("paragraph {number}: {words}", number=quoted.paragraphs[0], words=quoted.passages[0].text)
            )

    def _evidence(self, sentences: Iterable[Sentence]) -> str:
        """The quotations that stand in some sentences; for a sentence without one, its paragraph."""
        cited = []
        for sentence in sentences:
            end = sentence.start + len(sentence.text)
            here = [
                self.quotation_ids[id(quoted)]
                for quoted in self.spoken
                if any(p.paragraph == sentence.paragraph and sentence.start <= p.start < end for p in quoted.passages)
            ]
            cited += here or [f"{{source: {self.draft.about.id}, locator: paragraph {sentence.paragraph}}}"]
        return f"[{', '.join(dict.fromkeys(cited))}]"

    def _who(self, party: Party) -> str:
        return scalar(self.ids.get(id(party)) or f"TODO {party.name}")

    def _positions(self) -> Iterator[str]:
        if self.draft.positions:
            yield "\npositions:"
        taken = {position.id for position in self.known.positions}
        for candidate in self.draft.positions:
            holder = candidate.party.id or make_id(candidate.party.name)
            yield from self._position(
                _free(f"{holder[:60].strip('-')}-{self.draft.about.published}-1", taken), candidate
            )

    def _position(self, id: str, candidate: PositionCandidate) -> Iterator[str]:
        shown = Message("paragraph {number}, shown by: {words}", number=candidate.paragraph, words=candidate.words)
        yield f"  {self._comment(shown)}"
        issues = self.known.issues_like(candidate)
        for earlier in self.known.earlier_positions(candidate, issues, self.day):
            known = f"{earlier.id} ({earlier.issue}: {earlier.stance}, {earlier.date})"
            yield f"  {self._comment(Message('known: {what}', what=known))}"
        yield f"  - id: {id}"
        yield f"    actor: {self._who(candidate.party)}"
        which = self.translate(Message("TODO {issues}?", issues=", ".join(issues))) if issues else "TODO"
        yield f"    issue: {scalar(which)}"
        yield "    stance: TODO"
        yield f"    modality: {candidate.modality}"
        if candidate.said_by or candidate.modality != "stated":
            yield f"    said_by: {self._who(candidate.said_by) if candidate.said_by else 'source'}"
        if candidate.modality == "expected":
            yield f"    expected_at: {scalar(self.translate('TODO the event at which this is awaited'))}"
        yield "    summary: TODO"
        yield from self._position_dates(candidate)
        yield f"    evidence: {self._evidence(candidate.sentences)}"

    def _position_dates(self, candidate: PositionCandidate) -> Iterator[str]:
        """The day of publication, unless a date stands right behind the words: `a refusé mardi`."""
        words = next((words for words in self.draft.dates if _follows(words, candidate)), None)
        edtf, published = words.edtf if words else "", str(self.draft.about.published)
        if words and _DAY.fullmatch(edtf) and edtf <= published:
            yield f"    date: {edtf}"
            yield f"    date_text: {scalar(words.text)}"
            yield "    date_basis: derived"
        else:
            yield f"    date: {published}"
        if edtf.endswith("/.."):
            yield f"    since: {edtf.removesuffix('/..')}"

    def _events(self) -> Iterator[str]:
        if self.draft.events:
            yield "\nevents:"
        near = self.known.events_near(self.draft.events)
        for number, (candidate, known) in enumerate(zip(self.draft.events, near, strict=True), 1):
            yield from self._event(number, candidate, known)

    def _event(self, number: int, candidate: EventCandidate, near: list[KnownEvent]) -> Iterator[str]:
        words = candidate.words
        paragraphs = dict.fromkeys(sentence.paragraph for sentence in candidate.sentences)
        cited = (f"{{source: {self.draft.about.id}, locator: paragraph {number}}}" for number in paragraphs)
        evidence = f"    evidence: [{', '.join(cited)}]"
        for known in near:
            yield from self._known_event(candidate, known)
            if known.likeness:
                yield evidence
        if any(known.likeness for known in near):
            yield f"  {self._comment('Or a new event; delete what does not apply:')}"
        yield f"  - id: {self.draft.about.id[:60].strip('-')}-event-{number}"
        if is_accepted(words.edtf):
            yield f"    date: {words.edtf}"
        else:
            season = Message("TODO {date} is a season: choose months or a year", date=words.edtf)
            yield f"    date: {scalar(self.translate(season))}"
        yield f"    date_text: {scalar(words.text)}"
        yield "    date_basis: derived"
        yield "    title: TODO"
        yield "    kind: TODO"
        yield f"    status: {candidate.status}"
        actors = [party.id for party in candidate.parties if party.id]
        if actors:
            yield f"    actors: [{', '.join(actors)}]"
        yield evidence

    def _known_event(self, candidate: EventCandidate, known: KnownEvent) -> Iterator[str]:
        """One that shares something with the candidate is added to, but for its evidence; others are a comment."""
        event = known.event
        title = event.title.get(self.draft.about.lang) or next(iter(event.title.values()))
        what = f"{{event: {event.id}}} {event.date}, {known.status}: {title}"
        yield f"  {self._comment(Message('known: {what}', what=what))}"
        if not known.likeness:
            return
        yield f"  - event: {event.id}"
        is_outcome = known.status in ("planned", "possible") and candidate.status == "happened"
        if is_outcome and event.date.lower <= self.day.upper:
            yield f"    status: {scalar(self.translate('TODO happened? or delete this line'))}"
        yield f"    summary: {scalar(self.translate('TODO what this article adds to it; delete this line if nothing'))}"

    def _candidates(self) -> Iterator[str]:
        new = self.draft.candidates
        if new:
            yield "\n" + self._comment("Named in the article, and not in actors/:")
        for party in new:
            count = Message("{name} ({kind}), {count} times", name=party.name, kind=party.kind, count=party.count)
            yield self._comment(count)

    def _dates(self) -> Iterator[str]:
        if self.draft.dates:
            yield "\n" + self._comment("Every date expression, resolved:")
        for words in self.draft.dates:
            resolved = f"{words.text} = {words.edtf}"
            yield self._comment(Message("paragraph {number}: {words}", number=words.paragraph, words=resolved))

    def _uncited(self) -> Iterator[str]:
        """First words only: this file is published with the project, and the article's text is not ours."""
        cited = {(p.paragraph, p.start) for quoted in self.spoken for p in quoted.passages}
        cited |= {(s.paragraph, s.start) for c in self.draft.positions for s in c.sentences}
        cited |= {(s.paragraph, s.start) for c in self.draft.events for s in c.sentences}
        sentences = self.draft.article.sentences()
        left = [
            s for s in sentences
            if not any(p == s.paragraph and s.start <= start < s.start + len(s.text) for p, start in cited)
        ]  # fmt: skip
        if left:
            yield "\n" + self._comment("Sentences that nothing here cites, by their first words:")
        for sentence in left:
            first = f"{' '.join(sentence.text.split()[:5])} …"
            yield self._comment(Message("paragraph {number}: {words}", number=sentence.paragraph, words=first))

    def _comment(self, message: str) -> str:
        return f"# {_one_line(self.translate(message))}"


def _follows(words: TimeWords, candidate: PositionCandidate) -> bool:
    return words.paragraph == candidate.paragraph and 0 <= words.start - candidate.end <= 1


def _free(id: str, taken: set[str]) -> str:
    """An id that is not taken: the number at its end is raised until it is free."""
    stem, _, number = id.rpartition("-")
    stem, count = (stem, int(number)) if stem and number.isdecimal() else (id, 1)
    while id in taken:
        count += 1
        id = f"{stem}-{count}"
    taken.add(id)
    return id


def scalar(text: str) -> str:
    """A YAML scalar on one line; quoted unless it is an id, a date or a single word."""
    text = visible(text)
    return text if _PLAIN.fullmatch(text) and text not in _NOT_PLAIN else json.dumps(text, ensure_ascii=False)


def visible(text: str) -> str:
    """Without controls and invisible characters, which verification passes over and YAML files may not hold."""
    return "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)


def _one_line(text: str) -> str:
    return " ".join(visible(text).split())
