"""Planting: every payload in every text of a corpus, each with a mark by which it is found again wherever it shows.

There is a copy of the corpus for each payload; the texts of a copy hold the payloads in turn, so that each field
meets each of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from support.filling import Leaf, Place, fill, records
from support.payloads import PAYLOADS, SHOWN_IN_PROSE
from verbatim.reading.loading import REGISTRIES


@dataclass(frozen=True)
class Planted:
    """A text that a test put somewhere."""

    field: str
    """Registry or folder, and the names of the fields: `actors.roles.title`."""

    payload: str
    """Its name."""

    text: str
    """As it must be shown."""

    lang: str
    """Whose readers it is for; empty where everybody's."""


class Garden:
    """Fills a corpus, and remembers what it put where."""

    def __init__(self) -> None:
        self.planted: list[Planted] = []
        self.files: dict[str, Any] = {}
        for copy in range(len(PAYLOADS)):
            turn = copy
            for name, (model, data) in records(copy).items():
                folder = name.split("/")[0]
                kind = folder if folder in REGISTRIES else "briefings"

                def put(place: Place, leaf: Leaf, kind: str = kind, copy: int = copy) -> Any:
                    nonlocal turn
                    if leaf.kind not in ("line", "prose"):
                        return None
                    turn += 1
                    field = ".".join([kind, *(part for part in place if isinstance(part, str))])
                    payload = list(PAYLOADS)[turn % len(PAYLOADS)]
                    if isinstance(leaf.value, dict):
                        return {lang: self._text(field, payload, leaf, lang) for lang in leaf.value}
                    if leaf.by_language and copy % 2:
                        return {lang: self._text(field, payload, leaf, lang) for lang in ("fr", "en")}
                    return self._text(field, payload, leaf)

                self.files[name] = fill(model, data, put)

    def _text(self, field: str, name: str, leaf: Leaf, lang: str = "") -> str:
        mark = f"k{len(self.planted)}k"
        payload = PAYLOADS[name] if leaf.kind == "prose" else PAYLOADS[name].replace("\n", " ")
        shown = SHOWN_IN_PROSE.get(name, payload) if leaf.kind == "prose" else payload
        if "{mark}" not in payload or len(payload) > leaf.limit:
            room = leaf.limit - len(mark) - 1
            payload, shown = (f"{each.replace('{mark}', '')[:room]} {{mark}}" for each in (payload, shown))
        self.planted.append(Planted(field, name, shown.replace("{mark}", mark), lang))
        return payload.replace("{mark}", mark)


def squeeze(text: str) -> str:
    """What is left of a text when typography and line breaks do not count."""
    return re.sub(r"[\s\u00a0\u202f'’]+", "", text).casefold()


def read_marks(garden: Garden, text: str) -> tuple[set[int], list[str]]:
    """The numbers of the texts that a text shows as they are, and what it shows otherwise."""
    shown, spoilt, squeezed = set(), [], squeeze(text)
    for mark in re.finditer(r"k(\d+)k", squeezed):
        planted = garden.planted[int(mark[1])]
        before, after = squeeze(planted.text).split(mark[0])
        rest = squeezed[mark.end() : mark.end() + len(after)]
        cut = after.startswith(rest.partition("…")[0])  # a text may be too long for its place
        if squeezed[: mark.start()].endswith(before) and cut:
            shown.add(int(mark[1]))
        else:
            spoilt.append(f"{planted}: {squeezed[max(0, mark.start() - 80) : mark.end() + 80]}")
    return shown, spoilt


def lost(garden: Garden, shown: set[int], lang: str) -> set[tuple[str, str]]:
    """The fields and payloads that are for readers of a language, and that nothing showed."""
    return {
        (each.field, each.payload)
        for number, each in enumerate(garden.planted)
        if each.lang in ("", lang) and number not in shown
    }
