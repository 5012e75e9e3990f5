"""Claims: what has to be proven, how a source's text proves it, and what the lock must say of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from ..model.entities import Briefing, Quotation, Record, Source
from ..model.values import GAP
from ..problems import Loc, Message
from ..reading.closest import find_closest
from ..reading.lock import LEAST_HIDDEN, Key, Lock, ParagraphLine, QuotationLine
from ..reading.texts import SourceText, Span, digest, normalise

RUN = "run `python hooks verify`"
_NOT_LOCKED = "{count} quotations and paragraphs are not in the lock: not verified yet"
_CHANGED = "the text of its source has changed since it was verified"
_TO_SEE = "run `python hooks verify` to see the closest passage"

Line = TypeVar("Line", QuotationLine, ParagraphLine)

Orphans = Mapping[tuple[str, str], QuotationLine]
"""Lines of quotations that are no longer there under their ids, by source and digest."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a claim, and what to do about it."""

    message: str
    hint: str = ""

    paragraph: int = 0
    """The paragraph that the claim names, where the text does not number its paragraphs so."""

    of_several: str = ""
    """What is wrong where `{count}` claims of a file have this fault; empty where each is told by itself."""


class KnownText:
    """A source's text that is at hand, with the passages of it that everybody can read in quotations.

    Where not all quotations are known, `revealed` are the digests that the lock has already: no others are given.
    """

    def __init__(
        self,
        text: SourceText,
        source: Source,
        quotations: Iterable[Quotation],
        revealed: Container[str] | None = None,
    ) -> None:
        self.text = text
        self._revealed = revealed
        self.public = source.text == "public"
        self._known = bytearray(len(text.text))
        for quotation in quotations:
            before, after = normalise(quotation.prefix or ""), normalise(quotation.suffix or "")
            for place in text.find(quotation.quote, before, after):
                for passage in place:
                    start, end = max(0, passage.start - len(before) - 1), passage.end + len(after) + 1
                    self._known[start:end] = b"\1" * len(self._known[start:end])

    @property
    def digest(self) -> str | None:
        """SHA-256 of the text, or None where it could be guessed from that."""
        return self._given(self.text.digest) if self._is_hidden(Span(0, len(self.text.text))) else None

    def paragraph_digest(self, number: int) -> str | None:
        """SHA-256 of a paragraph, or None where it could be guessed from that."""
        hidden = self._is_hidden(self.text.paragraph_spans[number - 1])
        return self._given(digest(self.text.paragraphs[number - 1])) if hidden else None

    def _given(self, digest: str) -> str | None:
        return digest if self.public or self._revealed is None or digest in self._revealed else None

    def _is_hidden(self, passage: Span) -> bool:
        return self.public or self._known.count(0, passage.start, passage.end) >= LEAST_HIDDEN


@dataclass(frozen=True)
class Claim(ABC, Generic[Line]):
    """Something that has to be proven: a quotation, or a paragraph that a paraphrase points to."""

    record: Record
    loc: Loc
    source: Source

    @property
    def not_locked(self) -> str:
        """What a message says where the lock has no line for it."""
        return "not in the lock: not verified yet"

    @property
    @abstractmethod
    def key(self) -> Key:
        """Of its line in the lock."""

    @abstractmethod
    def line_in(self, lock: Lock) -> Line | None: ...

    @abstractmethod
    def prove(self, text: KnownText, *, show: bool) -> Line | Fault:
        """The line that the lock should hold; or why the text does not bear the claim out.

        `show` says whether the hint may hold the closest passage.
        """

    @abstractmethod
    def compare(self, line: Line, proven: Line | None) -> Fault | None:
        """What in the lock's line disagrees with the claim, or with what its text proves where that is at hand."""

    @abstractmethod
    def kept_line(self, lock: Lock, orphans: Orphans) -> Line | None:
        """The line that still holds without the text: its own, or one from before an id was changed."""

    def judge(self, lock: Lock, text: KnownText | None, place: str) -> Fault | None:
        """What is wrong with it, by the text where that is at hand and by the lock; or None.

        `place` is where the text belongs.
        """
        proven = self.prove(text, show=False) if text else None
        if isinstance(proven, Fault):
            return proven
        line = self.line_in(lock)
        fault = self.compare(line, proven) if line else Fault(self.not_locked, RUN, of_several=_NOT_LOCKED)
        if fault and not text and fault.hint == RUN:
            return replace(
                fault,
                hint=Message("put the text of its source at {place}, then run `python hooks verify`", place=place),
            )
        return fault

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids under which the lock may know its source."""
        return self.source.id, *self.source.formerly


@dataclass(frozen=True)
class QuotationClaim(Claim[QuotationLine]):
    record: Briefing
    quotation: Quotation

    @property
    def key(self) -> tuple[str, str]:
        return self.record.id, self.quotation.id

    def line_in(self, lock: Lock) -> QuotationLine | None:
        return lock.quotations.get(self.key)

    @property
    def digest(self) -> str:
        return digest(normalise(self.quotation.quote))

    def prove(self, text: KnownText, *, show: bool) -> QuotationLine | Fault:
        quotation = self.quotation
        places = text.text.find(quotation.quote, quotation.prefix or "", quotation.suffix or "")
        if not places:
            return self._not_found(text, show=show or text.public)
        if len(places) > 1:
            return Fault("more than once in the text of its source", "add `prefix` or `suffix`, the words beside it")
        first, last = places[0][0], places[0][-1]
        found = range(text.text.paragraph_at(first.start), text.text.paragraph_at(last.start) + 1)
        named = quotation.locator.paragraphs if quotation.locator else range(0)
        if named and found != named:
            message = Message("stands in paragraph {found}, not {named}", found=_numbers(found), named=_numbers(named))
            return Fault(message, "correct its `locator`", named[-1])
        return QuotationLine(self.source.id, self.digest, Span(first.start, last.end), text.digest)

    def compare(self, line: QuotationLine, proven: QuotationLine | None) -> Fault | None:
        if proven and line.text_digest != proven.text_digest:
            return _only_one(line.text_digest, proven.text_digest, RUN) or Fault(_CHANGED, RUN)
        if line.digest != self.digest:
            return Fault("edited since it was verified", RUN)
        if line.source != self.source.id:
            return Fault(Message("was verified in another source, {source!r}", source=line.source), RUN)
        if not self._fits(line.span):
            return Fault("its line in the lock names a place that cannot hold it", RUN)
        if proven and line.span != proven.span:
            return Fault("the lock says another place of the text", RUN)
        return None

    def kept_line(self, lock: Lock, orphans: Orphans) -> QuotationLine | None:
        lines = [self.line_in(lock), *(orphans.get((source, self.digest)) for source in self.source_ids)]
        renamed = (replace(line, source=self.source.id) for line in lines if line and line.source in self.source_ids)
        return next((line for line in renamed if not self.compare(line, None)), None)

    def _fits(self, span: Span) -> bool:
        """Whether a passage is as long as the quotation, or longer where that has gaps."""
        parts = [len(normalise(part)) for part in self.quotation.quote.split(GAP)]
        length = span.end - span.start
        return length == sum(parts) if len(parts) == 1 else length >= sum(parts)

    def _not_found(self, text: KnownText, *, show: bool) -> Fault:
        """Why it is not there; `show` says whether words of the text may be told."""
        quote, prefix, suffix = self.quotation.quote, self.quotation.prefix or "", self.quotation.suffix or ""
        find = text.text.find
        if find(quote, prefix, suffix, inside_words=True):
            return Fault("begins or ends inside a word of its source's text", "quote whole words, beside `[…]` too")
        if find(quote):
            wrong = (
                "prefix"
                if not find(quote, prefix)
                else "suffix"
                if not find(quote, "", suffix)
                else "prefix and suffix"
            )
            return Fault(
                Message("stands in the text of its source without this {wrong}", wrong=wrong),
                "quote the words beside it, or none",
            )
        closest = find_closest(text.text, quote, bounded=not text.public)
        if not closest:
            return Fault("not in the text of its source, nor anything like it", "correct it, or its `source`")
        message = "not in the text of its source in this order"
        if closest.differs_at:
            message = Message("not in the text of its source: differs at {words!r}", words=closest.differs_at)
        if not show:
            return Fault(message, _TO_SEE)
        hint = "closest, cut to the length of yours: {passage}" if closest.is_cut else "closest: {passage}"
        return Fault(message, Message(hint, passage=_in_quotes(closest.passage)))


@dataclass(frozen=True)
class ParagraphClaim(Claim[ParagraphLine]):
    number: int

    @property
    def key(self) -> tuple[str, int]:
        return self.source.id, self.number

    @property
    def not_locked(self) -> str:
        return Message("paragraph {number} is not in the lock: not verified yet", number=self.number)

    def line_in(self, lock: Lock) -> ParagraphLine | None:
        return lock.paragraphs.get(self.key)

    def prove(self, text: KnownText, *, show: bool) -> ParagraphLine | Fault:
        count = len(text.text.paragraphs)
        if self.number > count:
            message = "its source's text has 1 paragraph"
            if count != 1:
                message = Message("its source's text has {count} paragraphs", count=count)
            return Fault(message, paragraph=self.number)
        return ParagraphLine(text.paragraph_digest(self.number), text.digest)

    def compare(self, line: ParagraphLine, proven: ParagraphLine | None) -> Fault | None:
        if not proven or line == proven:
            return None
        hint: str = Message("read paragraph {number} again, then run `python hooks verify`", number=self.number)
        if line.digest != proven.digest:
            message = Message("paragraph {number} of its source has changed since it was verified", number=self.number)
            return _only_one(line.digest, proven.digest, hint) or Fault(message, hint)
        hint = hint if line.digest is None else RUN
        return _only_one(line.text_digest, proven.text_digest, hint) or Fault(_CHANGED, hint)

    def kept_line(self, lock: Lock, orphans: Orphans) -> ParagraphLine | None:
        lines = (lock.paragraphs.get((source, self.number)) for source in self.source_ids)
        return next((line for line in lines if line), None)


def _in_quotes(passage: str) -> str:
    """A passage as a value of YAML, to be pasted."""
    escaped = passage.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _only_one(line: str | None, proven: str | None, hint: str) -> Fault | None:
    """A fault where one of two digests is withheld: the lock reveals more than it should, or pins less."""
    if (line is None) == (proven is None):
        return None
    return Fault("its digests in the lock are not those that it should have", hint)


def _numbers(paragraphs: range) -> str:
    """As a locator writes them: `3`, or `3-5`."""
    return f"{paragraphs[0]}-{paragraphs[-1]}" if len(paragraphs) > 1 else f"{paragraphs[0]}"
