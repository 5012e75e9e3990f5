"""The lock: what was verified, without a line of what it was verified in.

A text file, one line for each quotation and each paragraph that a paraphrase points to, sorted:

    quotation <briefing> <quotation> <source> <SHA-256 of the quotation> <start>-<end> <SHA-256 of the text>
    paragraph <source> <number> <SHA-256 of the paragraph> <SHA-256 of the text>

Places are in code points of the normalised text.

What a lock reveals of a private text: where the quotations stand in it; that it has as many paragraphs as are named;
and, to whoever has or guesses a paragraph or the whole text, that it is the same. So that nobody can guess the words
around a quotation from a digest, there is none, but a `-`, for a paragraph or a text that has fewer than `LEAST_HIDDEN`
code points outside all quotations. A paragraph without a digest is pinned by that of the text; a text without one is
pinned by its quotations alone. Digests that an earlier version of the file held remain in the repository's history.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..problems import MAX_PER_FILE, Message, Problem, Where
from .texts import Span

NAME = "verified.lock"
"""The file's name, in the folder of the sources."""

UNFINISHED = f".{NAME}.new"
"""What a `verify` that was killed leaves beside it, until the next one writes."""

MAX_LOCK_BYTES = 32 << 20
"""Room for some 100,000 lines."""

LEAST_HIDDEN = 200
"""Code points outside all quotations that make a passage too long to guess, at one bit each in ordinary prose."""

_HEADER = "# Written by `python hooks verify`. What a line proves, and what not, is told on the site's method page.\n"
_SHA = r"([0-9a-f]{64})"
_DIGEST = r"([0-9a-f]{64}|-)"
_ID = r"([a-z0-9-]{1,80})"
_NUMBER = r"([0-9]{1,9})"
_QUOTATION = re.compile(rf"quotation {_ID} {_ID} {_ID} {_SHA} {_NUMBER}-{_NUMBER} {_DIGEST}")
_PARAGRAPH = re.compile(rf"paragraph {_ID} {_NUMBER} {_DIGEST} {_DIGEST}")


Key = tuple[str, str] | tuple[str, int]
"""Of a line: a briefing and its quotation, or a source and its paragraph."""


@dataclass(frozen=True)
class QuotationLine:
    source: str
    digest: str
    span: Span
    text_digest: str | None
    """None where too little of the text is hidden."""


@dataclass(frozen=True)
class ParagraphLine:
    digest: str | None
    """None where too little of the paragraph is hidden."""

    text_digest: str | None


@dataclass(frozen=True)
class Lock:
    quotations: Mapping[tuple[str, str], QuotationLine] = field(default_factory=dict)
    """By briefing and quotation."""

    paragraphs: Mapping[tuple[str, int], ParagraphLine] = field(default_factory=dict)
    """By source and number."""

    places: Mapping[Key, int] = field(default_factory=dict, compare=False)
    """The line in the file of each key above."""

    def digests(self) -> frozenset[str]:
        """Of all texts and paragraphs that it names."""
        found = {line.text_digest for line in self.quotations.values()}
        found |= {digest for line in self.paragraphs.values() for digest in (line.digest, line.text_digest)}
        return frozenset(digest for digest in found if digest)


def parse_lock(text: str, file: str) -> tuple[Lock, list[Problem]]:
    """Read a lock. Malformed and duplicate lines are reported."""
    quotations: dict[tuple[str, str], QuotationLine] = {}
    paragraphs: dict[tuple[str, int], ParagraphLine] = {}
    places: dict[Key, int] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        if len(problems) == MAX_PER_FILE:
            message = Message("more than {most} problems: the rest of the lock is not read", most=MAX_PER_FILE)
            problems.append(Problem(Where(file, number), "", message, "run `python hooks verify`"))
            break
        if found := _QUOTATION.fullmatch(line):
            briefing, id, source, sha, start, end, text_sha = found.groups()
            key: Key = (briefing, id)
            quotations[briefing, id] = QuotationLine(source, sha, Span(int(start), int(end)), _read(text_sha))
        elif found := _PARAGRAPH.fullmatch(line):
            source, paragraph, sha, text_sha = found.groups()
            key = (source, int(paragraph))
            paragraphs[source, int(paragraph)] = ParagraphLine(_read(sha), _read(text_sha))
        else:
            problems.append(Problem(Where(file, number), "", "not a line of a lock", "run `python hooks verify`"))
            continue
        if key in places:
            problems.append(Problem(Where(file, number), "", "a second line for the same", "run `python hooks verify`"))
        places[key] = number
    return Lock(quotations, paragraphs, places), problems


def format_lock(lock: Lock) -> str:
    """The file's text; reading it gives the same lock."""
    return _HEADER + "".join(f"{line}\n" for line in format_lines(lock).values())


def format_lines(lock: Lock) -> dict[Key, str]:
    """The lines as they are written, in the order of the file."""
    lines: dict[Key, str] = {}
    for (briefing, id), line in sorted(lock.quotations.items()):
        place = f"{line.span.start}-{line.span.end}"
        lines[briefing, id] = f"quotation {briefing} {id} {line.source} {line.digest} {place} {line.text_digest or '-'}"
    for (source, number), paragraph in sorted(lock.paragraphs.items()):
        digests = f"{paragraph.digest or '-'} {paragraph.text_digest or '-'}"
        lines[source, number] = f"paragraph {source} {number} {digests}"
    return lines


def _read(digest: str) -> str | None:
    return None if digest == "-" else digest
