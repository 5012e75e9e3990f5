"""Article: a text split into numbered paragraphs, sentences and passages between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..problems import Message
from .rules import Rules

MASK = "\0"
"""Stands for each character between quotation marks in a sentence's `outside`."""

LONGEST_PARAGRAPH = 5000
"""In characters; what is longer has lost its blank lines, and takes the rules too long."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\t": " "})
_BLANK = re.compile(r"\n[^\S\n]*\n")
_METADATA = re.compile(r"\s*date \d{4}(?:-\d\d){0,2}\s+", re.IGNORECASE)
_PAIRS = {"«": "»", "“": "”", '"': '"'}
_OPEN = re.compile('[«“"]')
_CLOSED = re.compile(r"\s*[»”\"]\s+(?=[«“\"]?\s?[A-ZÀ-Ý])")
_END = re.compile(r"[.!?…]+\s+(?=[«“\"]?\s?[A-ZÀ-Ý0-9\0])")
_ABBREVIATION = re.compile(r"\b(?:M|MM|Mr|Mrs|Ms|Dr|St|[A-Z]|Jan|Feb|Oct|Nov|Dec|Sept|Aug|Apr)\.\s*$")
_FINISHED = re.compile(r"""[.!?…:;,»”"]\)?$""")


@dataclass(frozen=True)
class Passage:
    """What stands between a pair of outer quotation marks."""

    paragraph: int
    start: int
    """The place of its first character in the paragraph, marks and blanks left out; `end` is exclusive."""
    end: int
    text: str
    """Exactly as the article has it."""
    runs_on: bool
    """Its mark is not closed in this paragraph: it goes on in the next."""


@dataclass(frozen=True)
class Sentence:
    paragraph: int
    start: int
    """In the paragraph."""
    text: str
    """With plain apostrophes and spaces, as long as the article's own."""
    outside: str
    """The same, with `MASK` for what stands between quotation marks, marks included."""


@dataclass(frozen=True)
class Article:
    lang: str
    title: str
    """Empty where the text has none."""
    paragraphs: tuple[str, ...]
    furniture: tuple[str, ...]
    """What a site puts around an article: menus, captions, invitations."""

    def passages(self) -> list[Passage]:
        return [passage for number, text in enumerate(self.paragraphs, 1) for passage in _passages(number, text)]

    def sentences(self) -> list[Sentence]:
        return [sentence for number, text in enumerate(self.paragraphs, 1) for sentence in _sentences(number, text)]


def plain(text: str) -> str:
    """With plain apostrophes and spaces, in the same number of characters."""
    return text.translate(_PLAIN)


def read_article(raw: str, rules: Rules, title: str = "") -> Article:
    """Split a plain text; a blank line stands between paragraphs. A `title` that is known is no paragraph.

    Raises ValueError for what is no such text.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    furniture: list[str] = []
    if metadata := _METADATA.match(text):
        furniture.append(metadata[0].strip())
        text = text[metadata.end() :]
    blocks = [" ".join(block.split("\n")).strip() for block in _BLANK.split(text)]
    is_furniture, ends_it = rules.pattern("furniture"), rules.pattern("furniture_after")
    title, after = " ".join(title.split()), False
    paragraphs: list[str] = []
    for block in filter(None, blocks):
        if title and " ".join(block.split()) == title and not paragraphs:
            continue
        after = after or bool(ends_it.search(plain(block)))
        finished = bool(_FINISHED.search(block))
        if is_furniture.search(plain(block)) or (after and len(block.split()) < 20) or (not finished and paragraphs):
            furniture.append(block)
        elif finished:
            paragraphs.append(block)
        elif title:
            furniture.append(block)
        else:
            title = block
    if any(len(paragraph) > LONGEST_PARAGRAPH for paragraph in paragraphs):
        message = "a paragraph of more than {most} characters (put a blank line between paragraphs)"
        raise ValueError(Message(message, most=LONGEST_PARAGRAPH))
    return Article(rules.lang, title, tuple(paragraphs), tuple(furniture))


def _passages(number: int, text: str) -> Iterator[Passage]:
    place = 0
    while found := _OPEN.search(text, place):
        start, close = found.end(), _PAIRS[found[0]]
        if found[0] == '"' and found.start() and text[found.start() - 1].isalnum():  # inches, or a stray mark
            place = start
            continue
        end = text.find(close, start)
        runs_on = end < 0
        inner = text[start : len(text) if runs_on else end]
        begin = start + len(inner) - len(inner.lstrip())
        words = inner.strip()
        if words:
            yield Passage(number, begin, begin + len(words), words, runs_on)
        place = len(text) if runs_on else end + 1


def _sentences(number: int, text: str) -> Iterator[Sentence]:
    even = plain(text)
    masked = list(even)
    for passage in _passages(number, text):
        for place in range(passage.start, passage.end):
            masked[place] = MASK
    outside = "".join(masked)
    # A sentence that ends between marks is a boundary only where the marks end with it.
    ends = [0]
    for mark in _END.finditer(outside):
        if not _ABBREVIATION.search(outside[: mark.end()]):
            ends.append(mark.end())
    for passage in _passages(number, text):
        closed = _CLOSED.match(even, passage.end)
        if closed and passage.text[-1] in ".!?…":
            ends.append(closed.end())
    ends = sorted(set(ends))
    for start, end in zip(ends, [*ends[1:], len(text)], strict=True):
        yield Sentence(number, start, even[start:end], outside[start:end])
