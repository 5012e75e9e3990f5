"""The project's own published data, for any content: valid, sound, and the page's questions are answered alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.published import answers, invalid, query
from verbatim.exports.dataset.questions import questions


@pytest.fixture
def own_api(own_site: Path) -> Path:
    return own_site.resolve() / "api" / "v1"


def test_the_data_are_valid_and_sound(own_api: Path) -> None:
    """Each JSON file is as its schema says, and each foreign key of the database leads to a row."""
    assert invalid(own_api) == []
    assert query(own_api, "PRAGMA foreign_key_check") == []


def test_the_questions_are_answered_alike(own_api: Path) -> None:
    """SQL, jq and Python give the same answers on whatever is published."""
    month = json.loads((own_api / "index.json").read_text("utf-8")).get("updated", "2000-01-01")[:7]
    for question in questions(month, f"{own_api.as_uri()}/"):
        found = answers(question, own_api)
        assert found["sql"] == found["jq"] == found["python"], question.name
