"""Matching: where a quotation stands in its source's text, character by character, after one normalisation.

The normalisation, and nothing else: Unicode NFC; paragraphs are blocks between blank lines; within them any run
of white space, no-break spaces included, is one space; spaces just inside « and » are dropped; typographic
quotation marks and apostrophes are their plain forms; soft hyphens and other invisible characters are dropped.
Letters, case, accents and punctuation count. `[…]` in a quotation joins passages that follow each other in that
order. No passage begins or ends inside a word or a number.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..model.values import GAP

_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Web pages hold them inside words, where authors neither see nor may type them."""

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‟": '"', **dict.fromkeys(_INVISIBLE)}
)
MOST_MARKS = 30
"""On one letter, as in Unicode's Stream-Safe Text Format (UAX #15)."""

WORD = re.compile(r"\w+(?:['-]\w+)*")
"""A word for those who compare words; what a quotation may cut is said by `borders`."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han and others."""

_LEADING_DIGITS = [f"(?<![de])[de]{{{count}}}" for count in (1, 2, 3)]
"""Of a number whose thousands are set apart by spaces."""

_BETWEEN_WORDS = re.compile(
    "(?!(?<=[ldm])(?=[ja]?[ldm])|(?<=[ldm]j)(?=[ldm])|(?<=[de])(?=p[de])|(?<=[de][pa])(?=[de])|(?<=[jn])(?=[de])|(?=[mu])"
    + "".join(f"|(?<={digits})(?=s[de]{{3}}(?![de]))|(?<={digits}s)(?=[de]{{3}}(?![de]))" for digits in _LEADING_DIGITS)
    + ")"
)
"""Where a passage may begin and end, in a text whose characters are replaced by their `_Kinds`."""

_BORDER = "\ud800"
"""Stands between words in a text that is searched for whole words; no file in UTF-8 holds it."""

_INSIDE_GUILLEMETS = re.compile(r"(?<=«) | (?=»)")


def normalise(text: str) -> str:
    """One paragraph's or quotation's text in the form in which texts are compared."""
    text = " ".join(unicodedata.normalize("NFC", text.translate(_PLAIN)).split())
    return _INSIDE_GUILLEMETS.sub("", text)


def is_overloaded(text: str) -> bool:
    """Whether a letter bears more than `MOST_MARKS`: to put marks in order takes the square of their number."""
    count = 0
    for char in "" if text.isascii() else text.translate(_PLAIN):
        count = count + 1 if unicodedata.combining(char) else 0
        if count > MOST_MARKS:
            return True
    return False


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
        self.is_unbroken = any("\n" in block.strip() for block in blocks)
        """Some paragraph has several lines, as in a text that has lost the blank ones between its paragraphs."""
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
    def words(self) -> list[re.Match[str]]:
        return list(WORD.finditer(self.text))

    @cached_property
    def _bordered(self) -> str:
        return _mark_borders(self.text)

    def find(self, quote: str, prefix: str = "", suffix: str = "", *, inside_words: bool = False) -> list[Place]:
        """The first place of a quotation, and one other where there is one.

        `prefix` and `suffix` are whole words that must stand just before and just after it; white space between them
        and the quotation does not count. `inside_words` lifts the rule that all of these are whole words. Takes time in
        proportion to the text, however often the parts occur.
        """
        asked = (quote, prefix, suffix, inside_words)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, quote: str, prefix: str, suffix: str, inside_words: bool) -> list[Place]:
        parts = [normalise(part) for part in quote.split(GAP)]
        if not all(parts):
            return []
        haystack, mark = (self.text, str) if inside_words else (self._bordered, _mark_borders)
        befores = [normalise(prefix), *[""] * (len(parts) - 1)]
        afters = [*[""] * (len(parts) - 1), normalise(suffix)]
        needles = [_needles(*part, mark) for part in zip(parts, befores, afters, strict=True)]
        first = _first_place(haystack, needles)
        other = first and _other_place(haystack, needles, first)
        return [self._place(haystack, place) for place in (first, other) if place]

    @staticmethod
    def _place(haystack: str, spans: list[Span]) -> Place:
        """Passages of a haystack as passages of the text."""
        starts = (span.start - haystack.count(_BORDER, 0, span.start) for span in spans)
        ends = (span.end - haystack.count(_BORDER, 0, span.end) for span in spans)
        return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


_JOINERS = "\u200c\u200d"
"""Invisible, but kept: in Persian and in scripts of India they are a part of how a word is written."""

_SIGNS = {"j": "-‐‑·", "a": "'´`′＇", "p": ".,:/", "n": "−", "s": " \n"}


class _Kinds(dict[int, str]):
    """What a character is to a word, by code point and one letter each.

    A word is made of letters (`l`), digits (`d`) and the marks upon them (`m`). Hyphens and middle dots (`j`) join its
    parts. So do apostrophes and what is typed for them (`a`), but a passage may begin, though not end, behind one:
    `can't` is one word, while `l'Alliance` may be quoted without its article. Points, commas, colons and slashes (`p`)
    join digits, as do spaces (`s`) before each three: `1 500` is one number. A minus (`n`, or a hyphen) belongs to the
    number behind it. Letters of scripts without spaces are no part of a word (`o`, their digits `e`), but no passage
    begins with their marks (`u`).
    """

    def __missing__(self, code: int) -> str:
        self[code] = kind = self._kind(chr(code))
        return kind

    @staticmethod
    def _kind(char: str) -> str:
        spaced = not _UNSPACED.match(char)
        if unicodedata.category(char).startswith("M") or char in _JOINERS:
            return "m" if spaced else "u"
        if char.isdecimal():
            return "d" if spaced else "e"
        if char.isalnum() or char == "_":
            return "l" if spaced else "o"
        return next((kind for kind, chars in _SIGNS.items() if char in chars), "o")


_KINDS = _Kinds()


def borders(text: str) -> list[int]:
    """The places where a passage of a text may begin or end."""
    return [found.start() for found in _BETWEEN_WORDS.finditer(text.translate(_KINDS))]


def _mark_borders(text: str) -> str:
    """A text with a mark at each of its borders."""
    return _BORDER.join(text[start:end] for start, end in pairwise([0, *borders(text), len(text)]))


@dataclass(frozen=True)
class _Needle:
    """One part of a quotation as it may stand in the text: with words beside it, and white space between."""

    before: str
    part: str
    after: str


def _needles(part: str, prefix: str, suffix: str, mark: Callable[[str], str]) -> list[_Needle]:
    """Every way in which a part may stand, with `mark` to write it as the haystack is written."""
    marked = mark(part)
    before = [mark(f"{prefix}{space}{part}") for space in (" ", "\n", "")] if prefix else [marked]
    after = [mark(f"{part}{space}{suffix}") for space in (" ", "\n", "")] if suffix else [marked]
    border = mark("")
    return [
        _Needle(left.removesuffix(marked), marked, right.removeprefix(marked))
        for left in before
        for right in after
        if left.startswith(border) and left.endswith(marked) and marked.startswith(border) and right.startswith(marked)
    ]


def _search(haystack: str, needles: list[_Needle], start: int, end: int) -> Span | None:
    """The earliest passage between two places of the haystack; what stands beside it may reach over them."""
    found = []
    for needle in needles:
        whole = needle.before + needle.part + needle.after
        place = haystack.find(whole, max(0, start - len(needle.before)), end + len(needle.after))
        if place >= 0:
            found.append(place + len(needle.before))
    return Span(min(found), min(found) + len(needles[0].part)) if found else None


def _first_place(haystack: str, parts: list[list[_Needle]]) -> list[Span]:
    """The place where each part stands as early as it can; empty where there is no place."""
    place: list[Span] = []
    start = 0
    for needles in parts:
        found = _search(haystack, needles, start, len(haystack))
        if not found:
            return []
        place.append(found)
        start = found.end - haystack.startswith(_BORDER, found.end - 1)  # which the next part may begin with
    return place


def _other_place(haystack: str, parts: list[list[_Needle]], first: list[Span]) -> list[Span]:
    """A place that differs from the first one in a single part; empty where the first is the only one.

    Looking for a single part that can stand later is enough: in any other place no part stands earlier than
    in the first one, so the last part that differs can be exchanged for its own passage in the first.
    """
    for index, needles in enumerate(parts):
        limit = len(haystack)
        if index + 1 < len(first):
            limit = first[index + 1].start
            limit += haystack.startswith(_BORDER, limit)
        found = _search(haystack, needles, first[index].start + 1, limit)
        if found:
            return [*first[:index], found, *first[index + 1 :]]
    return []
