"""Twins: Python and the script treat words in the same way, for the index and for queries."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from support import CASES
from support.characters import characters
from verbatim.wording.language import load_language
from verbatim.wording.words import fold, part_of, words_of

WORDS = yaml.safe_load((CASES / "twins" / "words.yml").read_text(encoding="utf-8"))
ELISIONS = load_language("fr").elisions

SCRIPT = """(texts) => JSON.stringify(JSON.parse(texts).map((text) => {
    const words = vbQuery.wordsOf(text);
    return [vbQuery.fold(text), words, vbQuery.partOf(words.join(" "))];
}))"""
"""As JSON, which Playwright passes in one piece."""

KNOWN = ("Cn", "Co", "Cs")
"""Categories of characters that Python's Unicode may not know, but a newer browser."""


@pytest.fixture(scope="module")
def script(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the built site, with the published script."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}about/")
    yield page
    context.close()


def _in_script(script: Page, texts: list[str]) -> list:
    return json.loads(script.evaluate(SCRIPT, json.dumps(texts)))


def _in_python(text: str) -> list:
    words = words_of(text, ELISIONS)
    return [fold(text), words, part_of(" ".join(words))]


def test_golden_words_in_python() -> None:
    """Python gives the expected words of every case, and the file of names."""
    assert [_in_python(case["text"])[1:] for case in WORDS] == [[case["words"], case["part"]] for case in WORDS]


def test_golden_words_in_the_script(script: Page) -> None:
    """The script gives the expected words of every case, and the file of names."""
    answers = _in_script(script, [case["text"] for case in WORDS])
    assert [answer[1:] for answer in answers] == [[case["words"], case["part"]] for case in WORDS]


def test_every_character_alone(script: Page) -> None:
    """Python and the script agree on every single character.

    Of the ideographs and of what lies behind them, every fifth; `make fuzz` tries each.
    """
    letters = [letter for letter in characters() if unicodedata.category(letter) not in KNOWN]
    assert len(letters) > 25_000
    answers = _in_script(script, letters)
    assert [letter for letter, answer in zip(letters, answers, strict=True) if answer != _in_python(letter)] == []


PIECES = st.sampled_from([*sorted(ELISIONS), "'", "’", "_", " ", "é", "Σ", "ς", "œ", "\u0301", "-", "x", "9"])


@given(
    texts=st.lists(st.lists(PIECES | st.characters(exclude_categories=KNOWN), max_size=12).map("".join), max_size=24)
)
def test_any_text(script: Page, texts: list[str]) -> None:
    """Python and the script agree on the words of any text."""
    assert _in_script(script, texts) == [_in_python(text) for text in texts]
