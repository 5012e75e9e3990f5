"""Rules: the word lists and patterns of one language, read from `rules/<code>.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ..problems import Message
from ..reading.strict_yaml import parse

FOLDER = Path(__file__).parent / "rules"


@dataclass(frozen=True, eq=False)
class Rules:
    """One language's rules; the names of their lists are those of the file."""

    lang: str
    lists: Mapping[str, Any]

    def words(self, name: str) -> list[str]:
        return [str(word) for word in self.lists[name]]

    @cache  # noqa: B019  one object a language, kept for the life of the process
    def pattern(self, name: str) -> re.Pattern[str]:
        return _compile(str(self.lists[name]))

    @cache  # noqa: B019
    def patterns(self, name: str, *, ignore_case: bool = True) -> list[re.Pattern[str]]:
        return [_compile(str(each), ignore_case=ignore_case) for each in self.lists[name]]

    @cache  # noqa: B019
    def any_of(self, *names: str) -> str:
        """A pattern without groups for any word of some lists, the longest first."""
        return alternatives(word for name in names for word in self.words(name))

    @cache  # noqa: B019
    def filled(self, name: str, *, ignore_case: bool = True) -> re.Pattern[str]:
        """A pattern whose `{list}` stands for any word of that list."""
        pattern = re.sub(r"\{([a-z_]+)\}", lambda found: self.any_of(found[1]), str(self.lists[name]))
        return _compile(pattern, ignore_case=ignore_case)

    @cached_property
    def months(self) -> dict[str, int]:
        """Numbers from 1, by name in lower case."""
        named = {name.lower(): number for number, name in enumerate(self.words("months"), 1)}
        return named | {name.lower(): int(number) for name, number in self.lists.get("month_also", {}).items()}

    @cached_property
    def weekdays(self) -> dict[str, int]:
        """0 is Monday, by name in lower case."""
        return {name.lower(): number for number, name in enumerate(self.words("weekdays"))}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """By word in lower case."""
        named = {name.lower(): number for number, name in enumerate(self.words("numbers"), 1)}
        return named | {name.lower(): int(number) for name, number in self.lists["number_also"].items()}

    @cached_property
    def dates(self) -> list[tuple[str, re.Pattern[str]]]:
        """Kinds of date expressions and their patterns, the more specific first."""
        named = {
            "month": rf"(?P<month>{alternatives(self.months)})",
            "weekday": rf"(?P<weekday>{alternatives(self.weekdays)})\b",
            "number": rf"(?P<number>\d{{1,3}}|{alternatives(self.numbers)})",
            "year": r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d ]*\d)",
            "day": r"(?<![\d,.])(?P<day>[0-3]?\d)(?:er)?",
        }
        found = []
        for kind, text in self.lists["dates"].items():
            pattern = str(text)
            for name, value in named.items():
                pattern = _fill(pattern, name, value)
            found.append((str(kind), _compile(pattern)))
        return found


def _fill(pattern: str, name: str, value: str) -> str:
    """Put a named group in place of `{name}`; from the second on its name gets a number, since names are unique."""
    head, *rest = pattern.split(f"{{{name}}}")
    for number, part in enumerate(rest):
        head += (value if not number else value.replace(f"(?P<{name}>", f"(?P<{name}{number + 1}>")) + part
    return head


def alternatives(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


def _compile(pattern: str, *, ignore_case: bool = True) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if ignore_case else 0)


def known_languages() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


@cache
def load_rules(lang: str) -> Rules:
    """Raises ValueError for a language without rules."""
    if lang not in known_languages():
        raise ValueError(
            Message(
                "no rules for drafting in {lang!r} (there are: {known})", lang=lang, known=", ".join(known_languages())
            )
        )
    document, problems = parse((FOLDER / f"{lang}.yml").read_bytes(), f"rules/{lang}.yml")
    if not document or problems:
        raise ValueError("; ".join(map(str, problems)))
    return Rules(lang, document.value)
