"""Drafts: records that only drafts name are not published; records that published ones need are, at any distance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from support import SAMPLE
from support.corpora import BASE, write_corpus
from verbatim.checks import checked_corpus
from verbatim.checks.quotations import unverified
from verbatim.model.entities import Actor, Issue, Source
from verbatim.model.references import references_in
from verbatim.problems import fatal
from verbatim.reading.corpus import Corpus
from verbatim.reading.lock import Lock, QuotationLine
from verbatim.reading.texts import Span
from verbatim.site import Output, make_output
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language

SAMPLE_CORPUS, _ = checked_corpus(SAMPLE / "briefings", "fr")

FAR = {
    "actors/port-council.yml": """
        kind: organisation
        name: Port Council
        member_of: [{organisation: league, evidence: [{source: charter}]}]
        """,
    "actors/league.yml": "{kind: organisation, name: League of Ports}",
    "sources/charter.yml": "{kind: official, title: Charter, lang: en, published: 2001, text: none}",
}
"""Records that the base corpus needs only through the organisation of a speaker's role."""

VEILED = {
    "actors/eve-veiled.yml": """
        kind: person
        name: Eve Veiled
        aliases: [Veiled Eve]
        formerly: [veiled-actor]
        member_of: [{organisation: veiled-guild, evidence: [{source: veiled-register}]}]
        """,
    "actors/veiled-guild.yml": "{kind: organisation, name: Veiled Guild}",
    "actors/veiled-nobody.yml": "{kind: organisation, name: Veiled from all}",
    "issues/veiled-tunnel.yml": "{question: 'A veiled tunnel?', short: Veiled tunnel}",
    "sources/veiled-register.yml": "{kind: official, title: Veiled register, lang: en, published: 2020, text: none}",
    "sources/veiled-note.yml": "{kind: official, title: Veiled note, lang: en, published: 2020, text: none}",
    "2020/veiled.yml": """
        title: A veiled draft
        date: 2020-03-03
        lang: en
        status: draft
        summary: Veiled.
        positions:
          - id: eve-veiled-tunnel
            actor: eve-veiled
            issue: veiled-tunnel
            stance: for
            modality: reported
            said_by: ada-brun
            summary: She wants it veiled.
            date: 2020-03-03
            evidence: [{source: veiled-note}]
        """,
}
"""A draft, and records that no published one needs."""


def site_of(folder: Path, *, drafts: bool) -> Output:
    corpus, problems = checked_corpus(write_corpus(folder / "briefings", {**BASE, **FAR, **VEILED}), "en")
    assert problems == []
    return make_output(corpus, load_language("en"), Site("Harbours"), today=date(2020, 4, 1), drafts=drafts)


def test_what_only_a_draft_names_is_nowhere(tmp_path: Path) -> None:
    """No page, file, search name or search record mentions a record that only drafts name, or that nothing names."""
    output = site_of(tmp_path, drafts=False)
    assert "veiled" not in repr(output.pages).lower()
    assert "veiled" not in repr(output.records).lower()
    assert [file.path for file in output.files if b"veiled" in (file.path.encode() + file.content).lower()] == []


def test_what_something_published_needs_is_there(tmp_path: Path) -> None:
    """A role's organisation, the organisation of that one, and the source for it have their pages."""
    urls = {page.url for page in site_of(tmp_path, drafts=False).pages}
    assert urls >= {"actors/ada-brun/", "actors/port-council/", "actors/league/", "sources/charter/"}


def test_drafts_show_while_they_are_written(tmp_path: Path) -> None:
    """Under `serve`, drafts and all records are shown, including those that nothing names yet."""
    urls = {page.url for page in site_of(tmp_path, drafts=True).pages}
    assert urls >= {"actors/eve-veiled/", "actors/veiled-guild/", "actors/veiled-nobody/", "issues/veiled-tunnel/"}
    assert urls >= {"sources/veiled-register/", "briefings/veiled/"}


def needed_by(corpus: Corpus) -> set[tuple[type, str]]:
    """The registry records that a corpus names, also through other records."""
    registries = {"source": Source, "actor": Actor, "party": Actor, "speaker": Actor, "issue": Issue}
    voices = {voice.id for briefing in corpus.briefings.values() for voice in briefing.voices}
    return {
        (registries[kind], id)
        for record in corpus.records()
        for _, kind, id in references_in(record)
        if kind in registries and id not in {*voices, "source"}
    }


@given(st.sets(st.sampled_from(sorted(SAMPLE_CORPUS.briefings))))
def test_a_published_corpus_is_whole_and_no_more(hidden: set[str]) -> None:
    """For any set of drafts, the published corpus has exactly the records that it names."""
    briefings = {
        id: briefing.model_copy(update={"status": "draft" if id in hidden else "published"})
        for id, briefing in SAMPLE_CORPUS.briefings.items()
    }
    published = replace(SAMPLE_CORPUS, briefings=briefings).published()
    assert set(published.briefings) == set(briefings) - hidden
    kept = {(type(record), record.id) for record in published.records()} - {
        (type(briefing), id) for id, briefing in published.briefings.items()
    }
    assert kept == needed_by(published)


UNFINISHED = {
    "2020/crane.yml": """
        title: A crane
        date: 2020-03-02
        lang: en
        status: draft
        summary: "TODO: in our words"
        quotations:
          - {id: no-crane, source: harbour-gazette, speaker: TODO whose words?, quote: no crane}
        """,
}


def test_a_draft_shows_its_open_points(tmp_path: Path) -> None:
    """Under `serve`, a draft's page lists what is open, and a quotation without a speaker blocks nothing."""
    corpus, problems = checked_corpus(write_corpus(tmp_path / "briefings", {**BASE, **UNFINISHED}), "en")
    assert not fatal(problems, strict=False)
    output = make_output(corpus, load_language("en"), Site("Harbours"), today=date(2020, 4, 1), drafts=True)
    page = next(page.html for page in output.pages if page.url == "briefings/crane/")
    assert "notice: quotations[0].speaker: TODO whose words?" in page
    assert "no crane" not in page
    published = make_output(corpus, load_language("en"), Site("Harbours"), today=date(2020, 4, 1), drafts=False)
    assert "TODO" not in repr(published)


def test_a_verified_quotation_that_is_reopened_blocks_nothing(tmp_path: Path) -> None:
    """A line of the lock whose quotation became an open point is a notice."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **UNFINISHED})
    corpus, _ = checked_corpus(folder, "en")
    line = QuotationLine("harbour-gazette", "0" * 64, Span(0, 8), None)
    lock = Lock({("crane", "no-crane"): line}, {}, {("crane", "no-crane"): 3})
    left = [problem for problem in unverified(replace(corpus, lock=lock)) if "left over" in problem.message]
    assert [problem.severity for problem in left] == ["notice"]
