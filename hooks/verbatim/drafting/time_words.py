"""Time words: the date expressions of an article, each resolved against the day of its publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .article import Article, Sentence
from .rules import Rules

Resolver = Callable[[], str]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class TimeWords:
    """One expression."""

    paragraph: int
    start: int
    """In the paragraph."""
    text: str
    edtf: str
    """With seasons (`2018-21`) as in EDTF level 1, which briefings do not take yet."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find_time_words(article: Article, published: date, rules: Rules) -> list[TimeWords]:
    found: list[TimeWords] = []
    for sentence in article.sentences():
        for kind, match in _matches(sentence.text, rules):
            edtf = _Reading(match, sentence, published, rules, found).resolve(kind)
            if edtf:
                start = sentence.start + match.start()
                text = article.paragraphs[sentence.paragraph - 1][start : start + len(match[0].rstrip())]
                found.append(TimeWords(sentence.paragraph, start, text, edtf))
    return found


def _matches(text: str, rules: Rules) -> list[tuple[str, re.Match[str]]]:
    """In their order and without overlap; earlier kinds win."""
    taken: list[tuple[str, re.Match[str]]] = []
    for kind, pattern in rules.dates:
        for match in pattern.finditer(text):
            if all(match.end() <= other.start() or other.end() <= match.start() for _, other in taken):
                taken.append((kind, match))
    return sorted(taken, key=lambda each: each[1].start())


def is_ahead(sentence: Sentence, start: int, end: int, rules: Rules) -> bool | None:
    """Whether the verb nearest to a place speaks of what is to come; None where no verb says."""
    future = [match.span() for match in rules.pattern("future").finditer(sentence.text)]
    past = [
        match.span()
        for match in rules.pattern("past").finditer(sentence.text)
        if not any(a < match.end() and match.start() < b for a, b in future)
    ]

    def distance(span: tuple[int, int]) -> int:
        far = max(span[0] - end, start - span[1], 0)
        return 3 * far if "," in sentence.text[end : span[0]] else far  # a verb behind a comma has its own clause

    near_future = min(map(distance, future), default=None)
    near_past = min(map(distance, past), default=None)
    if near_future is None:
        return None if near_past is None else False
    return near_past is None or near_future <= near_past


@dataclass(frozen=True)
class _Reading:
    match: re.Match[str]
    sentence: Sentence
    published: date
    rules: Rules
    earlier: list[TimeWords]

    def _group(self, *names: str) -> str:
        groups = self.match.groupdict()
        return next((groups[name].lower() for name in names if groups.get(name)), "")

    @property
    def _ahead(self) -> bool | None:
        return is_ahead(self.sentence, self.match.start(), self.match.end(), self.rules)

    @property
    def _over(self) -> bool | None:
        """False where the verb speaks of the past; a verb that looks ahead does not say how far."""
        return False if self._ahead is False else None

    def resolve(self, kind: str) -> str:
        """EDTF; empty for what cannot be resolved."""
        try:
            return {**self._relative(), **self._named()}[kind]()
        except (ValueError, OverflowError):
            return ""

    def _relative(self) -> dict[str, Resolver]:
        today, monday = self.published, self.published - timedelta(days=self.published.weekday())
        return {
            "yesterday": lambda: _day(today, -2 if self.match[0].lower().startswith("avant") else -1),
            "today": lambda: _day(today),
            "tomorrow": lambda: _day(today, 1),
            "day-before": lambda: self._beside(-1),
            "day-after": lambda: self._beside(1),
            "eve-same": self._same_day,
            "eve-of": lambda: _day(self._main_day(), -1),
            "weekend": lambda: f"{_day(monday, 5)}/{_day(monday, 6)}",
            "week-last": lambda: f"{_day(monday, -7)}/{_day(monday, -1)}",
            "week-next": lambda: f"{_day(monday, 7)}/{_day(monday, 13)}",
            "week-this": lambda: f"{_day(monday)}/{_day(monday, 6)}",
            "month-this": lambda: f"{today:%Y-%m}",
            "year-last": lambda: f"{today.year - 1}",
            "year-next": lambda: f"{today.year + 1}",
            "year-this": lambda: f"{today.year}",
            "until-year-end": lambda: f"../{today.year}",
            "ago": self._ago,
            "since-ago-unit": lambda: f"{self._ago()}/..",
            "since-ago": lambda: f"{today.year - self._number()}~/..",
        }

    def _named(self) -> dict[str, Resolver]:
        return {
            "weekday": self._weekday,
            "weekday-ahead": self._weekday_ahead,
            "days": self._days,
            "weekday-next": self._weekday_next,
            "weekday-last": self._weekday_last,
            "day": self._on_day,
            "weekday-day": self._on_day,
            "since-day": lambda: f"{self._on_day()}/..",
            "from-day": lambda: f"{self._on_day()}/..",
            "until-day": lambda: f"../{self._on_day()}",
            "about-month": lambda: f"{self._in_month()}~",
            "month": self._month,
            "month-last": lambda: self._in_month(ahead=False),
            "month-next": lambda: self._in_month(ahead=True),
            "season": self._season,
            "since": lambda: f"{self._year_or_month()}/..",
            "until-year": lambda: f"../{self._group('year')}",
            "year": lambda: self._group("year"),
        }

    def _number(self) -> int:
        word = self._group("number")
        return int(word) if word.isdecimal() else self.rules.numbers[word]

    def _ago(self) -> str:
        count, unit = self._number(), self._group("unit")
        if unit.startswith(("an", "year")):
            exact = self._group("number").isdecimal()  # "54 years ago" is counted, "two years ago" is about
            return f"{self.published.year - count}{'' if exact else '~'}"
        if unit.startswith(("mois", "month")):
            months = self.published.year * 12 + self.published.month - 1 - count
            return f"{months // 12:04}-{months % 12 + 1:02}~"
        if unit.startswith(("semaine", "week")):
            return f"{_day(self.published, -7 * count)}~"
        return _day(self.published, -count)

    def _days_before(self) -> list[date]:
        """The exact days that were named before, the last one first."""
        days = []
        for words in reversed(self.earlier):
            if _DAY.fullmatch(words.edtf):
                days.append(date.fromisoformat(words.edtf))
        return days

    def _beside(self, days: int) -> str:
        return _day(next(iter(self._days_before()), self.published), days)

    def _same_day(self) -> str:
        """Words such as `à la veille d'un sommet` speak of the day that their sentence names, or of today."""
        paragraph, start = self.sentence.paragraph, self.sentence.start
        here = [words.edtf for words in self.earlier if words.paragraph == paragraph and words.start >= start]
        return next((edtf for edtf in here if _DAY.fullmatch(edtf)), self.published.isoformat())

    def _main_day(self) -> date:
        """The first day that the article names is taken for that of the event it is about."""
        days = self._days_before()
        return days[-1] if days else self.published

    def _weekday(self) -> str:
        back = (self.published.weekday() - self.rules.weekdays[self._group("weekday")]) % 7
        if back and self._ahead:
            return _day(self.published, 7 - back)
        return _day(self.published, -back)

    def _weekday_ahead(self) -> str:
        return _day(self.published, (self.rules.weekdays[self._group("weekday")] - self.published.weekday()) % 7)

    def _days(self) -> str:
        """`du 17 au 19 juin`."""
        last = date.fromisoformat(self._on_day())
        return f"{last.replace(day=int(self._group('d')))}/{last}"

    def _weekday_next(self) -> str:
        wanted = self.rules.weekdays[self._group("weekday")]
        if self.rules.lists["next_weekday_is_nearest"] == "true":
            return _day(self.published, (wanted - self.published.weekday() - 1) % 7 + 1)
        return _day(self.published, 7 - self.published.weekday() + wanted)

    def _weekday_last(self) -> str:
        wanted = self.rules.weekdays[self._group("weekday")]
        if self.rules.lists["next_weekday_is_nearest"] == "true":
            return _day(self.published, -((self.published.weekday() - wanted - 1) % 7 + 1))
        return _day(self.published, -7 - self.published.weekday() + wanted)

    def _on_day(self) -> str:
        month = self.rules.months[self._group("month", "month2")]
        day = int(self._group("day", "day2") or self._group("d"))
        if year := self._group("year", "year2"):
            return date(int(year), month, day).isoformat()
        near = self._year_of(date(self.published.year, month, min(day, 28)), self._over)
        return near.replace(day=day).isoformat()

    def _in_month(self, *, ahead: bool | None = None) -> str:
        month = self.rules.months[self._group("month", "month2")]
        if year := self._group("year", "year2"):
            return f"{year}-{month:02}"
        return f"{self._year_of(date(self.published.year, month, 15), ahead):%Y-%m}"

    def _year_of(self, day: date, ahead: bool | None) -> date:
        """That day in the nearest year, after the publication or not where that is known."""
        days = [day.replace(year=day.year + years) for years in (-1, 0, 1)]
        if ahead is not None:
            days = [each for each in days if (each > self.published) == ahead] or days
        return min(days, key=lambda each: abs(each - self.published))

    def _month(self) -> str:
        text = self._in_month(ahead=self._over)
        return f"{text}/.." if self.match[0].lower().startswith(("depuis", "since")) else text

    def _year_or_month(self) -> str:
        return self._in_month() if self._group("month") else self._group("year")

    def _season(self) -> str:
        number = self.rules.lists["seasons"][self._group("season")]
        year = self._group("year") or str(self.published.year)
        return f"{year}-{number}"


def _day(day: date, days: int = 0) -> str:
    return (day + timedelta(days=days)).isoformat()
