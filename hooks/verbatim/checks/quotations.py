"""Verification: each quotation and paraphrase against its source's text where that is at hand, else against the lock.

`unverified` judges what is written, for every check and build. `verify` makes the lock anew. Neither says more
of a private text than the quotation holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.entities import Briefing, Quotation, Record
from ..model.schema import paraphrases_in
from ..problems import Loc, Problem, Where
from ..reading.corpus import Corpus
from ..reading.lock import Key, Lock, ParagraphLine, QuotationLine
from ..reading.texts import SourceText, Span, digest, normalise

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
    source: str
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
        return QuotationLine(self.source, self.digest, Span(first.start, last.end), text.digest)

    def compare(self, line: QuotationLine, proven: QuotationLine | None) -> Fault | None:
        """What in the lock's line disagrees with the quotation, or with what its text proves where that is at hand."""
        if proven and line.text_digest != proven.text_digest:
            return Fault("the text of its source has changed since it was verified", _RUN)
        if (line.source, line.digest) != (self.source, self.digest):
            return Fault("edited since it was verified", _RUN)
        if proven and line.span != proven.span:
            return Fault("the lock says another place of the text", _RUN)
        return None

    def kept_line(self, lock: Lock, orphans: Mapping[tuple[str, str], QuotationLine]) -> QuotationLine | None:
        """The line that still holds without the text: its own, or one whose quotation has another id now."""
        line = lock.quotations.get(self.key)
        if line and not self.compare(line, None):
            return line
        return orphans.get((self.source, self.digest))

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
        """The line that still holds without the text."""
        return lock.paragraphs.get(self.key)


def unverified(corpus: Corpus) -> Iterator[Problem]:
    """A problem for each claim that the text or the lock does not bear out, and for lines of the lock left over."""
    claims = list(_claims(corpus))
    for claim in claims:
        if fault := _judge(claim, corpus):
            yield _problem(corpus, claim, fault)
    yield from _left_over(corpus, {claim.key for claim in claims})


def verify(corpus: Corpus) -> tuple[Lock, list[Problem]]:
    """A lock for everything that is quoted or paraphrased, and what could not be verified.

    Without a source's text its lines are kept where they still hold; one whose quotation was only given another
    id goes with it.
    """
    claims = list(_claims(corpus))
    orphans = _orphans(corpus.lock, {claim.key for claim in claims})
    quotations, paragraphs, problems = {}, {}, []
    for claim in claims:
        text = corpus.texts.get(claim.source)
        line = claim.prove(text, show=True) if text else claim.kept_line(corpus.lock, orphans)
        if isinstance(line, QuotationLine):
            quotations[claim.key] = line
        elif isinstance(line, ParagraphLine):
            paragraphs[claim.key] = line
        else:
            problems.append(_problem(corpus, claim, line or _no_text(corpus, claim.source)))
    return Lock(quotations, paragraphs), sorted(set(problems))


def _claims(corpus: Corpus) -> Iterator[QuotationClaim | ParagraphClaim]:
    """All quotations, then all paraphrased paragraphs, whose source has a text to verify against, here or elsewhere."""
    provable = {source.id for source in corpus.sources.values() if source.text != "none"}
    for briefing in corpus.briefings.values():
        for index, quotation in enumerate(briefing.quotations):
            if quotation.source in provable:
                loc, key = ("quotations", index, "quote"), (briefing.id, quotation.id)
                yield QuotationClaim(briefing, loc, quotation.source, key, quotation)
    for record in corpus.records():
        for loc, paraphrase in paraphrases_in(record):
            if paraphrase.source in provable and paraphrase.locator:
                for number in paraphrase.locator.paragraphs:
                    key = (paraphrase.source, number)
                    yield ParagraphClaim(record, (*loc, "locator"), paraphrase.source, key, number)


def _judge(claim: QuotationClaim | ParagraphClaim, corpus: Corpus) -> Fault | None:
    """What is wrong with a claim, or None: the same judgement for what is quoted and what is paraphrased."""
    text, line = corpus.texts.get(claim.source), corpus.lock.line(claim.key)
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


def _no_text(corpus: Corpus, source: str) -> Fault:
    folder = corpus.lock_file.rsplit("/", 1)[0]
    hint = f"put it at {folder}/{source}.txt"
    return Fault("cannot be verified: the text of its source is not here", hint)


def _numbers(paragraphs: range) -> str:
    """As a locator writes them: `3`, or `3-5`."""
    return f"{paragraphs[0]}-{paragraphs[-1]}" if len(paragraphs) > 1 else f"{paragraphs[0]}"
