"""The passage of a text that is most like a quotation that does not stand there: a hint, never a proof."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass

from ..model.values import GAP
from .texts import WORD, SourceText, Span, borders, normalise

_SIGNS_BEFORE = re.compile(r'[^\w\n"«»]*\Z')
_SIGNS_BEHIND = re.compile(r'[^\w\n"«»]*')

_MARKS = re.compile('["«»]')
"""Of quotation: what is like a quotation only by its place is not taken from beyond them."""

_MOST_PAIRS = 2_000_000
"""Equal words of a text and a quotation: they are compared in time in proportion to their number."""

_AROUND = 3
"""Words on either side of where a quotation seems to stand that may be missing in it."""


@dataclass(frozen=True)
class Closest:
    passage: str
    """Normalised; stands in the text, so that it is found when it is quoted."""

    differs_at: str
    """The first words of the quotation that are not the passage's; empty where only the order of its parts differs."""

    is_cut: bool
    """The passage ends where the quotation's length ends, though more of the text is like it."""


def find_closest(text: SourceText, quote: str, *, bounded: bool) -> Closest | None:
    """The passage most like a quotation that is not there; None where nothing is alike.

    If `bounded`, it holds no more of the text's code points than the quotation has. Takes time in proportion to the
    text.
    """
    found: dict[str, str] = {}
    differs_at, is_cut = "", False
    for part in map(normalise, quote.split(GAP)):
        found[part] = part
        if not text.find(part):
            place = _aligned(text, part)
            whole = text.text[place.start : place.end] if place else ""
            differs_at = differs_at or _first_difference(part, whole)
            is_cut = is_cut or (bounded and len(whole) > len(part))
            found[part] = _passage(text, place, part, bounded=bounded) if place else ""
    alike = [part for part in found.values() if part]
    ordered = sorted(alike, key=lambda part: text.find(part)[0][0].start)
    longest_first = [found[part] for part in sorted(found, key=len, reverse=True) if found[part]]
    for passage in (f" {GAP} ".join(alike), f" {GAP} ".join(ordered), *longest_first):
        if text.find(passage):
            return Closest(passage, differs_at, is_cut)
    return None


def _aligned(text: SourceText, part: str) -> Span | None:
    """Where one part of a quotation seems to stand, within one paragraph; None where no word agrees."""
    wanted = list(WORD.finditer(part))
    names = [word[0] for word in wanted]
    counts = Counter(names)
    if sum(counts[word[0]] for word in text.words) > _MOST_PAIRS:
        return None
    anchor = difflib.SequenceMatcher(None, [word[0] for word in text.words], names, autojunk=False).find_longest_match()
    if not anchor.size:
        return None
    paragraph = text.paragraph_spans[text.paragraph_at(text.words[anchor.a].start()) - 1]
    around = text.words[max(0, anchor.a - anchor.b - _AROUND) : anchor.a - anchor.b + len(names) + _AROUND]
    around = [word for word in around if paragraph.start <= word.start() < paragraph.end]
    matcher = difflib.SequenceMatcher(None, [word[0] for word in around], names, autojunk=False)
    *blocks, _ = matcher.get_matching_blocks()
    begin = max(0, blocks[0].a - blocks[0].b)
    end = min(len(around), blocks[-1].a + len(names) - blocks[-1].b)
    start, stop = around[begin].start(), around[end - 1].end()
    first, last = around[blocks[0].a].start(), around[blocks[-1].a + blocks[-1].size - 1].end()
    start = max([start, *(mark.end() for mark in _MARKS.finditer(text.text, start, first))])
    stop = min([stop, *(mark.start() for mark in _MARKS.finditer(text.text, last, stop))])
    before = _SIGNS_BEFORE.search(text.text, paragraph.start, start)
    behind = _SIGNS_BEHIND.match(text.text, stop, paragraph.end)
    signs = len(part[: wanted[0].start()].replace(" ", ""))
    start -= len(_first_signs(before[0][::-1], signs)) if before else 0
    stop += len(_first_signs(behind[0], len(part[wanted[-1].end() :].replace(" ", "")))) if behind else 0
    return Span(start, stop)


def _first_signs(run: str, count: int) -> str:
    """As much of a run of signs and spaces as has so many signs."""
    ends = [index + 1 for index, sign in enumerate(run) if sign != " "][:count]
    return run[: ends[-1]] if ends else ""


def _passage(text: SourceText, place: Span, part: str, *, bounded: bool) -> str:
    """A place's passage, where it must be shortened on the side where it agrees; empty if it could not be quoted."""
    start, end = place.start, place.end
    if bounded and end - start > len(part):
        whole, cuts = text.text[start:end], [start + cut for cut in borders(text.text[start:end])]
        if _agreement(whole, part) < _agreement(whole[::-1], part[::-1]):
            end = max((cut for cut in cuts if cut <= start + len(part)), default=start)
        else:
            start = min((cut for cut in cuts if cut >= end - len(part)), default=end)
    passage = text.text[start:end].strip(' "«»')
    return passage if WORD.search(passage) and text.find(passage) else ""


def _agreement(one: str, other: str) -> int:
    """How many code points two texts have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _first_difference(part: str, passage: str) -> str:
    """The words of a part from the first one that differs, three at most."""
    place, words = _agreement(part, passage), list(WORD.finditer(part))
    first = max((index for index, word in enumerate(words) if word.start() <= place), default=0)
    rest = words[first : first + 3]
    return part[rest[0].start() : rest[-1].end() if first + 3 < len(words) else len(part)]
