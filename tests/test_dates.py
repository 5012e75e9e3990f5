"""Dates: which are accepted and refused, how they are shown and sorted."""

from __future__ import annotations

import contextlib
import random
import time
from datetime import date

import edtf
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import CASES
from verbatim.model.dates import parse_edtf
from verbatim.wording.language import load_language

DATES = yaml.load((CASES / "dates.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
LANGUAGES = {code: load_language(code) for code in ("fr", "en")}

days = st.dates()
points = st.one_of(
    days.map(lambda d: f"{d.year:04}"),
    days.map(lambda d: f"{d.year:04}-{d.month:02}"),
    days.map(lambda d: d.isoformat()),
)
qualified = st.tuples(points, st.sampled_from(["", "~", "?", "%"])).map("".join)


@pytest.mark.parametrize(("text", "first", "last", "french", "english"), DATES["accepted"])
def test_accepted(text: str, first: str, last: str, french: str, english: str) -> None:
    """A date has the bounds and the text of its row."""
    date = parse_edtf(text)
    assert (date.start.lower.isoformat() if date.start else "-") == first
    assert (date.end.upper.isoformat() if date.end else "-") == last
    assert LANGUAGES["fr"].date(date) == french
    assert LANGUAGES["en"].date(date) == english


@pytest.mark.parametrize("text", DATES["refused"])
def test_refused(text: str) -> None:
    """A date outside the subset is refused with a message."""
    with pytest.raises(ValueError, match=r"."):
        parse_edtf(text)


def test_sorted() -> None:
    """Dates sort by first day, then the more exact first, then by time."""
    shuffled = random.Random(1).sample(DATES["sorted"], len(DATES["sorted"]))
    assert [date.text for date in sorted(map(parse_edtf, shuffled), key=lambda d: d.sort_key)] == DATES["sorted"]


@given(qualified)
def test_bounds_of_a_point(text: str) -> None:
    """The first day of any date is not after its last, and its text is kept."""
    date = parse_edtf(text)
    assert date.lower <= date.upper
    assert str(date) == text


@given(qualified, qualified)
def test_intervals_run_forward(first: str, last: str) -> None:
    """Two dates make an interval in at least one order, and it covers both."""
    orders = []
    for text in (f"{first}/{last}", f"{last}/{first}"):
        try:
            orders.append(parse_edtf(text))
        except ValueError:
            continue
    assert orders
    for interval in orders:
        assert interval.lower <= interval.upper


@given(st.one_of(qualified, st.tuples(qualified, qualified).map("/".join), qualified.map(lambda d: f"{d}/..")))
def test_agreement_with_another_reader(text: str) -> None:
    """Dates that the `edtf` package accepts, too, have the same first and last day there."""
    try:
        ours, theirs = parse_edtf(text), edtf.parse_edtf(text)
    except (ValueError, edtf.EDTFParseException):
        return
    assert _day(theirs.lower_strict()) == ours.lower
    assert _day(theirs.upper_strict()) == ours.upper


def _day(moment: time.struct_time | float) -> date:
    if isinstance(moment, float):
        return date.max if moment > 0 else date.min
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


@given(st.lists(qualified, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_sorting_is_total_and_stable(texts: list[str], shuffle: random.Random) -> None:
    """Dates in any order sort to the same list."""
    key = lambda text: parse_edtf(text).sort_key  # noqa: E731
    shuffled = shuffle.sample(texts, len(texts))
    assert sorted(shuffled, key=key) == sorted(texts, key=key)


@given(st.text())
def test_anything_else_is_refused_politely(text: str) -> None:
    """The parser raises nothing but ValueError for any text."""
    with contextlib.suppress(ValueError):
        parse_edtf(text)
