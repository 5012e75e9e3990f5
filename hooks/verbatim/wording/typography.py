"""Typography of our own words, as a language's catalogue gives it. Quotations never pass through here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"

Sign = Annotated[str, StringConstraints(min_length=1, max_length=1)]
Mark = Annotated[str, StringConstraints(min_length=1, max_length=2, pattern=r"\S")]
"""A quotation mark, with the space on its inner side where the language puts one."""

Words = Annotated[frozenset[str], BeforeValidator(lambda value: value.split() if isinstance(value, str) else value)]


class Typography(BaseModel):
    """The section `typography` of a catalogue."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-"))

    quotation_marks: tuple[Mark, Mark]
    """What opens and closes a quotation."""

    apostrophe: Sign = "'"
    """What a straight apostrophe between two letters becomes."""

    apostrophe_after: str = ""
    """The letters at the end of a word that an apostrophe may follow, as in "the allies' answer"."""

    no_break_space_before: str = ""
    """The signs before which a plain space becomes one without a break."""

    narrow_no_break_space_before: str = ""

    first_of_month: str = "1"
    """How the first day of a month is written, in a date with words."""

    elisions: Words = frozenset()
    """Words that lose their last letter before a vowel, in lower case and without it: `l` for "l'OTAN"."""

    def set(self, text: str) -> str:
        """A text with the spaces and apostrophes that the language asks for; setting it twice changes nothing more."""
        for pattern, replace in self._rules:
            text = pattern.sub(replace, text)
        return text

    @cached_property
    def _rules(self) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
        return list(self._make_rules())

    def _make_rules(self) -> Iterator[tuple[re.Pattern[str], Any]]:
        letter = r"[^\W\d_]"
        if self.apostrophe != "'":
            ends = rf"|(?<=[{re.escape(self.apostrophe_after)}])'(?=\s)" if self.apostrophe_after else ""
            yield re.compile(rf"(?<={letter})'(?={letter}){ends}"), lambda _: self.apostrophe
        opening, closing = self.quotation_marks
        if opening[-1].isspace():
            yield re.compile(rf"{re.escape(opening[:-1])} ?(?=\S)"), lambda _: opening
        if closing[0].isspace():
            yield re.compile(rf"(?<=\S) ?{re.escape(closing[1:])}"), lambda _: closing
        for space, signs in ((NBSP, self.no_break_space_before), (NARROW_NBSP, self.narrow_no_break_space_before)):
            if signs:
                yield re.compile(rf"(?<=\S) (?=[{re.escape(signs)}])"), lambda _, space=space: space
