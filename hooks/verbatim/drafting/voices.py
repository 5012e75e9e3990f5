"""Voices: unnamed people who speak, and documents that are quoted."""

from __future__ import annotations

import re

from .parties import Casting, Party


def add_voices(casting: Casting) -> None:
    some, nouns, more = (
        casting.rules.lists["voice_some"],
        casting.rules.any_of("voice_nouns"),
        casting.rules.lists["voice_more"],
    )
    for number, text in casting.numbered():
        for pattern in casting.rules.patterns("voice_forms"):
            for found in pattern.finditer(text):
                _voice(casting, number, found, {"voice"})
        for found in re.finditer(rf"(?<![\w'])(?i:{some}) (?:[\w-]+ ){{0,2}}?(?P<noun>{nouns})(?![\w-]){more}", text):
            if re.match(r" (?:de |d')[A-Z]", text[found.end() :]) is None:
                _voice(casting, number, found, {found["noun"].lower()})
    for number, text in casting.numbered():
        for found in re.finditer(rf"(?<![\w'])(?:[Tt]he|[Ll]a|[Cc]ette(?: même)?) (?P<noun>{nouns})(?![\w-])", text):
            noun, place = found["noun"].lower(), (number, found.start())
            ordered = sorted(casting.mentions, key=lambda m: (m.paragraph, m.start))
            earlier = [m.party for m in ordered if (m.paragraph, m.start) < place and m.party]
            voices = [party for party in earlier if party.kind == "voice" and noun in party.heads]
            if voices and not casting.is_taken(number, found.start(), found.end()):
                casting.add(number, found.start(), found.end(), voices[-1], named=False)


def add_documents(casting: Casting) -> None:
    nouns = casting.rules.any_of("documents")
    the = r"(?<![\w'])(?i:the|le|la|l'|du|un|une|a) ?(?:[a-zà-ÿ]+ )?"
    for number, text in casting.numbered():
        for found in re.finditer(rf"{the}(?P<document>{nouns})(?![\w-])", text):
            _document(casting, number, text, found)


def _voice(casting: Casting, number: int, found: re.Match[str], heads: set[str]) -> None:
    if not casting.is_taken(number, found.start(), found.end()):
        feminine = bool(re.match(r"(?:une|l'une|her)\b", found[0], re.IGNORECASE))
        known = next((p for p in casting.parties if p.kind == "voice" and p.name == found[0]), None)
        party = known or Party(found[0], "voice", gender="f" if feminine else "", heads=heads)
        casting.add(number, found.start(), found.end(), party)


def _document(casting: Casting, number: int, text: str, found: re.Match[str]) -> None:
    """A document speaks for the organisation that wrote it, where the words say which one did."""
    if casting.is_taken(number, found.start(), found.end()):
        return
    by = re.compile(r"(?: [a-zà-ÿ]+)? (?:by (?:the )?|of (?:the )?|de l'|de la |du )").match(text, found.end())
    writer = next((m for m in casting.mentions if by and m.paragraph == number and m.start == by.end()), None)
    if writer:
        casting.add(number, found.start(), writer.end, writer.party, named=False)
    else:
        noun = found["document"].lower()
        same = [p for p in casting.parties if p.kind == "document" and noun in p.heads]
        party = same[-1] if same else Party(noun, "document", gender="o", heads={noun})
        casting.add(number, found.start(), found.end(), party)
