"""Words as search compares them. The script `query.js` does the same to what readers type; a test compares the two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ς": "σ"}
"""Letters that Unicode does not take apart, and the Greek s that stands at the end of a word."""

_WORD = re.compile(r"([^\W_]+)(['’](?=[^\W_]))?")


def fold(text: str) -> str:
    """A text in lower case, without its accents and ligatures: `Évreux` is `evreux`."""
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))
    return "".join(LETTERS.get(letter, letter) for letter in kept.lower())


def words_of(text: str, elisions: Collection[str]) -> list[str]:
    """The words of a text, folded: runs of letters and digits without elisions: `l'OTAN` is `otan`."""
    return [word for word, joined in _WORD.findall(fold(text)) if not (joined and word in elisions)]


def part_of(call: str) -> str:
    """The file of `names/` that holds a folded name: its first two letters, `_` for what is not in a-z or 0-9."""
    return re.sub(r"[^a-z0-9]", "_", call[:2])
