"""Verification: each quotation and paraphrase against its source's text where that is at hand, else against the lock.

`unverified` judges what is written, for every check and build. `verify` makes the lock anew. Neither says more
of a private text than the quotation holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from ..model.entities import Briefing, Quotation, Record, Source
from ..model.schema import paraphrases_in
from ..problems import Message, Problem, Severity, Where
from ..reading.corpus import Corpus
from ..reading.lock import Key, Lock, ParagraphLine, QuotationLine
from ..reading.text_files import text_name
from .claims import RUN, Fault, KnownText, ParagraphClaim, QuotationClaim


def unverified(corpus: Corpus) -> Iterator[Problem]:
    """A problem for each claim that neither text nor lock proves, and for each line of the lock without a claim."""
    claims, texts = list(_claims(corpus)), _known_texts(corpus)
    for claim in claims:
        if fault := claim.judge(corpus.lock, texts.get(claim.source.id)):
            yield _problem(corpus, claim, fault, severity="warning" if _is_draft(claim.record) else "error")
    yield from _left_over(corpus, {claim.key for claim in claims})
    yield from _contradictions(corpus)


@dataclass(frozen=True)
class Verification:
    """What `verify` found."""

    lock: Lock
    """A line for each claim that holds."""

    matched: frozenset[Key]
    """The lines that were found in a text that is at hand."""

    problems: list[Problem]
    """What could not be verified."""

    @property
    def kept(self) -> int:
        """How many lines were taken from the old lock, because the text is not at hand."""
        return len(self.lock.quotations) + len(self.lock.paragraphs) - len(self.matched)


def verify(corpus: Corpus) -> Verification:
    """Make the lock anew from everything that is quoted or paraphrased.

    Without a source's text its lines are kept where they still hold, also when the quotation or the source was given
    another id.
    """
    claims, texts = list(_claims(corpus)), _known_texts(corpus)
    orphans = _orphans(corpus.lock, {claim.key for claim in claims})
    quotations: dict[tuple[str, str], QuotationLine] = {}
    paragraphs: dict[tuple[str, int], ParagraphLine] = {}
    problems = list(_contradictions(corpus, at_hand=corpus.texts))
    for claim in claims:
        text = texts.get(claim.source.id)
        line = claim.prove(text, show=True) if text else claim.kept_line(corpus.lock, orphans)
        if isinstance(claim, QuotationClaim) and isinstance(line, QuotationLine):
            quotations[claim.key] = line
        elif isinstance(claim, ParagraphClaim) and isinstance(line, ParagraphLine):
            paragraphs[claim.key] = line
        else:
            fault = line if isinstance(line, Fault) else _no_text(corpus, claim.source)
            problems.append(_problem(corpus, claim, fault))
    matched: set[Key] = {key for key, line in quotations.items() if line.source in corpus.texts}
    matched |= {key for key in paragraphs if key[0] in corpus.texts}
    return Verification(Lock(quotations, paragraphs), frozenset(matched), sorted(set(problems)))


def _known_texts(corpus: Corpus) -> dict[str, KnownText]:
    """The texts that are at hand, each with all quotations from it, by source."""
    quotations: dict[str, list[Quotation]] = {}
    for briefing in corpus.briefings.values():
        for quotation in briefing.quotations:
            quotations.setdefault(quotation.source, []).append(quotation)
    return {id: KnownText(text, corpus.sources[id], quotations.get(id, [])) for id, text in corpus.texts.items()}


def _claims(corpus: Corpus) -> Iterator[QuotationClaim | ParagraphClaim]:
    """All quotations, then all paraphrased paragraphs, whose source has a text to verify against, here or elsewhere."""
    provable = {source.id: source for source in corpus.sources.values() if source.text != "none"}
    for briefing in corpus.briefings.values():
        for index, quotation in enumerate(briefing.quotations):
            if source := provable.get(quotation.source):
                yield QuotationClaim(briefing, ("quotations", index, "quote"), source, quotation)
    for record in corpus.records():
        for loc, paraphrase in paraphrases_in(record):
            source = provable.get(paraphrase.source)
            if source and paraphrase.locator:
                for number in paraphrase.locator.paragraphs:
                    yield ParagraphClaim(record, (*loc, "locator"), source, number)


def _problem(
    corpus: Corpus, claim: QuotationClaim | ParagraphClaim, fault: Fault, severity: Severity = "error"
) -> Problem:
    return corpus.problem(claim.record, *claim.loc, message=fault.message, hint=fault.hint, severity=severity)


def _is_draft(record: Record) -> bool:
    """What a draft has yet to prove keeps nobody from reading it under `serve`."""
    return isinstance(record, Briefing) and record.status == "draft"


def _orphans(lock: Lock, wanted: set[Key]) -> dict[tuple[str, str], QuotationLine]:
    """The lines of quotations that are there no more, by source and digest."""
    return {(line.source, line.digest): line for key, line in lock.quotations.items() if key not in wanted}


def _left_over(corpus: Corpus, wanted: set[Key]) -> Iterator[Problem]:
    """Lines of the lock for what is no longer there; what could not be read may still be."""
    unread = corpus.unread.get(Briefing, frozenset())
    unfinished = {briefing.id for briefing in corpus.briefings.values() if corpus.open_points(briefing)}
    for (home, id), number in corpus.lock.places.items():
        is_paragraph = isinstance(id, int)
        unsure = bool(unfinished) if is_paragraph else home in unfinished
        if (home, id) not in wanted and not (unread if is_paragraph else home in unread):
            message = Message("left over: there is no quotation {id} of {home} to prove", id=id, home=home)
            if is_paragraph:
                message = Message("left over: there is no paragraph {number} of {home} to prove", number=id, home=home)
            severity: Severity = "warning" if unsure else "error"  # a draft may yet take it up again
            yield Problem(Where(corpus.lock_file, number), "", message, RUN, severity)


def _contradictions(corpus: Corpus, at_hand: Container[str] = ()) -> Iterator[Problem]:
    """Lines of the lock whose text differs from earlier lines of the source. Sources verified now are skipped."""
    lock = corpus.lock
    lines = [(lock.places.get(key, 1), line.source, line.text_digest) for key, line in lock.quotations.items()]
    lines += [(lock.places.get(key, 1), key[0], line.text_digest) for key, line in lock.paragraphs.items()]
    first: dict[str, tuple[str | None, int]] = {}
    for number, source, text in sorted(lines, key=lambda line: line[0]):
        known, place = first.setdefault(source, (text, number))
        if text != known and source not in at_hand:
            message = Message("another text of {source!r} than on line {place}", source=source, place=place)
            yield Problem(Where(corpus.lock_file, number), "", message, "run `python hooks verify` where the text is")


def _no_text(corpus: Corpus, source: Source) -> Fault:
    folder = corpus.lock_file.split("/")[0]
    return Fault(
        "cannot be verified: the text of its source is not here",
        Message("put it at {file}", file=text_name(source, folder)),
    )
