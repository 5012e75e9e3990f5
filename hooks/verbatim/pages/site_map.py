"""Site map: every kind of page once, with its URL, template and view.

`KINDS` has the order of the site; an index comes before the pages below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..model.entities import Issue
from ..model.values import Text
from ..views import addresses as at
from ..views import changes, dossiers, matrices, profiles, questions, sources
from ..views.archives import MOST_ROWS, Letter, Volume
from ..views.statements import EventView, Party
from ..wording.language import Language
from ..wording.prose import first_sentence
from .chapters import Chapter, Listing, TimelineView, listing_of
from .content import ActorGroups, Content, Draft
from .documentation import data_view
from .environment import counted_answer
from .explorer import ExploreView, explore_view
from .facets import Facet, by_alphabet, facets_of
from .long_lists import archives, lists


@dataclass(frozen=True)
class PageKind:
    template: str
    """Its file name without `.html`; also the CSS class of its pages, after `vb-`."""

    drafts: Callable[[Content], Iterator[Draft]]

    has_key: bool = False
    """Whether the key to the marks is at the end of the page; others have it beside their first marks, or no marks."""


@dataclass(frozen=True)
class ChapterView:
    before: Chapter | None
    chapter: Chapter
    listing: Listing
    after: Chapter | None


@dataclass(frozen=True)
class ListView:
    """The newest of a list, and all of it by year where that is more."""

    newest: Sequence[Any]
    archive: Sequence[Volume[Any]]


@dataclass(frozen=True)
class ChangesPage:
    """What each day told, with the filters of its list."""

    shown: changes.ChangesView
    facets: list[Facet]
    total: int


@dataclass(frozen=True)
class ActorsView:
    """Every actor, or where they are many the most cited and all by letter."""

    groups: ActorGroups
    letters: Sequence[Letter[Party]]


@dataclass(frozen=True)
class QuestionsView:
    answers: list[questions.Answer]
    others: list[Issue]
    """Those that the table leaves out; empty where they are by letter."""

    letters: Sequence[Letter[Issue]]

    topics: list[Any]
    stops: list[Any]


@dataclass(frozen=True)
class CompareView:
    """What the script that compares two actors needs."""

    api: str
    """The folder of the published data, relative to the language's root."""

    first_of_month: str


def _home(content: Content) -> Iterator[Draft]:
    t = content.language.t
    promise = t("site.promise", site=content.site.name).unescape
    view = partial(dossiers.home_view, content.atlas)
    yield Draft(at.HOME, str(t("home.title")), promise, view, content.feed(at.HOME))


def _briefings(content: Content) -> Iterator[Draft]:
    newest = list(content.atlas.corpus.briefings.values())[::-1]
    view = partial(ListView, newest[:MOST_ROWS], content.briefings)
    yield content.draft(at.BRIEFINGS, "index.briefings", "index.briefings-stand", view)


def _issues(content: Content) -> Iterator[Draft]:
    def view() -> QuestionsView:
        topics = matrices.topic_matrices(content.atlas)
        if sum(matrix.size for _, matrix in topics) > MOST_CELLS:
            topics = []
        days = sorted({day for _, matrix in topics for day in matrix.stops})
        answers = questions.answers(content.atlas)
        others = [] if content.issues else [each.issue for each in answers[MOST_ROWS:]]
        return QuestionsView(answers[:MOST_ROWS], others, content.issues, topics, days)

    yield content.draft(at.ISSUES, "index.issues", "index.issues-stand", view)


def _actors(content: Content) -> Iterator[Draft]:
    def view() -> ActorsView:
        counts, parties = content.atlas.position_counts, content.parties
        if content.actors:
            parties = sorted(parties, key=lambda party: -counts[party.key])[:MOST_ROWS]
        return ActorsView(content.by_kind(parties), content.actors)

    yield content.draft(at.ACTORS, "index.actors", "index.actors-stand", view)


def _timeline(content: Content) -> Iterator[Draft]:
    def view() -> TimelineView:
        listing = listing_of(content.atlas, content.atlas.events, content.language)
        return TimelineView(listing, [chapter for chapter, _ in content.chapters])

    yield content.draft(at.TIMELINE, "timeline.title", "timeline.stand", view)


def _explore(content: Content) -> Iterator[Draft]:
    def view() -> ExploreView:
        return explore_view(content.statements(), content.language)

    yield content.draft(at.EXPLORE, "nav.explore", "explore.stand", view)


def _sources(content: Content) -> Iterator[Draft]:
    def view() -> ListView:
        uses = sources.source_uses(content.atlas)
        if content.sources:
            uses = sorted(uses, key=lambda use: use.source.published.sort_key, reverse=True)[:MOST_ROWS]
        return ListView(uses, content.sources)

    yield content.draft(at.SOURCES, "index.sources", "index.sources-stand", view)


def _compare(content: Content) -> Iterator[Draft]:
    view = partial(CompareView, f"{content.site.root}{at.API}", content.language.first_of_month)
    yield content.draft(at.COMPARE, "compare.title", "compare.stand", view)


def _changes(content: Content) -> Iterator[Draft]:
    def view() -> ChangesPage:
        shown = changes.changes_view(content.atlas, content.told, content.told_by_year)
        parties = {
            each.key: content.language.plain(each.name) for _, of in shown.days for line in of for each in line.parties
        }
        issues = {
            each.id: content.language.plain(each.short) for _, of in shown.days for line in of for each in line.issues
        }
        lines = [line for _, of in shown.days for line in of]
        filters = [{"actor": [p.key for p in line.parties], "issue": [i.id for i in line.issues]} for line in lines]
        facets = facets_of(filters, {"actor": by_alphabet(parties), "issue": by_alphabet(issues)})
        return ChangesPage(shown, [facet.most_frequent() for facet in facets], len(lines))

    yield content.draft(at.CHANGES, "changes.title", "changes.stand", view)


def _data(content: Content) -> Iterator[Draft]:
    view = partial(data_view, content.atlas, content.language, content.site)
    yield content.draft(at.DATA, "data.title", "data.stand", view)


def _chapters(content: Content) -> Iterator[Draft]:
    t, chapters = content.language.t, [chapter for chapter, _ in content.chapters]
    around = zip([None, *chapters], content.chapters, [*chapters[1:], None], strict=False)
    for before, (chapter, events), after in around:
        view = partial(_chapter_view, content, before, chapter, events, after)
        title = str(t("timeline.of", dates=content.language.date(chapter.dates)))
        yield Draft(chapter.url, title, lambda: str(t("timeline.begun")), view)


def _chapter_view(
    content: Content, before: Chapter | None, chapter: Chapter, events: list[EventView], after: Chapter | None
) -> ChapterView:
    return ChapterView(before, chapter, listing_of(content.atlas, events, content.language), after)


def _briefing(content: Content) -> Iterator[Draft]:
    plain = content.language.plain
    for briefing in content.atlas.corpus.briefings.values():
        describe = partial(_opening, briefing.summary, content.language)
        view = partial(dossiers.briefing_view, content.atlas, briefing)
        yield Draft(at.page_url(briefing), plain(briefing.title), describe, view)


def _issue(content: Content) -> Iterator[Draft]:
    for issue in content.atlas.corpus.issues.values():
        view = partial(questions.issue_view, content.atlas, issue)
        describe = partial(_counted, content, issue)
        url, title = at.page_url(issue), content.language.plain(issue.question)
        yield Draft(url, title, describe, view, content.feed(url, issue))


def _actor(content: Content) -> Iterator[Draft]:
    plain = content.language.plain
    for actor in content.atlas.corpus.actors.values():
        describe = partial(_opening, actor.description, content.language)
        view = partial(profiles.actor_view, content.atlas, actor)
        url = at.page_url(actor)
        yield Draft(url, plain(actor.name), describe, view, content.feed(url, actor))


def _source(content: Content) -> Iterator[Draft]:
    t, plain = content.language.t, content.language.plain
    for source in content.atlas.corpus.sources.values():
        view = partial(sources.source_view, content.atlas, source)
        describe = partial(str, t(f"source-kind.{source.kind}"))
        yield Draft(at.page_url(source), plain(source.title), describe, view)


def _opening(text: Text | None, language: Language) -> str:
    """The first sentence of a summary or a description."""
    return first_sentence(language.plain(text)) if text else ""


def _counted(content: Content, issue: Issue) -> str:
    return str(counted_answer(questions.answer(content.atlas, issue), content.language))


KINDS = (
    PageKind("home", _home, has_key=True),
    PageKind("index-briefings", _briefings),
    PageKind("index-issues", _issues, has_key=True),
    PageKind("index-actors", _actors),
    PageKind("timeline", _timeline),
    PageKind("explore", _explore, has_key=True),
    PageKind("index-sources", _sources),
    PageKind("compare", _compare),
    PageKind("changes", _changes, has_key=True),
    PageKind("data", _data),
    PageKind("chapter", _chapters),
    PageKind("briefing", _briefing),
    PageKind("issue", _issue),
    PageKind("actor", _actor),
    PageKind("source", _source, has_key=True),
    PageKind("archive", archives, has_key=True),
    PageKind("archive", lists),
)

MOST_CELLS = 1000
"""Greatest number of cells in all matrices of the index of questions; with more it has none."""

SECTIONS = (at.BRIEFINGS, at.ISSUES, at.ACTORS, at.TIMELINE, at.EXPLORE, at.SOURCES, at.CHANGES)
"""The indexes; `nav.<name>` is each one's label in the breadcrumb."""
