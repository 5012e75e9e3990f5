"""Likeness: what looks alike is found by an index, as by comparing each with each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verbatim.checks.likeness import _alike

SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=6), max_size=12)


@given(sets=SETS, least=st.sampled_from([0.5, 0.75, 1.0]))
def test_the_index_misses_nothing(sets: list[frozenset[str]], least: float) -> None:
    """Exactly those sets are paired that look like one before them, and each with one that it looks like."""

    def alike(a: frozenset[str], b: frozenset[str]) -> bool:
        return bool(a and b) and len(a & b) >= least * len(a | b)

    pairs = list(_alike(sets, [([""], [""]) for _ in sets], least, lambda a, b: True))
    assert all(first < second and alike(sets[first], sets[second]) for first, second in pairs)
    expected = [n for n, each in enumerate(sets) if any(alike(each, other) for other in sets[:n])]
    assert [second for _, second in pairs] == expected


@given(sets=SETS)
def test_what_is_refused_is_passed_over(sets: list[frozenset[str]]) -> None:
    """Where one pair is said to be two, the next one is looked at."""
    pairs = list(_alike(sets, [([""], [""]) for _ in sets], 1.0, lambda a, b: a > 0))
    for number, each in enumerate(sets):
        same = [other for other in range(1, number) if each and sets[other] == each]
        assert [first in same for first, second in pairs if second == number] == [True] * bool(same)
