"""Words, normalised for search. `query.js` does the same to what readers type; a test compares the two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ς": "σ"}
"""Letters that NFKD does not decompose, and the Greek final sigma."""

_WORD = re.compile(r"([^\W_]+)(['’](?=[^\W_]))?")


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of scripts that are written from right to left, such as Hebrew and Arabic."""


def reads_right_to_left(text: str) -> bool:
    """Whether a text holds a letter of a script that is written from right to left."""
    return not text.isascii() and bool(_RIGHT_TO_LEFT.search(text))


def fold(text: str) -> str:
    """Convert to lower case without accents and ligatures: `Évreux` gives `evreux`."""
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))
    return "".join(LETTERS.get(letter, letter) for letter in kept.lower())


def words_of(text: str, elisions: Collection[str]) -> list[str]:
    """The folded words of a text: runs of letters and digits, without elisions: `l'OTAN` gives `otan`."""
    return [word for word, joined in _WORD.findall(fold(text)) if not (joined and word in elisions)]


def part_of(call: str) -> str:
    """The key of the `names/` file of a folded name: its first two characters, `_` for those not in a-z or 0-9."""
    return re.sub(r"[^a-z0-9]", "_", call[:2])
