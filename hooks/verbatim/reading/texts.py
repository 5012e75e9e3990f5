"""Matching: where a quotation stands in its source's text, character by character, after one normalisation.

The normalisation, and nothing else: Unicode NFC; paragraphs are blocks between blank lines; within them any run
of white space, no-break spaces included, is one space; spaces just inside « and » are dropped; typographic
quotation marks and apostrophes are their plain forms; soft hyphens are dropped. Letters, case, accents and
punctuation count. `[…]` in a quotation joins passages that follow each other in that order.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

GAP = "[…]"

_BESIDE = 40
"""Code points beside a passage that are held against its prefix and suffix, which have 32 at most."""

_MOST_TRIED = 1_000_000
"""Places of a quotation that are held against its prefix and suffix."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "\u00ad": None})
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_INSIDE_GUILLEMETS = re.compile(r"(?<=«) | (?=»)")


def normalise(text: str) -> str:
    """One paragraph's or quotation's text in the form in which texts are compared."""
    text = " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())
    return _INSIDE_GUILLEMETS.sub("", text)


def digest(text: str) -> str:
    """SHA-256 of a normalised text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Span:
    """A passage of a normalised text, in code points; `end` is exclusive."""

    start: int
    end: int


class SourceText:
    """A source's text, normalised: paragraphs of one line each, joined by line feeds."""

    def __init__(self, raw: str) -> None:
        blocks = _BLANK_LINE.split(raw.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))
        self.paragraphs = [paragraph for block in blocks if (paragraph := normalise(block))]
        self.text = "\n".join(self.paragraphs)

    @cached_property
    def digest(self) -> str:
        return digest(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        starts, position = [], 0
        for paragraph in self.paragraphs:
            starts.append(position)
            position += len(paragraph) + 1
        return starts

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph that holds a code point; the first is 1."""
        return bisect_right(self._starts, position)

    def find(self, quote: str, prefix: str = "", suffix: str = "", most: int = 2) -> list[Span]:
        """Where the quotation stands, `most` places at the most.

        `prefix` and `suffix` are words that must stand just before and just after it; white space between them
        and the quotation does not count.
        """
        parts = [normalise(part) for part in quote.split(GAP)]
        if not all(parts):
            return []
        wanted_before, wanted_after = normalise(prefix), normalise(suffix)
        spans = []
        for span in islice(self._spans(parts, 0), _MOST_TRIED):
            before = self.text[max(0, span.start - _BESIDE) : span.start].rstrip()
            after = self.text[span.end : span.end + _BESIDE].lstrip()
            if before.endswith(wanted_before) and after.startswith(wanted_after):
                spans.append(span)
                if len(spans) == most:
                    break
        return spans

    def _spans(self, parts: list[str], position: int) -> Iterator[Span]:
        first, *rest = parts
        while (start := self.text.find(first, position)) >= 0:
            end, position = start + len(first), start + 1
            if not rest:
                yield Span(start, end)
                continue
            found = False
            for span in self._spans(rest, end):
                found = True
                yield Span(start, span.end)
            if not found:
                return  # what does not follow here follows no later either

    def closest(self, quote: str) -> str:
        """The passage most like a quotation that is not there, its differing words between ‹ and ›.

        It holds no more of the source's characters than the quotation itself has; empty where nothing is alike.
        """
        wanted, words = _WORD.findall(normalise(quote.replace(GAP, " "))), _WORD.findall(self.text)
        blocks = difflib.SequenceMatcher(None, words, wanted, autojunk=False)
        anchor = blocks.find_longest_match()
        if not anchor.size:
            return ""
        start = max(0, anchor.a - anchor.b)
        window = words[start : start + len(wanted)]
        while window and len(" ".join(window)) > len(quote):
            window.pop()
        alike = difflib.SequenceMatcher(None, window, wanted, autojunk=False).get_matching_blocks()
        kept = {index for block in alike for index in range(block.a, block.a + block.size)}
        return " ".join(word if index in kept else f"‹{word}›" for index, word in enumerate(window))
