"""Coverage: which sentences of a source's text support a claim of a briefing, and which support none.

For authors, on their own machine: it shows the source's text, and nothing of it is ever published.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..model.entities import Briefing
from ..model.schema import paraphrases_in
from ..reading.corpus import Corpus
from ..reading.texts import SourceText, Span

_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\bMM\.)[\"»”)]*\s+(?=[«\"“(]?[^\W\d_a-zà-ÿ])")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a source, and whether the briefing rests on it."""

    paragraph: int
    span: Span
    text: str
    quoted: bool
    """A quotation stands in it, in whole or in part."""

    paraphrased: bool
    """A paraphrase points to its paragraph."""

    @property
    def used(self) -> bool:
        return self.quoted or self.paraphrased


def cited_sources(briefing: Briefing) -> list[str]:
    """The ids of the sources that a briefing quotes or paraphrases."""
    sources = [quotation.source for quotation in briefing.quotations]
    return list(dict.fromkeys([*sources, *(paraphrase.source for _, paraphrase in paraphrases_in(briefing))]))


def source_sentences(corpus: Corpus, source: str, briefings: Collection[Briefing]) -> list[Sentence]:
    """The sentences of a source whose text is at hand, marked as these briefings use them."""
    return list(_sentences(corpus.texts[source], corpus, briefings, source))


def _sentences(text: SourceText, corpus: Corpus, briefings: Collection[Briefing], source: str) -> Iterator[Sentence]:
    quoted = [
        passage
        for briefing in briefings
        for quotation in briefing.quotations
        if quotation.source == source
        for place in text.find(quotation.quote, quotation.prefix or "", quotation.suffix or "")
        for passage in place
    ]
    paraphrased = {
        number
        for record in (*briefings, *corpus.actors.values())
        for _, paraphrase in paraphrases_in(record)
        if paraphrase.source == source and paraphrase.locator
        for number in paraphrase.locator.paragraphs
    }
    for number, paragraph in enumerate(text.paragraph_spans, 1):
        for span in _sentence_spans(text.text, paragraph):
            within = any(passage.start < span.end and span.start < passage.end for passage in quoted)
            yield Sentence(number, span, text.text[span.start : span.end].strip(), within, number in paraphrased)


def _sentence_spans(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of a paragraph, each with the white space that follows it."""
    start = paragraph.start
    for end in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        yield Span(start, end.end())
        start = end.end()
    yield Span(start, paragraph.end)
