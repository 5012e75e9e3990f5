"""Scripts: letters that look like others, in the words of quotations and in names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from ..problems import Loc, Message, Problem
from ..reading.corpus import Corpus

_WORD = re.compile(r"[^\W\d_]+")
_TWINS = {
    "CYRILLIC": ("аеорсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅԚԜ", "aeopcyxijsdqwhABEKMHOPCTYXIJSQW"),
    "GREEK": ("ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovABEZHIKMNOPTYX"),
    "ARMENIAN": ("օսոհՕՍ", "ounhOU"),
}
"""Letters that readers take for Latin ones, and these, by alphabet."""

_MIXED = {
    "CYRILLIC": "the word {word!r} mixes Cyrillic and Latin letters that look alike",
    "GREEK": "the word {word!r} mixes Greek and Latin letters that look alike",
    "ARMENIAN": "the word {word!r} mixes Armenian and Latin letters that look alike",
}
_DISGUISED = {
    "CYRILLIC": "the word {word!r} is in Cyrillic letters that look like Latin ones",
    "GREEK": "the word {word!r} is in Greek letters that look like Latin ones",
    "ARMENIAN": "the word {word!r} is in Armenian letters that look like Latin ones",
}


def words_are_in_one_script(corpus: Corpus) -> Iterator[Problem]:
    """No word of a quotation or a name mixes alphabets, or stands in look-alikes of the letters around it."""
    for briefing in corpus.briefings.values():
        for index, quotation in enumerate(briefing.quotations):
            if message := _deceptive_word(quotation.quote):
                yield corpus.problem(
                    briefing, "quotations", index, "quote", message=message, hint="type it anew", severity="warning"
                )
    for actor in corpus.actors.values():
        names: list[tuple[Loc, str]] = [(("name", lang), name) for lang, name in actor.name.items()]
        names += [(("aliases", index), alias) for index, alias in enumerate(actor.aliases)]
        for loc, name in names:
            if message := _deceptive_word(name):
                yield corpus.problem(actor, *loc, message=message, hint="type it anew", severity="warning")


def _deceptive_word(text: str) -> str:
    """What is wrong with the first word that looks like another, or nothing."""
    if text.isascii():
        return ""
    words = {word: _by_alphabet(word) for word in _WORD.findall(text)}
    latin = any(letters.keys() == {"LATIN"} for letters in words.values())
    for word, letters in words.items():
        for alphabet, (own, twins) in _TWINS.items():
            foreign, local = letters.get(alphabet, set()), letters.get("LATIN", set())
            alike = foreign.issubset(own) or (local and local.issubset(twins))
            if foreign and alike and local:
                return Message(_MIXED[alphabet], word=word[:40])
            if foreign and alike and latin:
                return Message(_DISGUISED[alphabet], word=word[:40])
    return ""


def _by_alphabet(word: str) -> dict[str, set[str]]:
    letters: dict[str, set[str]] = {}
    for char in word:
        letters.setdefault(_alphabet(char), set()).add(char)
    return letters


@cache
def _alphabet(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
