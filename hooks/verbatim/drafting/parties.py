"""Parties: who acts or speaks in an article, where they are mentioned, and the record that finding them fills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from .rules import Rules

Kind = Literal["person", "organisation", "state", "group", "voice", "document"]

TOKEN = r"(?:[A-ZÀ-Ý][\w-]{1,40}(?![\w-])|[OD]'[A-Z]\w{1,40}\b)"
_CONNECTED = re.compile(r"[A-ZÀ-Ý][\w-]*")


@dataclass(eq=False)
class Party:
    """Somebody who acts or speaks."""

    name: str
    kind: Kind
    id: str = ""
    """That of the registry's actor; empty for a candidate."""
    gender: str = ""
    """`m`, `f`, `o` for a thing; empty where the wording does not show it."""
    heads: set[str] = field(default_factory=set)
    """The titles and nouns by which the article also calls them: `ministre`, `source`."""
    speaks_for: frozenset[str] = frozenset()
    """The ids of the registry's organisations in which they hold a role on the day of publication."""
    count: int = 0
    """How often they are named."""


@dataclass(frozen=True)
class Mention:
    paragraph: int
    start: int
    """In the paragraph; `end` is exclusive. A title that stands with a name belongs to it."""
    end: int
    party: Party | None
    """None for a title that nobody was given: whoever spoke last."""


@dataclass
class Cast:
    parties: list[Party]
    mentions: list[Mention]

    def within(self, paragraph: int, start: int, end: int) -> list[Mention]:
        """The mentions that begin in a passage, in their order, those inside a longer one left out."""
        here = [m for m in self.mentions if m.paragraph == paragraph and start <= m.start < end]
        outer = [m for m in here if not any(o is not m and o.start <= m.start and m.end <= o.end for o in here)]
        return sorted(outer, key=lambda m: m.start)


class Casting:
    """Parties and mentions as they are found, and what every kind of party is found by."""

    def __init__(self, paragraphs: list[str], rules: Rules) -> None:
        self.paragraphs = paragraphs
        self.rules = rules
        self.parties: list[Party] = []
        self.mentions: list[Mention] = []
        self.titles = re.compile(rf"(?<![\w-]){rules.any_of('titles')}(?![\w-])", re.IGNORECASE)
        self.verbs = rf"(?:{rules.any_of('said', 'says')})\b"

    def add(self, number: int, start: int, end: int, party: Party | None, *, named: bool = True) -> None:
        """Add a mention, unless one with the same place is there."""
        if any(m.paragraph == number and m.start == start and m.end == end for m in self.mentions):
            return
        self.mentions.append(Mention(number, start, end, party))
        if party and party not in self.parties:
            self.parties.append(party)
        if party and named:
            party.count += 1

    def is_taken(self, number: int, start: int, end: int) -> bool:
        return any(m.paragraph == number and m.start < end and start < m.end for m in self.mentions)

    def numbered(self) -> Iterator[tuple[int, str]]:
        return ((number, text) for number, text in enumerate(self.paragraphs, 1))

    def add_everywhere(self, name: str, party: Party) -> None:
        for number, text in self.numbered():
            for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                if not self.is_taken(number, found.start(), found.end()):
                    self.add(number, found.start(), found.end(), party)

    def opening(self, name: str) -> int:
        """How many characters of a sequence of capitals are an opener: `The`, `But the`."""
        length = 0
        openers = {word.lower() for word in self.rules.words("openers")}
        while (first := _CONNECTED.match(name, length)) and first[0].lower() in openers and first.end() < len(name):
            length = first.end() + 1
        return length


def alternation(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
