"""Verification: each quotation and paraphrase against its source's text where that is at hand, else against the lock.

`unverified` judges what is written, for every check and build. `verify` makes the lock anew. Neither says more
of a private text than the quotation holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..model.entities import Briefing, Quotation, Source
from ..model.schema import paraphrases_in
from ..problems import Message, Problem, Severity, Where
from ..progress import Progress, counted, silent
from ..reading.corpus import Corpus
from ..reading.lock import Key, Lock, ParagraphLine, QuotationLine
from ..reading.text_files import text_name
from .claims import RUN, Fault, KnownText, ParagraphClaim, QuotationClaim

AnyClaim: TypeAlias = "QuotationClaim | ParagraphClaim"
Faults = list[tuple[AnyClaim, Fault]]


def unverified(corpus: Corpus, progress: Progress = silent) -> Iterator[Problem]:
    """A problem for each claim that neither text nor lock proves, and for each line of the lock without a claim."""
    claims, texts = list(_claims(corpus)), _known_texts(corpus)
    judged = [
        (claim, claim.judge(corpus.lock, texts.get(claim.source.id), _place(corpus, claim.source)))
        for claim in counted(claims, "claims verified", progress)
    ]
    yield from _problems(corpus, [(claim, fault) for claim, fault in judged if fault])
    yield from _left_over(corpus, {claim.key for claim in claims})
    yield from _contradictions(corpus)


@dataclass(frozen=True)
class Verification:
    """What `verify` found."""

    lock: Lock
    """A line for each claim that holds, and the old one of each that cannot be judged now."""

    matched: frozenset[Key]
    """The lines that were found in a text that is at hand."""

    proven: frozenset[Key]
    """These, and the lines that still hold although the text is not at hand."""

    problems: list[Problem]
    """What could not be verified."""

    at_hand: int
    """The texts that were read, of the sources that have one."""

    wanted: int
    """The sources that have a text and that something is quoted or paraphrased from."""

    @property
    def kept(self) -> int:
        """How many lines hold and were taken from the old lock, because the text is not at hand."""
        return len(self.proven - self.matched)


def verify(corpus: Corpus, *, whole: bool = True, progress: Progress = silent) -> Verification:
    """Make the lock anew from everything that is quoted or paraphrased.

    Without a source's text its lines are kept where they still hold, also when the quotation or the source was given
    another id. What cannot be judged now loses no line; nor does anything where the corpus is not `whole`, since some
    file could not be read.
    """
    claims, texts = list(_claims(corpus)), _known_texts(corpus)
    orphans = _orphans(corpus.lock, {claim.key for claim in claims})
    unjudged = _unjudged(corpus) if whole else {*corpus.lock.quotations, *corpus.lock.paragraphs}
    quotations = {key: line for key, line in corpus.lock.quotations.items() if key in unjudged}
    paragraphs = {key: line for key, line in corpus.lock.paragraphs.items() if key in unjudged}
    matched: set[Key] = set()
    proven: set[Key] = set()
    faults: Faults = []
    for claim in counted(claims, "claims verified", progress):
        text = texts.get(claim.source.id)
        line = claim.prove(text, show=True) if text else claim.kept_line(corpus.lock, orphans)
        if line is None or isinstance(line, Fault):
            place = _place(corpus, claim.source)
            no_text = Fault(
                "cannot be verified: the text of its source is not here",
                Message("put it at {file}", file=place),
                of_several="{count} quotations and paragraphs cannot be verified: the text of their source is not here",
            )
            faults.append((claim, line or no_text))
            line = claim.line_in(corpus.lock)
            if text and line and line.text_digest != text.digest:
                line = None  # of another text than the one that is here
        else:
            proven.add(claim.key)
            matched |= {claim.key} if text else set()
        if isinstance(claim, QuotationClaim) and isinstance(line, QuotationLine):
            quotations[claim.key] = line
        elif isinstance(claim, ParagraphClaim) and isinstance(line, ParagraphLine):
            paragraphs[claim.key] = line
    problems = [*_contradictions(corpus, at_hand=corpus.texts), *_problems(corpus, faults)]
    wanted = {claim.source.id for claim in claims}
    return Verification(
        Lock(quotations, paragraphs),
        frozenset(matched),
        frozenset(proven),
        sorted(set(problems)),
        at_hand=len(wanted & {*corpus.texts}),
        wanted=len(wanted),
    )


def _known_texts(corpus: Corpus) -> dict[str, KnownText]:
    """The texts that are at hand, each with all quotations from it, by source."""
    quotations: dict[str, list[Quotation]] = {}
    for briefing in corpus.briefings.values():
        for quotation in briefing.quotations:
            quotations.setdefault(quotation.source, []).append(quotation)
    revealed = corpus.lock.digests() if corpus.unread.get(Briefing) else None  # which may quote any of them
    return {
        id: KnownText(text, corpus.sources[id], quotations.get(id, []), revealed) for id, text in corpus.texts.items()
    }


def _claims(corpus: Corpus) -> Iterator[AnyClaim]:
    """All quotations, then all paraphrased paragraphs, whose source has a text to verify against, here or elsewhere.

    Of two quotations with one id in a briefing the first, since the lock has one line for them.
    """
    provable = {source.id: source for source in corpus.sources.values() if source.text != "none"}
    for briefing in corpus.briefings.values():
        seen: set[str] = set()
        for index, quotation in enumerate(briefing.quotations):
            source = provable.get(quotation.source)
            if source and quotation.id not in seen:
                yield QuotationClaim(briefing, ("quotations", index, "quote"), source, quotation)
            seen.add(quotation.id)
    for record in corpus.records():
        for loc, paraphrase in paraphrases_in(record):
            source = provable.get(paraphrase.source)
            if source and paraphrase.locator:
                for number in paraphrase.locator.paragraphs:
                    yield ParagraphClaim(record, (*loc, "locator"), source, number)


def _problems(corpus: Corpus, faults: Faults) -> Iterator[Problem]:
    """A problem for each fault; one for all of a file that wait for one thing, and one for an unbroken text."""
    published = {(type(record), record.id) for record in corpus.published().records()} if faults else set()

    def severity(claim: AnyClaim) -> Severity:
        """What a draft has yet to prove keeps nobody from reading it under `serve`, nor others from publishing."""
        return "error" if (type(claim.record), claim.record.id) in published else "notice"

    cited: dict[str, int] = {}
    severities: dict[str, Severity] = {}
    for claim, fault in faults:
        id = claim.source.id
        text = corpus.texts.get(id)
        if fault.paragraph and text and text.is_unbroken:
            cited[id] = max(fault.paragraph, cited.get(id, 0))
            severities[id] = min(severities.get(id, "notice"), severity(claim))  # in the order of the alphabet
    crowded = {id for id, number in cited.items() if number > len(corpus.texts[id].paragraphs)}
    for id in crowded:
        message = Message(
            "its paragraphs are not set apart: {found} found, paragraph {cited} cited",
            found=len(corpus.texts[id].paragraphs),
            cited=cited[id],
        )
        hint = "leave a blank line between paragraphs"
        yield Problem(Where(_place(corpus, corpus.sources[id])), "", message, hint, severities[id])
    alike: dict[tuple[object, ...], Faults] = {}
    for number, (claim, fault) in enumerate(faults):
        if not (fault.paragraph and claim.source.id in crowded):
            several = (type(claim.record), claim.record.id, fault.of_several, fault.hint) if fault.of_several else ()
            alike.setdefault(several or (number,), []).append((claim, fault))
    for (claim, fault), *others in alike.values():
        loc, said = claim.loc, fault.message
        if others:
            loc, said = (), Message(fault.of_several, count=1 + len(others))
        yield corpus.problem(claim.record, *loc, message=said, hint=fault.hint, severity=severity(claim))


def _orphans(lock: Lock, wanted: set[Key]) -> dict[tuple[str, str], QuotationLine]:
    """The lines of quotations that are there no more, by source and digest."""
    return {(line.source, line.digest): line for key, line in lock.quotations.items() if key not in wanted}


def _unjudged(corpus: Corpus) -> set[Key]:
    """The lines of the lock for what cannot be judged: its file cannot be read, or its source is not known."""
    unread = corpus.unread.get(Briefing, frozenset())
    homeless = {
        (briefing.id, quotation.id)
        for briefing in corpus.briefings.values()
        for quotation in briefing.quotations
        if quotation.source not in corpus.sources
    }
    paraphrases = (paraphrase for record in corpus.records() for _, paraphrase in paraphrases_in(record))
    any_paragraph = any(corpus.unread.values()) or any(each.source not in corpus.sources for each in paraphrases)
    quotations: set[Key] = {key for key in corpus.lock.quotations if key[0] in unread or key in homeless}
    return quotations | set(corpus.lock.paragraphs if any_paragraph else ())


def _left_over(corpus: Corpus, wanted: set[Key]) -> Iterator[Problem]:
    """Lines of the lock for what is no longer there."""
    drafts = {briefing.id for briefing in corpus.briefings.values() if briefing.status == "draft"}
    unfinished = any(corpus.open_points(briefing) for briefing in corpus.briefings.values())
    wanted = wanted | _unjudged(corpus)
    for (home, id), number in corpus.lock.places.items():
        if (home, id) not in wanted:
            is_paragraph = isinstance(id, int)
            message = Message("left over: there is no quotation {id} of {home} to prove", id=id, home=home)
            if is_paragraph:
                message = Message("left over: there is no paragraph {number} of {home} to prove", number=id, home=home)
            unsure = unfinished if is_paragraph else home in drafts
            severity: Severity = "notice" if unsure else "error"  # a draft may yet take it up again
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


def _place(corpus: Corpus, source: Source) -> str:
    """Where a source's text belongs, as problems name it."""
    return text_name(source, corpus.lock_file.split("/")[0])
