"""Names of actors and issues. A search for a name, even a misspelt one, leads to its page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..views.addresses import names_url, page_url
from ..views.atlas import Atlas
from ..wording.language import Language
from ..wording.words import part_of, words_of


@dataclass(frozen=True)
class Name:
    """An actor or an issue, with the names that readers may use."""

    title: str
    url: str
    """Relative to the language's root, without a leading slash."""

    calls: tuple[str, ...]
    """Folded: its name in every language, its aliases and, for a person, the last word of the name."""


def names_of(atlas: Atlas, language: Language) -> list[Name]:
    """Every actor and issue, with its names in every language."""
    names = []
    for actor in atlas.corpus.actors.values():
        calls = [*actor.name.values(), *actor.aliases]
        calls += [name.split()[-1] for name in actor.name.values() if actor.kind == "person"]
        names.append(Name(language.plain(actor.name), page_url(actor), _folded(calls, language)))
    for issue in atlas.corpus.issues.values():
        calls = [*issue.question.values(), *issue.short.values()]
        names.append(Name(language.plain(issue.question), page_url(issue), _folded(calls, language)))
    return names


def name_files(names: Iterable[Name]) -> Iterator[tuple[str, bytes]]:
    """Yield `names/all.json` and one file per two first letters; each is a list of [title, url, calls].

    A search fetches the file of its own first letters, and `all.json` only if it finds nothing.
    """
    parts: dict[str, list[Any]] = defaultdict(list)
    rows = [[name.title, name.url, name.calls] for name in names]
    for row in rows:
        for key in dict.fromkeys(map(part_of, row[2])):
            parts[key].append(row)
    yield names_url("all"), _json(rows)
    for key, part in sorted(parts.items()):
        yield names_url(key), _json(part)


def _folded(calls: Iterable[str], language: Language) -> tuple[str, ...]:
    """Folded names without duplicates. Names without letters or digits are dropped."""
    return tuple(dict.fromkeys(filter(None, (" ".join(words_of(call, language.elisions)) for call in calls))))


def _json(rows: list[Any]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
