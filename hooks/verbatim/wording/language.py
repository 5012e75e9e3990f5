"""A language of the site: labels and date patterns from its catalogue, names and lists from Babel."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from ..model.dates import Edtf, Point, parse_edtf
from ..problems import Problem
from .catalogue import CATALOGUES, Catalogue, catalogue_problems, file_of, read_catalogues
from .words import reads_right_to_left

MOST_KEPT = 100_000
"""Greatest number of texts whose typography is remembered."""


class CatalogueError(Exception):
    """A language whose catalogue is missing or faulty; the message is its problems, a line each."""


class Language:
    """Labels, dates and texts in one language."""

    def __init__(self, code: str, catalogues: Mapping[str, Catalogue]) -> None:
        self.code = code
        """ISO 639-1."""

        self._labels = catalogues[code].labels
        self._typographies = {lang: catalogue.typography for lang, catalogue in catalogues.items()}
        self._typography = self._typographies[code]
        # A site says the same few labels, days and names again on every page.
        self._said: dict[str, Markup] = {}
        self._days: dict[tuple[datetime.date, str], str] = {}
        self._set: dict[tuple[str, str], str] = {}

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self._plain_label("locale"))

    def __contains__(self, key: str) -> bool:
        return key in self._labels

    def t(self, key: str, **values: Any) -> Markup:
        """The label of a key, its `{placeholders}` filled with escaped values.

        `count` chooses among the label's plural forms. An unknown key is a KeyError: it is our mistake, never
        the author's.
        """
        if not values and key in self._said:
            return self._said[key]
        label = self._labels[key]
        if isinstance(label, Mapping):
            label = label[self.locale.plural_form(values["count"])]
        if not values:
            return self._said.setdefault(key, escape(label))
        if isinstance(values.get("count"), int):
            values["count"] = self.number(values["count"])
        return escape(label).format(**values)

    def choose(self, text: Mapping[str, str]) -> tuple[str, str]:
        """The language and the words to show of a text: this language's, or the first that there is."""
        lang = self.code if self.code in text else next(iter(text))
        return lang, text[lang]

    def plain(self, text: Mapping[str, str]) -> str:
        """The words alone, for titles, attributes and search."""
        lang, words = self.choose(text)
        return self.set_type(words, lang)

    def text(self, text: Mapping[str, str]) -> Markup:
        """The words as HTML; marked with their language where they fall back to another."""
        lang, words = self.choose(text)
        return self.marked(escape(self.set_type(words, lang)), lang)

    def inside(self, text: Mapping[str, str]) -> Markup:
        """A description used as a name, in the midst of a sentence: `une source diplomatique`, but `OTAN`."""
        lang, words = self.choose(text)
        first = re.split(r"\W", words, maxsplit=1)[0].lower()
        return self.text({lang: words[:1].lower() + words[1:]} if first in self._determiners else {lang: words})

    @cached_property
    def _determiners(self) -> frozenset[str]:
        return frozenset(self._plain_label("determiners").split())

    def _plain_label(self, key: str) -> str:
        """A label without plural forms, as it is written."""
        label = self._labels[key]
        assert isinstance(label, str), f"{key} has plural forms"
        return label

    def set_type(self, words: str, lang: str) -> str:
        """Words in the typography of their own language, where it has a catalogue."""
        if lang not in self._typographies:
            return words
        if len(self._set) > MOST_KEPT:
            self._set.clear()
        known = self._set.get((lang, words))
        return known if known is not None else self._set.setdefault((lang, words), self._typographies[lang].set(words))

    def line(self, words: str) -> Markup:
        """A line that is in no language, such as a name of an author, as HTML."""
        return self.marked(escape(words), self.code)

    def marked(self, html: Markup, lang: str, tag: str = "span") -> Markup:
        """`html` inside an element that names its language where that is not this one, and lets words from right to
        left decide their direction; as it is where neither is needed."""
        attributes = Markup("")
        if lang != self.code:
            attributes += Markup(' lang="{}"').format(lang)
        if reads_right_to_left(html):
            attributes += Markup(' dir="auto"')
        return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), attributes, html) if attributes else html

    @property
    def quotation_marks(self) -> tuple[str, str]:
        """What `quote` puts before and behind the words."""
        return self._typography.quotation_marks

    def quote(self, words: str, lang: str) -> Markup:
        """A quotation between this language's marks, its words untouched."""
        opening, closing = self.quotation_marks
        html = Markup('<q class="vb-q">{}{}{}</q>').format(opening, self.marked(escape(words), lang), closing)
        return html

    def number(self, value: float) -> str:
        """`1 000` in French, `1,000` in English."""
        return format_decimal(value, locale=self.locale)

    def name_of(self, code: str) -> str:
        """What this language calls another: `anglais`; the code itself where it has no word for it."""
        return str(self.locale.languages.get(code, code))

    @cached_property
    def elisions(self) -> frozenset[str]:
        """Those of every language that has a catalogue, because quotations and names are in any of them."""
        return frozenset().union(*(typography.elisions for typography in self._typographies.values()))

    def join(self, items: Sequence[str]) -> Markup:
        """`a, b et c`, the items escaped unless they are HTML already."""
        return Markup(format_list([escape(item) for item in items], locale=self.locale))

    def date(self, edtf: Edtf) -> str:
        """A date at its own precision: `24 mai 2017`, `vers 2016`, `depuis 2014`, `entre 2014 et 2017`."""
        if edtf.single:
            return self._qualified(edtf.single, "approximate")
        start, end = edtf.start, edtf.end
        if start and end:
            days = {start.precision, end.precision} <= {"day", "minute"}
            ends = {"start": self._inside(start), "end": self._inside(end)}
            return str(self.t("date.between-day" if days else "date.between", **ends))
        if start:
            return self._related("since", start, self._inside(start))
        assert end, "an interval has at least one end"
        return self._related("until", end, self._inside(end))

    def _inside(self, point: Point) -> str:
        return self._qualified(point, "approximate-inside")

    def since(self, edtf: Edtf) -> str:
        """`depuis 2016 environ` for a single date; an interval reads as it does alone."""
        return self.date(edtf) if edtf.is_interval else self.date(Edtf(f"{edtf}/..", edtf.start, None))

    def until(self, edtf: Edtf) -> str:
        """`jusqu'à 2017` for a single date; an interval reads as it does alone."""
        return self.date(edtf) if edtf.is_interval else self.date(Edtf(f"../{edtf}", None, edtf.end))

    def day(self, day: datetime.date) -> str:
        """`24 mai 2017`."""
        return self.date(parse_edtf(day.isoformat()))

    @property
    def first_of_month(self) -> str:
        """The first day of a month in dates: `1er`."""
        return self._typography.first_of_month

    def short_day(self, day: datetime.date) -> str:
        """`24 mai 17`, for the heads of narrow columns."""
        return self._formatted(day, "short-day")

    def short_date(self, edtf: Edtf) -> str:
        """`24 mai 17` for a day, the date itself for anything less exact."""
        return self.short_day(edtf.lower) if edtf.is_day else self.date(edtf)

    def tick(self, day: datetime.date, unit: str, full: bool) -> str:
        """A day on an axis of years, months or days: `2014`, `mai`, `lun. 22`; in full with its month and year."""
        if unit == "year":
            return str(day.year)
        if unit == "month":
            return self._formatted(day, "tick-month-in-full" if full else "tick-month")
        return self._formatted(day, "tick-day-in-full" if full else "tick-first-day" if day.day == 1 else "tick-day")

    def day_name(self, edtf: Edtf) -> str:
        """`mercredi`; empty for anything less exact than a day."""
        return self._formatted(edtf.lower, "day-name") if edtf.is_day else ""

    def weekday(self, edtf: Edtf) -> str:
        """`mercredi 24 mai` for a day, the date itself for anything less exact."""
        return self._formatted(edtf.lower, "weekday") if edtf.is_day else self.date(edtf)

    def _qualified(self, point: Point, approximate: str) -> str:
        text = self._point(point)
        if point.approximate:
            text = self._related(approximate, point, text)
        return str(self.t("date.uncertain", date=text)) if point.uncertain else text

    def _related(self, relation: str, point: Point, text: str) -> str:
        """`depuis 2014`, but `depuis le 24 mai`: some relations have a label of their own for some precisions."""
        precision = "day" if point.precision == "minute" else point.precision
        key = f"date.{relation}-{precision}"
        return str(self.t(key if key in self else f"date.{relation}", date=text))

    def _point(self, point: Point) -> str:
        if point.precision == "decade":
            return str(self.t("date.decade", year=str(point.lower.year)))
        if point.precision == "year":
            return str(point.lower.year)
        if point.precision == "month":
            return self._formatted(point.lower, "month")
        day = self._formatted(point.lower, "day")
        if not point.time:
            return day
        hour, minute = point.time.split(":")
        return str(self.t("date.at-time", date=day, hour=hour.lstrip("0") or "0", minute=minute))

    def _formatted(self, day: datetime.date, pattern: str) -> str:
        """A day by one of the catalogue's patterns, `1er mai` where the language asks for that."""
        if known := self._days.get((day, pattern)):
            return known
        text = format_date(day, self._plain_label(f"date-pattern.{pattern}"), locale=self.locale)
        if day.day == 1:
            text = re.sub(r"\b1\b", lambda _: self._typography.first_of_month, text, count=1)
        return self._days.setdefault((day, pattern), text)


def load_languages(codes: Iterable[str], folder: Path = CATALOGUES) -> tuple[dict[str, Language], list[Problem]]:
    """The languages with these codes that have a catalogue, and every problem of the catalogues.

    A language whose catalogue has problems of its own is left out.
    """
    catalogues, problems = read_catalogues(folder)
    languages, unread = {}, {problem.where.file for problem in problems}
    for code in sorted(code for code in codes if file_of(code) not in unread):
        found = list(catalogue_problems(code, catalogues))
        if not found:
            languages[code] = Language(code, catalogues)
        problems += found
    return languages, problems


def load_language(code: str, folder: Path = CATALOGUES) -> Language:
    """One language; raises CatalogueError where any catalogue that it rests on has a problem."""
    languages, problems = load_languages([code], folder)
    if problems:
        raise CatalogueError("\n".join(map(str, problems)))
    return languages[code]
