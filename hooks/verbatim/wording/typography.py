"""Typography of our own words, by language. Quotations never pass through here: they stay as they are."""

from __future__ import annotations

import re
import unicodedata

_NBSP = "\u00a0"
_NARROW_NBSP = "\u202f"

_FRENCH = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "’"),
    (re.compile(r"« ?(?=\S)"), f"«{_NBSP}"),
    (re.compile(r"(?<=\S) ?»"), f"{_NBSP}»"),
    (re.compile(r"(?<=\S) :"), f"{_NBSP}:"),
    (re.compile(r"(?<=\S) (?=[;!?])"), _NARROW_NBSP),
)

_ENGLISH = ((re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])|(?<=s)'(?=\s)"), "’"),)

_RULES = {"fr": _FRENCH, "en": _ENGLISH}

_LETTERS = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O"}

QUOTATION_MARKS = {"fr": (f"«{_NBSP}", f"{_NBSP}»"), "en": ("“", "”")}
"""What opens and closes a quotation, by the language around it."""


def set_type(text: str, lang: str) -> str:
    """Put the no-break spaces and apostrophes that the language asks for; other languages are left alone.

    Setting a text twice changes nothing more.
    """
    for pattern, replacement in _RULES.get(lang, ()):
        text = pattern.sub(replacement, text)
    return text


def fold(text: str) -> str:
    """A text without its accents and ligatures: `Évreux` is `Evreux`."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(_LETTERS.get(letter, letter) for letter in decomposed if not unicodedata.combining(letter))
