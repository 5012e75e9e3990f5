"""Checks: what must hold beyond the schema. One function a rule; `RULES` lists them all.

A rule takes the corpus and yields a problem for each place that breaks it. It passes over references that do
not resolve, which `references` reports, so that one run reports everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

from ..model.entities import Briefing
from ..problems import Problem, in_bounds
from ..progress import Progress, counted, silent
from ..reading.corpus import Corpus
from ..reading.kept import NOTHING_KEPT, KeptFiles
from ..reading.loading import load_corpus
from ..reading.outside import NOTHING_ASKED, Outside
from . import attribution, chronology, ids, likeness, open_points, replacements, scripts, wording
from .quotations import unverified
from .references import unresolved
from .signatures import unsigned

Rule = Callable[[Corpus], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    ids.ids_are_unique,
    ids.former_ids_are_free,
    ids.voices_are_not_actors,
    ids.nothing_is_named_twice,
    ids.voices_are_heard,
    ids.published_rests_on_published,
    ids.aliases_are_nobodys_names,
    open_points.open_points_are_settled,
    attribution.reports_name_their_reporter,
    attribution.nobody_reports_on_themselves,
    attribution.nobody_belongs_to_themselves,
    attribution.unproven_words_hold_no_tick,
    attribution.spokespersons_hold_a_role,
    attribution.stated_words_are_the_speakers,
    attribution.expectations_are_expected,
    attribution.questions_are_answered_once,
    chronology.briefings_lie_in_their_year,
    chronology.derived_dates_show_their_words,
    chronology.stances_begin_before_they_are_told,
    chronology.tenures_begin_before_they_end,
    chronology.positions_are_withdrawn_after_they_are_told,
    chronology.nothing_happens_after_its_briefing,
    chronology.plans_lie_ahead,
    chronology.what_happened_lies_behind,
    chronology.corrections_correct_something,
    replacements.replacements_are_alike,
    replacements.replacements_come_later,
    replacements.firm_positions_are_replaced_by_firm_ones,
    replacements.outcomes_come_from_elsewhere,
    replacements.outcomes_of_one_day_agree,
    likeness.events_are_told_apart,
    likeness.questions_are_told_apart,
    scripts.words_are_in_one_script,
    wording.summaries_are_our_own,
)


def check_corpus(corpus: Corpus, progress: Progress = silent) -> list[Problem]:
    """Every problem of a corpus: references that do not resolve, and what the rules find."""
    rules = counted((unresolved, *RULES), "rules applied", progress)
    return [problem for rule in rules for problem in rule(corpus)]


def checked_corpus(
    folder: Path,
    default_lang: str,
    outside: Outside = NOTHING_ASKED,
    languages: Collection[str] = (),
    *,
    kept: KeptFiles = NOTHING_KEPT,
    progress: Progress = silent,
) -> tuple[Corpus, list[Problem]]:
    """Load, check and verify a folder: what `check` and the build share. Problems come in the order of files.

    `languages` are those that the site is published in; `kept` has what an earlier call read.
    """
    corpus, problems = load_corpus(folder, default_lang, outside, kept=kept, progress=progress)
    return corpus, judged(corpus, problems, languages, progress)


def judged(
    corpus: Corpus, problems: list[Problem], languages: Collection[str] = (), progress: Progress = silent
) -> list[Problem]:
    """The problems of loading a corpus, and every other that it has."""
    found = [*check_corpus(corpus, progress), *unverified(corpus, progress), *unsigned(corpus)]
    return in_bounds(spare_drafts(corpus, [*problems, *found, *wording.untranslated(corpus, languages)]))


def at_first_sight(corpus: Corpus, problems: list[Problem]) -> list[Problem]:
    """The problems of loading a corpus, and references that do not resolve: pages can be made without any of these."""
    return in_bounds(spare_drafts(corpus, [*problems, *unresolved(corpus)]))


def spare_drafts(corpus: Corpus, problems: list[Problem]) -> list[Problem]:
    """Problems in which the warnings of drafts are notices: what is not published fails no build for their sake."""
    drafts = {
        corpus.documents[Briefing, briefing.id].file
        for briefing in corpus.briefings.values()
        if briefing.status == "draft"
    }
    return [
        replace(problem, severity="notice")
        if problem.severity == "warning" and problem.where.file in drafts
        else problem
        for problem in problems
    ]
