"""Planting: puts every payload into every text of a corpus, each with a mark by which it is found again.

There is a copy of the corpus for each payload. The texts of a copy have the payloads in turn, so that each field gets
each payload.
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
    """Registry or folder, and names of the fields: `actors.roles.title`."""

    payload: str
    """Name of the payload."""

    text: str
    """The text that must be shown."""

    lang: str
    """The language of its readers; empty for all languages."""


class Garden:
    """Fills a corpus, and records what it put where."""

    def __init__(self) -> None:
        self.planted: list[Planted] = []
        self.files: dict[str, Any] = {}
        for copy in range(len(PAYLOADS)):
            turn = copy
            for name, (model, data) in records(copy).items():
                folder = name.split("/")[0]
                kind = folder if folder in REGISTRIES else "briefings"
                if name.startswith("issues/dock"):  # which no briefing needs, so that no page shows it
                    self.files[name] = data
                    continue

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
        if field == "issues.question":  # check warns of questions that have most words in common
            payload += "".join(f" {letter}{len(self.planted)}" for letter in "abcdefghijklmnop")
        shown = SHOWN_IN_PROSE.get(name, payload) if leaf.kind == "prose" else payload
        if "{mark}" not in payload or len(payload) > leaf.limit:
            room = leaf.limit - len(mark) - 1
            payload, shown = (f"{each.replace('{mark}', '')[:room]} {{mark}}" for each in (payload, shown))
        self.planted.append(Planted(field, name, shown.replace("{mark}", mark), lang))
        return payload.replace("{mark}", mark)


def squeeze(text: str) -> str:
    """A text without typography and line breaks."""
    return re.sub(r"[\s\u00a0\u202f'’]+", "", text).casefold()


def read_marks(garden: Garden, text: str) -> tuple[set[int], list[str]]:
    """The numbers of the texts that are shown unchanged, and those that are changed."""
    shown, spoilt, squeezed = set(), [], squeeze(text)
    for mark in re.finditer(r"k(\d+)k", squeezed):
        planted = garden.planted[int(mark[1])]
        before, after = squeeze(planted.text).split(mark[0])
        rest = squeezed[mark.end() : mark.end() + len(after)]
        cut = after.startswith(rest.partition("…")[0])  # a long text may be cut
        if squeezed[: mark.start()].endswith(before) and cut:
            shown.add(int(mark[1]))
        else:
            spoilt.append(f"{planted}: {squeezed[max(0, mark.start() - 80) : mark.end() + 80]}")
    return shown, spoilt


def lost(garden: Garden, shown: set[int], lang: str) -> set[tuple[str, str]]:
    """The fields and payloads for readers of a language that were not shown."""
    return {
        (each.field, each.payload)
        for number, each in enumerate(garden.planted)
        if each.lang in ("", lang) and number not in shown
    }
