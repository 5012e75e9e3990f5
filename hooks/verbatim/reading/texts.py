"""Matching: where a quotation stands in its source's text, character by character, after one normalisation.

The normalisation, and nothing else: Unicode NFC; paragraphs are blocks between blank lines; within them any run
of white space, no-break spaces included, is one space; spaces just inside « and » are dropped; typographic
quotation marks and apostrophes are their plain forms; soft hyphens are dropped. Letters, case, accents and
punctuation count. `[…]` in a quotation joins passages that follow each other in that order. No passage begins or
ends inside a word.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

GAP = "[…]"

_BESIDE = 2
"""Code points behind a passage that decide whether it ends inside a word."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "\u00ad": None})
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts without spaces between words, as a class of characters: Thai, Lao, Burmese, Khmer, kana, Han and others."""

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


Place = tuple[Span, ...]
"""Where a quotation stands: one passage for each of its parts, in their order and without overlap.

Two places differ in at least one passage.
"""


class SourceText:
    """A source's text, normalised: paragraphs of one line each, joined by line feeds."""

    def __init__(self, raw: str) -> None:
        blocks = _BLANK_LINE.split(raw.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))
        self.paragraphs = [paragraph for block in blocks if (paragraph := normalise(block))]
        self.text = "\n".join(self.paragraphs)
        self._found: dict[tuple[str, str, str, bool], list[Place]] = {}

    @cached_property
    def digest(self) -> str:
        return digest(self.text)

    @cached_property
    def paragraph_spans(self) -> list[Span]:
        """The place of each paragraph in the text."""
        spans, start = [], 0
        for paragraph in self.paragraphs:
            spans.append(Span(start, start + len(paragraph)))
            start += len(paragraph) + 1
        return spans

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph that holds a code point; the first is 1."""
        return bisect_right(self.paragraph_spans, position, key=lambda span: span.start)

    @cached_property
    def _inside_word(self) -> str:
        """A regular expression for the places inside a word, where no passage may begin or end.

        A word is made of letters, digits and the marks upon them; hyphens and middle dots join its parts, as do
        apostrophes up to the place behind them (`can't` is one word, but `l'Alliance` may be quoted from its
        second letter on), and points, commas and colons between digits.
        """
        marks = "".join(sorted(char for char in set(self.text) if unicodedata.category(char).startswith("M")))
        mark = f"[{marks}]" if marks else "(?!)."
        letter = rf"(?:[^\W{_UNSPACED}]|(?![{_UNSPACED}]){mark})"
        return (
            rf"(?:(?<={letter})(?=['‐‑·-]?{letter})|(?<={letter}[‐‑·-])(?={letter})"
            rf"|(?<=\d)(?=[.,:]\d)|(?<=\d[.,:])(?=\d)|(?={mark}))"
        )

    def find(self, quote: str, prefix: str = "", suffix: str = "", *, inside_words: bool = False) -> list[Place]:
        """The first place of a quotation, and one other where there is one.

        `prefix` and `suffix` are words that must stand just before and just after it; white space between them
        and the quotation does not count. `inside_words` lifts the rule that passages consist of whole words. Takes
        time in proportion to the text, however often the parts occur.
        """
        asked = (quote, prefix, suffix, inside_words)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, quote: str, prefix: str, suffix: str, inside_words: bool) -> list[Place]:
        parts = [normalise(part) for part in quote.split(GAP)]
        if not all(parts):
            return []
        befores = [normalise(prefix), *[""] * (len(parts) - 1)]
        afters = [*[""] * (len(parts) - 1), normalise(suffix)]
        forbidden = "" if inside_words else self._inside_word
        patterns = [_pattern(*part, forbidden) for part in zip(parts, befores, afters, strict=True)]
        first = self._first_place(patterns)
        if not first:
            return []
        other = self._other_place(patterns, first)
        return [first, other] if other else [first]

    def _first_place(self, patterns: list[re.Pattern[str]]) -> Place:
        """The place where each part stands as early as it can; empty where there is no place."""
        place, position = [], 0
        for pattern in patterns:
            found = pattern.search(self.text, position)
            if not found:
                return ()
            place.append(Span(*found.span()))
            position = found.end()
        return tuple(place)

    def _other_place(self, patterns: list[re.Pattern[str]], first: Place) -> Place:
        """A place that differs from the first one in a single part; empty where the first is the only one.

        Looking for a single part that can stand later is enough: in any other place no part stands earlier than
        in the first one, so the last part that differs can be exchanged for its own passage in the first.
        """
        limits = [*(span.start for span in first[1:]), len(self.text)]
        for index, (pattern, span, limit) in enumerate(zip(patterns, first, limits, strict=True)):
            found = pattern.search(self.text, span.start + 1, limit + _BESIDE)
            if found and found.end() <= limit:
                return (*first[:index], Span(*found.span()), *first[index + 1 :])
        return ()

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


def _pattern(part: str, before: str, after: str, forbidden: str) -> re.Pattern[str]:
    """Matches one part of a quotation that neither begins nor ends at a forbidden place.

    `before` and `after` are words just before and after it, or empty.

    The part's own characters come first and all conditions after them: `re` then searches in linear time, also where
    the part overlaps itself.
    """
    pattern, back = re.escape(part), f".{{{len(part)}}}"
    if forbidden:
        pattern += f"(?!{forbidden})(?<!{forbidden}{back})"
    if before:
        word = re.escape(before)
        pattern += rf"(?:(?<={word}{back})|(?<={word}\s{back}))"
    if after:
        pattern += rf"(?=\s?{re.escape(after)})"
    return re.compile(pattern, re.DOTALL)
