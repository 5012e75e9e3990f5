"""Verification: each quotation and paraphrase against its source's text where that is at hand, else against the lock.

`unverified` judges what is written, for every check and build. `verify` makes the lock anew. Neither says more
of a private text than the quotation holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from ..model.entities import Briefing, Quotation, Record, Source
from ..model.schema import paraphrases_in
from ..problems import Loc, Problem, Where
from ..reading.corpus import Corpus
from ..reading.lock import Key, Lock, ParagraphLine, QuotationLine
from ..reading.texts import GAP, SourceText, Span, digest, normalise

_RUN = "run `python hooks verify`"
_TO_SEE = f"{_RUN} to see the closest passage"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a claim, and what to do about it."""

    message: str
    hint: str = ""


@dataclass(frozen=True)
class Claim:
    """Something that has to be proven: a quotation, or a paragraph that a paraphrase points to."""

    record: Record
    loc: Loc
    source: Source
    key: Key
    """Of its line in the lock."""


@dataclass(frozen=True)
class QuotationClaim(Claim):
    quotation: Quotation

    @property
    def digest(self) -> str:
        return digest(normalise(self.quotation.quote))

    def prove(self, text: SourceText, *, show: bool) -> QuotationLine | Fault:
        """The line that the lock should hold; or why the text does not bear the quotation out.

        `show` says whether the hint may hold the closest passage.
        """
        quotation = self.quotation
        where = (quotation.quote, quotation.prefix or "", quotation.suffix or "")
        places = text.find(*where)
        if not places and text.find(*where, inside_words=True):
            return Fault("begins or ends inside a word of its source's text", "quote whole words, beside `[…]` too")
        if not places:
            return Fault("not in the text of its source", self._closest(text) if show else _TO_SEE)
        if len(places) > 1:
            return Fault("more than once in the text of its source", "add `prefix` or `suffix`, the words beside it")
        first, last = places[0][0], places[0][-1]
        found = range(text.paragraph_at(first.start), text.paragraph_at(last.start) + 1)
        named = quotation.locator.paragraphs if quotation.locator else range(0)
        if named and found != named:
            return Fault(f"stands in paragraph {_numbers(found)}, not {_numbers(named)}", "correct its `locator`")
        return QuotationLine(self.source.id, self.digest, Span(first.start, last.end), text.digest)

    def compare(self, line: QuotationLine, proven: QuotationLine | None) -> Fault | None:
        """What in the lock's line disagrees with the quotation, or with what its text proves where that is at hand."""
        if proven and line.text_digest != proven.text_digest:
            return Fault("the text of its source has changed since it was verified", _RUN)
        if line.digest != self.digest:
            return Fault("edited since it was verified", _RUN)
        if line.source != self.source.id:
            return Fault(f"was verified in another source, {line.source!r}", _RUN)
        if not self._fits(line.span):
            return Fault("its line in the lock names a place that cannot hold it", _RUN)
        if proven and line.span != proven.span:
            return Fault("the lock says another place of the text", _RUN)
        return None

    def kept_line(self, lock: Lock, orphans: Mapping[tuple[str, str], QuotationLine]) -> QuotationLine | None:
        """The line that still holds without the text: its own, or one from before an id was changed."""
        own = lock.quotations.get(self.key)
        lines = [own, *(orphans.get((source, self.digest)) for source in _names(self.source))]
        renamed = (
            replace(line, source=self.source.id) for line in lines if line and line.source in _names(self.source)
        )
        return next((line for line in renamed if not self.compare(line, None)), None)

    def _fits(self, span: Span) -> bool:
        """Whether a passage is as long as the quotation, or longer where that has gaps."""
        parts = [len(normalise(part)) for part in self.quotation.quote.split(GAP)]
        length = span.end - span.start
        return length == sum(parts) if len(parts) == 1 else length >= sum(parts)

    def _closest(self, text: SourceText) -> str:
        closest = text.closest(self.quotation.quote)
        return f"closest: {closest}" if closest else ""


@dataclass(frozen=True)
class ParagraphClaim(Claim):
    number: int

    def prove(self, text: SourceText, *, show: bool) -> ParagraphLine | Fault:
        """The line that the lock should hold; or a fault where the text has no such paragraph."""
        count = len(text.paragraphs)
        if self.number > count:
            return Fault(f"its source's text has {count} paragraph{'s' if count != 1 else ''}")
        return ParagraphLine(digest(text.paragraphs[self.number - 1]), text.digest)

    def compare(self, line: ParagraphLine, proven: ParagraphLine | None) -> Fault | None:
        """What in the lock's line disagrees with the text, where that is at hand."""
        if proven and line.digest != proven.digest:
            message = f"paragraph {self.number} of its source has changed since it was verified"
            return Fault(message, f"read it again, then {_RUN}")
        if proven and line.text_digest != proven.text_digest:
            return Fault("the text of its source has changed since it was verified", _RUN)
        return None

    def kept_line(self, lock: Lock, orphans: Mapping[tuple[str, str], QuotationLine]) -> ParagraphLine | None:
        """The line that still holds without the text, from before its source was given another id too."""
        lines = (lock.paragraphs.get((source, self.number)) for source in _names(self.source))
        return next((line for line in lines if line), None)


def unverified(corpus: Corpus) -> Iterator[Problem]:
    """A problem for each claim that the text or the lock does not bear out, and for lines of the lock left over."""
    claims = list(_claims(corpus))
    for claim in claims:
        if fault := _judge(claim, corpus):
            yield _problem(corpus, claim, fault)
    yield from _left_over(corpus, {claim.key for claim in claims})
    yield from _contradictions(corpus)


@dataclass(frozen=True)
class Verification:
    """What `verify` found."""

    lock: Lock
    """A line for each claim that holds."""

    matched: int
    """How many of these lines were found in a text that is at hand."""

    problems: list[Problem]
    """What could not be verified."""

    @property
    def kept(self) -> int:
        """How many lines were taken from the old lock, because the text is not at hand."""
        return len(self.lock.quotations) + len(self.lock.paragraphs) - self.matched


def verify(corpus: Corpus) -> Verification:
    """Make the lock anew from everything that is quoted or paraphrased.

    Without a source's text its lines are kept where they still hold, also when the quotation or the source was given
    another id.
    """
    claims = list(_claims(corpus))
    orphans = _orphans(corpus.lock, {claim.key for claim in claims})
    quotations, paragraphs, matched = {}, {}, set()
    problems = list(_contradictions(corpus, at_hand=corpus.texts))
    for claim in claims:
        text = corpus.texts.get(claim.source.id)
        if text:
            matched.add(claim.key)
        line = claim.prove(text, show=True) if text else claim.kept_line(corpus.lock, orphans)
        if isinstance(line, QuotationLine):
            quotations[claim.key] = line
        elif isinstance(line, ParagraphLine):
            paragraphs[claim.key] = line
        else:
            problems.append(_problem(corpus, claim, line or _no_text(corpus, claim.source)))
    lines = {**quotations, **paragraphs}
    return Verification(Lock(quotations, paragraphs), len(matched & lines.keys()), sorted(set(problems)))


def _claims(corpus: Corpus) -> Iterator[QuotationClaim | ParagraphClaim]:
    """All quotations, then all paraphrased paragraphs, whose source has a text to verify against, here or elsewhere."""
    provable = {source.id: source for source in corpus.sources.values() if source.text != "none"}
    for briefing in corpus.briefings.values():
        for index, quotation in enumerate(briefing.quotations):
            if source := provable.get(quotation.source):
                loc, key = ("quotations", index, "quote"), (briefing.id, quotation.id)
                yield QuotationClaim(briefing, loc, source, key, quotation)
    for record in corpus.records():
        for loc, paraphrase in paraphrases_in(record):
            source = provable.get(paraphrase.source)
            if source and paraphrase.locator:
                for number in paraphrase.locator.paragraphs:
                    yield ParagraphClaim(record, (*loc, "locator"), source, (source.id, number), number)


def _judge(claim: QuotationClaim | ParagraphClaim, corpus: Corpus) -> Fault | None:
    """What is wrong with a claim, or None: the same judgement for what is quoted and what is paraphrased."""
    text, line = corpus.texts.get(claim.source.id), corpus.lock.line(claim.key)
    proven = claim.prove(text, show=False) if text else None
    if isinstance(proven, Fault):
        return proven
    if not line:
        what = f"paragraph {claim.number} is " if isinstance(claim, ParagraphClaim) else ""
        return Fault(f"{what}not in the lock: not verified yet", _RUN)
    return claim.compare(line, proven)


def _problem(corpus: Corpus, claim: Claim, fault: Fault) -> Problem:
    return corpus.problem(claim.record, *claim.loc, message=fault.message, hint=fault.hint)


def _orphans(lock: Lock, wanted: set[Key]) -> dict[tuple[str, str], QuotationLine]:
    """The lines of quotations that are there no more, by source and digest."""
    return {(line.source, line.digest): line for key, line in lock.quotations.items() if key not in wanted}


def _left_over(corpus: Corpus, wanted: set[Key]) -> Iterator[Problem]:
    """Lines of the lock for what is no longer there; what could not be read may still be."""
    unread = corpus.unread.get(Briefing, frozenset())
    for (home, id), number in corpus.lock.places.items():
        is_paragraph = isinstance(id, int)
        if (home, id) not in wanted and not (unread if is_paragraph else home in unread):
            what = f"paragraph {id} of {home}" if is_paragraph else f"quotation {id} of {home}"
            yield Problem(Where(corpus.lock_file, number), "", f"left over: there is no {what} to prove", _RUN)


def _contradictions(corpus: Corpus, at_hand: Container[str] = ()) -> Iterator[Problem]:
    """Lines of the lock that name another text than lines before them, but for sources that are verified anew."""
    first: dict[str, tuple[str, int]] = {}
    for key, number in corpus.lock.places.items():
        line = corpus.lock.line(key)
        source = line.source if isinstance(line, QuotationLine) else key[0]
        digest, place = first.setdefault(source, (line.text_digest, number))
        if digest != line.text_digest and source not in at_hand:
            message = f"another text of {source!r} than on line {place}"
            yield Problem(Where(corpus.lock_file, number), "", message, f"{_RUN} where the text is")


def _names(source: Source) -> tuple[str, ...]:
    """The ids under which the lock may know a source."""
    return source.id, *source.formerly


def _no_text(corpus: Corpus, source: Source) -> Fault:
    folder = corpus.lock_file.rsplit("/", 1)[0]
    hint = f"put it at {folder}/{source.id}.txt"
    return Fault("cannot be verified: the text of its source is not here", hint)


def _numbers(paragraphs: range) -> str:
    """As a locator writes them: `3`, or `3-5`."""
    return f"{paragraphs[0]}-{paragraphs[-1]}" if len(paragraphs) > 1 else f"{paragraphs[0]}"
