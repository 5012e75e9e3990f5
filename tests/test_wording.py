"""Our own words: what a published briefing lacks in the languages of the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import SAMPLE
from support.corpora import BASE, write_corpus
from verbatim.checks import checked_corpus
from verbatim.checks.wording import untranslated

PIER = """
title: {en: A pier for the port, fr: Une jetée pour le port}
date: 2020-03-02
lang: en
status: %s
summary: {en: The council weighs a new pier., fr: Le conseil examine une jetée.}
quotations:
  - {id: old, source: harbour-gazette, speaker: ada-brun, quote: the port is old, translation: {fr: le port est vieux}}
  - {id: new, source: harbour-gazette, speaker: ada-brun, quote: we need it}
key_points:
  - {id: one, summary: She wants it., evidence: [old, new]}
"""


@pytest.mark.parametrize(
    ("status", "languages", "lines"),
    [
        ("published", ["en"], []),
        ("draft", ["en", "fr"], []),
        (
            "published",
            ["en", "fr"],
            [
                "briefings/2020/pier.yml:2:1: notice: 2 text(s) without 'fr': key_points[0].summary, "
                "quotations[1].translation (write each as a map, with `fr: …`)"
            ],
        ),
        (
            "published",
            ["de", "fr"],
            [
                "briefings/2020/pier.yml:2:1: notice: 2 text(s) without 'fr': key_points[0].summary, "
                "quotations[1].translation (write each as a map, with `fr: …`)",
                "briefings/2020/pier.yml:2:1: notice: 5 text(s) without 'de': title, summary, "
                "key_points[0].summary, … (write each as a map, with `de: …`)",
            ],
        ),
    ],
)
def test_missing_translations_are_told(status: str, languages: list[str], lines: list[str], tmp_path: Path) -> None:
    """One notice a language for what is published; a quotation in that language needs no translation."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, "2020/pier.yml": PIER % status})
    assert [str(each) for each in checked_corpus(folder, "en", languages=languages)[1]] == lines


def test_the_sample_is_whole_in_its_languages() -> None:
    """A corpus that has every text in both languages of its site is told nothing."""
    corpus, _ = checked_corpus(SAMPLE / "briefings", "fr")
    assert [str(problem) for problem in untranslated(corpus, ["fr", "en"])] == []
