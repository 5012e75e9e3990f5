"""The sample as the core reads it: its corpus, and the names that tests use."""

from __future__ import annotations

from datetime import date
from functools import cache

from support import SAMPLE
from verbatim.checks import checked_corpus
from verbatim.reading.corpus import Corpus
from verbatim.views.atlas import Atlas, build_atlas

EVE = "patrol-on-the-eve-2021-05-24"
"""The briefing that most tests open; the one of the next day has the outcomes of its plans."""

NEXT_DAY = "patrol-agreed-2021-05-25"
SOURCE = "tide-gazette-2021-05"
ISSUE = "joining-the-patrol"
TODAY = date(2022, 1, 1)


@cache
def sample_corpus() -> Corpus:
    """The whole sample, drafts included; it has no problems."""
    corpus, problems = checked_corpus(SAMPLE / "briefings", "fr")
    assert problems == []
    return corpus


@cache
def sample_atlas() -> Atlas:
    """The published part of the sample."""
    return build_atlas(sample_corpus().published(), TODAY)


BRIEFING = f"briefings/{EVE}/"
"""The address of a briefing's page."""

KINDS = {
    "home": "",
    "briefing": BRIEFING,
    "issue": f"issues/{ISSUE}/",
    "actor": "actors/nils-haldenberg/",
    "source": f"sources/{SOURCE}/",
    "timeline": "timeline/",
    "explore": "explore/",
    "briefings": "briefings/",
    "issues": "issues/",
    "actors": "actors/",
    "sources": "sources/",
    "changes": "changes/",
    "compare": "compare/?a=orpa&b=nils-haldenberg",
    "method": "method/",
}
"""The address of a page of each kind."""
