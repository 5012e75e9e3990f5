"""A language of the site: its labels from a catalogue, its dates from Babel, its way with texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from ..model.dates import Edtf, Point, parse_edtf
from ..reading.strict_yaml import parse
from .typography import QUOTATION_MARKS, set_type

CATALOGUES = Path(__file__).parent / "locale"
"""One `<code>.yml` a language; its key `locale` names the Babel locale that writes the dates."""


class Language:
    """Labels, dates and texts in one language."""

    def __init__(self, code: str, labels: Mapping[str, str | Mapping[str, str]]) -> None:
        self.code = code
        """ISO 639-1."""

        self._labels = labels

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self._labels["locale"])

    def __contains__(self, key: str) -> bool:
        return key in self._labels

    def t(self, key: str, **values: Any) -> Markup:
        """The label of a key, its `{placeholders}` filled with escaped values.

        `count` chooses among the label's plural forms. An unknown key is a KeyError: it is our mistake, never
        the author's.
        """
        label = self._labels[key]
        if isinstance(label, Mapping):
            label = label[self.locale.plural_form(values["count"])]
        if not values:
            return escape(label)
        if isinstance(values.get("count"), int):
            values["count"] = self.number(values["count"])
        return escape(label).format(**values)

    def choose(self, text: Mapping[str, str]) -> tuple[str, str]:
        """The language and the words to show of a text: this language's, or the first that there is."""
        lang = self.code if self.code in text else next(iter(text))
        return lang, text[lang]

    def plain(self, text: Mapping[str, str]) -> str:
        """The words alone, for titles, attributes and search."""
        return set_type(*reversed(self.choose(text)))

    def text(self, text: Mapping[str, str]) -> Markup:
        """The words as HTML; marked with their language where they fall back to another."""
        lang, words = self.choose(text)
        return self.marked(escape(set_type(words, lang)), lang)

    def inside(self, text: Mapping[str, str]) -> Markup:
        """A description used as a name, in the midst of a sentence: `une source diplomatique`, but `OTAN`."""
        lang, words = self.choose(text)
        first = re.match(r"\w*", words)[0].lower()
        return self.text({lang: words[:1].lower() + words[1:]} if first in self._determiners else {lang: words})

    @cached_property
    def _determiners(self) -> frozenset[str]:
        return frozenset(self._labels["determiners"].split())

    def marked(self, html: Markup, lang: str, tag: str = "span") -> Markup:
        """`html` inside an element that names its language, where that is not this one."""
        if lang == self.code:
            return html
        return Markup('<{tag} lang="{lang}">{html}</{tag}>').format(tag=Markup(tag), lang=lang, html=html)

    def quote(self, words: str, lang: str) -> Markup:
        """A quotation between this language's marks, its words untouched."""
        opening, closing = QUOTATION_MARKS.get(self.code, QUOTATION_MARKS["en"])
        html = Markup('<q class="vb-q">{}{}{}</q>').format(opening, self.marked(escape(words), lang), closing)
        return html

    def number(self, value: float) -> str:
        """`1 000` in French, `1,000` in English."""
        return format_decimal(value, locale=self.locale)

    def join(self, items: Sequence[str]) -> Markup:
        """`a, b et c`, the items escaped unless they are HTML already."""
        return Markup(format_list([escape(item) for item in items], locale=self.locale))

    def date(self, edtf: Edtf) -> str:
        """A date at its own precision: `24 mai 2017`, `vers 2016`, `depuis 2014`, `entre 2014 et 2017`."""
        if not edtf.is_interval:
            return self._qualified(edtf.start, "approximate")
        start = edtf.start and self._qualified(edtf.start, "approximate-inside")
        end = edtf.end and self._qualified(edtf.end, "approximate-inside")
        if start and end:
            days = {edtf.start.precision, edtf.end.precision} <= {"day", "minute"}
            return str(self.t("date.between-day" if days else "date.between", start=start, end=end))
        return self._related("since", edtf.start, start) if start else self._related("until", edtf.end, end)

    def since(self, edtf: Edtf) -> str:
        """`depuis 2016 environ` for a single date; an interval reads as it does alone."""
        return self.date(edtf) if edtf.is_interval else self.date(Edtf(f"{edtf}/..", edtf.start, None))

    def until(self, edtf: Edtf) -> str:
        """`jusqu'à 2017` for a single date; an interval reads as it does alone."""
        return self.date(edtf) if edtf.is_interval else self.date(Edtf(f"../{edtf}", None, edtf.end))

    def day(self, day: date) -> str:
        """`24 mai 2017`."""
        return self.date(parse_edtf(day.isoformat()))

    def short_day(self, day: date) -> str:
        """`24 mai 17`, for the heads of narrow columns."""
        return f"{self._first_of_month(format_date(day, 'd MMM', locale=self.locale), day)} {day:%y}"

    def short_date(self, edtf: Edtf) -> str:
        """`24 mai 17` for a day, the date itself for anything less exact."""
        exact = not edtf.is_interval and edtf.start.precision in ("day", "minute")
        return self.short_day(edtf.lower) if exact else self.date(edtf)

    def tick(self, day: date, unit: str, full: bool) -> str:
        """A day on an axis of years, months or days: `2014`, `mai`, `lun. 22`; in full with its month and year."""
        if unit == "year":
            return str(day.year)
        if unit == "month":
            return format_date(day, "MMM y" if full else "MMM", locale=self.locale)
        pattern = "d MMM y" if full else "d MMM" if day.day == 1 else "EEE d"
        return self._first_of_month(format_date(day, pattern, locale=self.locale), day)

    def weekday(self, edtf: Edtf) -> str:
        """`mercredi 24 mai` for a day, the date itself for anything less exact."""
        if edtf.is_interval or edtf.start.precision not in ("day", "minute"):
            return self.date(edtf)
        return self._first_of_month(format_date(edtf.lower, "EEEE d MMMM", locale=self.locale), edtf.lower)

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
            return format_date(point.lower, "MMMM y", locale=self.locale)
        day = self._first_of_month(format_date(point.lower, "d MMMM y", locale=self.locale), point.lower)
        return str(self.t("date.at-time", date=day, time=point.time)) if point.time else day

    def _first_of_month(self, text: str, day: date) -> str:
        """French says "1er mai", which the CLDR patterns do not."""
        if day.day != 1 or self.code != "fr":
            return text
        return " ".join("1er" if word == "1" else word for word in text.split(" "))


def load_language(code: str, folder: Path = CATALOGUES) -> Language:
    """Read a language's catalogue; raises ValueError with every problem where the catalogue is faulty."""
    document, problems = parse((folder / f"{code}.yml").read_bytes(), f"locale/{code}.yml")
    if document is None or problems:
        raise ValueError("\n".join(map(str, problems)))
    return Language(code, dict(_flatten(document.value, code)))


def known_languages(folder: Path = CATALOGUES) -> list[str]:
    """The codes of the languages that have a catalogue."""
    return sorted(path.stem for path in folder.glob("*.yml"))


def _flatten(labels: Mapping[str, Any], lang: str, prefix: str = "") -> Iterator[tuple[str, str | dict[str, str]]]:
    for key, value in labels.items():
        if isinstance(value, str):
            yield prefix + key, set_type(value.strip(), lang)
        elif "other" in value and set(value) <= {"zero", "one", "two", "few", "many", "other"}:
            forms = {form: set_type(label.strip(), lang) for form, label in value.items()}
            # A form that a catalogue leaves out reads as its `other`: French "many" is for millions.
            yield (
                prefix + key,
                {form: forms.get(form, forms["other"]) for form in ("zero", "one", "two", "few", "many", "other")},
            )
        else:
            yield from _flatten(value, lang, f"{prefix}{key}.")
