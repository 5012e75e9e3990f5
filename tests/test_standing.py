"""The as-of rule: golden cases, and properties of any set of positions."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from support import CASES
from verbatim.model.entities import Position
from verbatim.model.standing import MODALITIES, STANCES, Standing, changes, history, standing, turns

RULE = yaml.load((CASES / "standing.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def make_position(**fields: object) -> Position:
    fields = {"actor": "ada", "issue": "pier", "modality": "stated", "summary": "Words.", "evidence": ["q"], **fields}
    if fields.pop("withdrawn", None):
        fields["withdrawn"] = {"date": "2020-01-01", "reason": "A mistake."}
    return Position.model_validate(fields, context={"lang": "en"})


def write(found: Standing) -> str:
    beneath = f"/{found.beneath.id}" if found.beneath else ""
    perhaps = "?" + "+".join(position.id for position in found.perhaps) if found.perhaps else ""
    return ("+".join(position.id for position in found.holds) or "-") + beneath + perhaps


@pytest.mark.parametrize("case", RULE, ids=lambda case: case["promise"])
def test_the_rule(case: dict) -> None:
    """On each day of the case, the cell has the expected standing."""
    positions = [make_position(**fields) for fields in case["positions"]]
    assert {day: write(standing(positions, date.fromisoformat(day))) for day in case["on"]} == case["on"]


UNTIL = date(2100, 1, 1)
days = st.dates(date(2016, 1, 1), date(2017, 12, 31))
edtf = st.one_of(
    days.map(str),
    days.map(lambda d: f"{d:%Y-%m}"),
    days.map(lambda d: f"{d:%Y}~"),
    days.map(lambda d: f"{d}/.."),
    days.map(lambda d: f"{d}T{d.day % 24:02}:00Z"),
)
rows = st.lists(
    st.fixed_dictionaries(
        {"date": edtf, "stance": st.sampled_from(STANCES), "modality": st.sampled_from(MODALITIES)},
        optional={"since": edtf, "withdrawn": st.just(True), "replaces": st.integers(0, 4).map("p-{}".format)},
    ),
    max_size=5,
)


def make_positions(fields: list[dict]) -> list[Position]:
    """Positions p-0, p-1, …; each replaces at most an earlier one, as the checks require."""
    rows = [dict(row) for row in fields]
    for index, row in enumerate(rows):
        if int(row.get("replaces", "p-9").removeprefix("p-")) >= index:
            row.pop("replaces", None)
    return [make_position(id=f"p-{index}", **row) for index, row in enumerate(rows)]


@given(rows, days)
def test_history_says_what_the_rule_says(fields: list[dict], day: date) -> None:
    """The periods agree with the rule on every day."""
    positions = make_positions(fields)
    period = next(p for p in history(positions, UNTIL) if p.start <= day and (p.end is None or day < p.end))
    assert period.standing == standing(positions, day)


@given(rows)
def test_history_has_no_gap(fields: list[dict]) -> None:
    """Periods have no gaps from the first day to the last, and neighbours differ."""
    positions = make_positions(fields)
    periods = history(positions, UNTIL)
    assert periods[0].start == date.min
    assert periods[-1].end is None
    assert periods[-1].standing == standing(positions, UNTIL)
    for one, other in pairwise(periods):
        assert one.end == other.start
        assert one.standing != other.standing


@given(rows, days)
def test_nothing_weaker_stands_before_the_firm(fields: list[dict], day: date) -> None:
    """An expected or inferred position never holds on a day with a stated or reported one."""
    positions = make_positions(fields)
    firm = [p for p in positions if p.modality in ("stated", "reported") and p.date.upper <= day and not p.withdrawn]
    holds = standing(positions, day).holds
    assert not firm or holds
    assert not firm or all(position.modality in ("stated", "reported") for position in holds)


@given(rows, days, st.randoms(use_true_random=False))
def test_the_order_of_writing_does_not_matter(fields: list[dict], day: date, shuffle: random.Random) -> None:
    """Positions in any order give the same cell."""
    positions = make_positions(fields)
    assert standing(shuffle.sample(positions, len(positions)), day) == standing(positions, day)


@given(rows)
def test_turns_are_changes_from_a_stance_to_another(fields: list[dict]) -> None:
    """Each turn ends in a change, from a stance that held before; the first stance is no turn, each later change is."""
    periods = history(make_positions(fields), UNTIL)
    found = turns(periods)
    assert all(turn.before.stance != turn.after.stance for turn in found)
    ends = list(dict.fromkeys(turn.after.id for turn in found))
    first = next((each.standing.holds for each in periods if each.standing.holds), ())
    later = [position.id for position in changes(periods) if position not in first]
    assert set(ends) <= {position.id for position in changes(periods)}
    assert set(later) <= set(ends) or any(not period.standing.holds for period in periods[1:])


def test_a_turn_names_both_statements() -> None:
    """For, then against, then contested: a turn from each stance that held before to each new one, on its day."""
    positions = [
        make_position(id="a", date="2017-01-01", stance="for"),
        make_position(id="b", date="2017-02-01", stance="against"),
        make_position(id="c", date="2017-03-01", stance="reserved"),
        make_position(id="d", date="2017-03-01", stance="undecided"),
        make_position(id="e", date="2017-04-01", stance="for", withdrawn=True),
        make_position(id="f", date="2017-05-01", stance="undecided"),
        make_position(id="g", date="2017-06-01", stance="for"),
    ]
    found = [(str(turn.day), turn.before.id, turn.after.id) for turn in turns(history(positions, UNTIL))]
    assert found == [
        ("2017-02-01", "a", "b"), ("2017-03-01", "b", "c"), ("2017-03-01", "b", "d"), ("2017-06-01", "f", "g"),
    ]  # fmt: skip
