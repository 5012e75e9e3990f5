"""Verification: each quotation and paraphrase against its source's text where that is at hand, else against the lock.

`unverified` judges what is written, for every check and build. `verify` makes the lock anew. Neither says more
of a private text than the quotation holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.entities import Briefing, Paraphrase, Quotation, Record
from ..model.schema import paraphrases_in
from ..problems import Loc, Problem, Where
from ..reading.corpus import Corpus
from ..reading.lock import Lock, ParagraphLine, QuotationLine
from ..reading.texts import SourceText, Span, digest, normalise

_RUN = "run `python hooks verify`"


def unverified(corpus: Corpus) -> Iterator[Problem]:
    """A problem for each quotation and paraphrase that the text or the lock does not bear out."""
    quotations, paragraphs = set(), set()
    for briefing, loc, quotation in _quotations(corpus):
        quotations.add((briefing.id, quotation.id))
        message, hint = _judge_quotation(corpus, briefing, quotation)
        if message:
            yield corpus.problem(briefing, *loc, message=message, hint=hint)
    for record, loc, source, number in _paraphrases(corpus):
        paragraphs.add((source, number))
        message, hint = _judge_paragraph(corpus, source, number)
        if message:
            yield corpus.problem(record, *loc, message=message, hint=hint)
    yield from _left_over(corpus, quotations, paragraphs)


def verify(corpus: Corpus) -> tuple[Lock, list[Problem]]:
    """A lock for everything that is quoted or paraphrased, and what could not be verified.

    Without a source's text its lines are kept where they still hold; one whose quotation was only given another
    id goes with it.
    """
    problems: list[Problem] = []
    quotations: dict[tuple[str, str], QuotationLine] = {}
    paragraphs: dict[tuple[str, int], ParagraphLine] = {}
    wanted = {(briefing.id, quotation.id) for briefing, _, quotation in _quotations(corpus)}
    orphans = {(line.source, line.digest): line for key, line in corpus.lock.quotations.items() if key not in wanted}
    for briefing, loc, quotation in _quotations(corpus):
        key, sha = (briefing.id, quotation.id), digest(normalise(quotation.quote))
        if text := corpus.texts.get(quotation.source):
            span, message, hint = _locate(text, quotation, show=True)
            line = span and QuotationLine(quotation.source, sha, span, text.digest)
        else:
            line = corpus.lock.quotations.get(key)
            if not line or (line.source, line.digest) != (quotation.source, sha):
                line = orphans.get((quotation.source, sha))
            message, hint = _no_text(corpus, quotation.source)
        if line:
            quotations[key] = line
        else:
            problems.append(corpus.problem(briefing, *loc, message=message, hint=hint))
    for record, loc, source, number in _paraphrases(corpus):
        if text := corpus.texts.get(source):
            message, hint = _no_such_paragraph(text, number), ""
            line = None if message else _paragraph_line(text, number)
        else:
            line = corpus.lock.paragraphs.get((source, number))
            message, hint = _no_text(corpus, source)
        if line:
            paragraphs[source, number] = line
        else:
            problems.append(corpus.problem(record, *loc, message=message, hint=hint))
    return Lock(quotations, paragraphs), sorted(set(problems))


def _quotations(corpus: Corpus) -> Iterator[tuple[Briefing, Loc, Quotation]]:
    """Those whose source has a text to verify against, here or elsewhere."""
    for briefing in corpus.briefings.values():
        for index, quotation in enumerate(briefing.quotations):
            source = corpus.sources.get(quotation.source)
            if source and source.text != "none":
                yield briefing, ("quotations", index, "quote"), quotation


def _paraphrases(corpus: Corpus) -> Iterator[tuple[Record, Loc, str, int]]:
    """Those that point to a paragraph of such a source: the record, where in it, the source, and the number."""
    for record in corpus.records():
        for loc, paraphrase in paraphrases_in(record):
            source = corpus.sources.get(paraphrase.source)
            number = _paragraph_number(paraphrase)
            if source and source.text != "none" and number:
                yield record, (*loc, "locator"), source.id, number


def _paragraph_number(item: Paraphrase | Quotation) -> int:
    """0 where the locator is not a paragraph."""
    locator = item.locator
    return int(locator.value) if locator and locator.kind == "paragraph" and locator.value.isdecimal() else 0


def _judge_quotation(corpus: Corpus, briefing: Briefing, quotation: Quotation) -> tuple[str, str]:
    """What is wrong with a quotation, and what to do; two empty strings where nothing is."""
    text, line = corpus.texts.get(quotation.source), corpus.lock.quotations.get((briefing.id, quotation.id))
    if text:
        span, message, hint = _locate(text, quotation, show=False)
        if message:
            return message, hint
        if line and line.text_digest != text.digest:
            return "the text of its source has changed since it was verified", _RUN
    if not line:
        return "not in the lock: not verified yet", _RUN
    if (line.source, line.digest) != (quotation.source, digest(normalise(quotation.quote))):
        return "edited since it was verified", _RUN
    if text and line.span != span:
        return "the lock says another place of the text", _RUN
    return "", ""


def _judge_paragraph(corpus: Corpus, source: str, number: int) -> tuple[str, str]:
    text, line = corpus.texts.get(source), corpus.lock.paragraphs.get((source, number))
    if text and (message := _no_such_paragraph(text, number)):
        return message, ""
    if not line:
        return f"paragraph {number} is not in the lock: not verified yet", _RUN
    if text and line.digest != digest(text.paragraphs[number - 1]):
        return f"paragraph {number} of its source has changed since it was verified", f"read it again, then {_RUN}"
    if text and line.text_digest != text.digest:
        return "the text of its source has changed since it was verified", _RUN
    return "", ""


def _left_over(corpus: Corpus, quotations: set, paragraphs: set) -> Iterator[Problem]:
    """Lines of the lock for what is no longer there; what could not be read may still be."""
    unread = corpus.unread.get(Briefing, frozenset())
    for key, number in corpus.lock.places.items():
        gone = key not in quotations if key in corpus.lock.quotations else key not in paragraphs and not unread
        if gone and key[0] not in unread:
            what = f"paragraph {key[1]} of {key[0]}" if isinstance(key[1], int) else f"quotation {key[1]} of {key[0]}"
            yield Problem(Where(corpus.lock_file, number), "", f"left over: there is no {what} to prove", _RUN)


def _locate(text: SourceText, quotation: Quotation, *, show: bool) -> tuple[Span | None, str, str]:
    """A quotation's one place; or what is wrong and what to do. `show` lets the hint tell the closest passage."""
    spans = text.find(quotation.quote, quotation.prefix or "", quotation.suffix or "")
    if not spans:
        closest = text.closest(quotation.quote) if show else ""
        hint = f"closest: {closest}" if closest else "" if show else f"{_RUN} to see the closest passage"
        return None, "not in the text of its source", hint
    if len(spans) > 1:
        return None, "more than once in the text of its source", "add `prefix` or `suffix`, the words beside it"
    number, found = _paragraph_number(quotation), text.paragraph_at(spans[0].start)
    if number not in (0, found):
        return None, f"stands in paragraph {found}, not {number}", "mend its `locator`"
    return spans[0], "", ""


def _paragraph_line(text: SourceText, number: int) -> ParagraphLine:
    return ParagraphLine(digest(text.paragraphs[number - 1]), text.digest)


def _no_such_paragraph(text: SourceText, number: int) -> str:
    count = len(text.paragraphs)
    return "" if number <= count else f"its source's text has {count} paragraph{'s' if count != 1 else ''}"


def _no_text(corpus: Corpus, source: str) -> tuple[str, str]:
    folder = corpus.lock_file.rsplit("/", 1)[0]
    return "cannot be verified: the text of its source is not here", f"put it at {folder}/{source}.txt"
