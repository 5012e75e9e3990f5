"""Site map: every kind of page once, with its URL, template and view.

`KINDS` has the order of the site; an index comes before the pages below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from ..exports.table import Statement
from ..model.entities import Actor, Briefing, Issue, Source
from ..model.values import Text
from ..views import addresses as at
from ..views import changes, dossiers, matrices, profiles, questions, sources
from ..views.archives import MOST_LINES, MOST_ROWS, Letter, Volume, by_letter, volumes
from ..views.atlas import Atlas
from ..views.feeds import has_feed
from ..views.statements import EventView, Party
from ..wording.language import Language
from ..wording.prose import first_sentence
from ..wording.words import fold
from .chapters import Chapter, Listing, TimelineView, chapters_of, listing_of
from .documentation import data_view
from .environment import counted_answer
from .explorer import ExploreView, explore_view
from .facets import Facet, by_alphabet, facets_of

ActorGroups = list[tuple[str, list[tuple[Party, int]]]]
"""Actors by kind, each with its number of positions."""


@dataclass(frozen=True)
class Draft:
    """A page before it is rendered."""

    url: str
    title: str
    """Plain text, not escaped."""

    describe: Callable[[], str]
    """Makes a sentence for search engines and shared links; plain text."""

    view: Callable[[], Any]
    """Makes the argument of its template, which is then held no longer than the page is rendered."""

    feed: str = ""
    """The URL of its feed; empty for a page without one."""


@dataclass(frozen=True)
class Content:
    """The data of one language's pages; views that several kinds need are built once."""

    atlas: Atlas
    language: Language
    statements: Callable[[], Sequence[Statement]]
    """Gives them newest first."""

    site: at.Site

    @cached_property
    def briefings(self) -> list[Volume[Briefing]]:
        """Every briefing by year, where the index cannot show all."""
        briefings = self.atlas.corpus.briefings.values()
        return volumes(briefings, lambda each: each.date, at.BRIEFINGS_BY_YEAR) if len(briefings) > MOST_ROWS else []

    @cached_property
    def sources(self) -> list[Volume[Source]]:
        """Every source by year, where the index cannot show all."""
        sources = self.atlas.corpus.sources.values()
        return volumes(sources, lambda each: each.published, at.SOURCES_BY_YEAR) if len(sources) > MOST_ROWS else []

    @cached_property
    def chapters(self) -> list[tuple[Chapter, list[EventView]]]:
        """The site's timeline, where one page cannot show all."""
        return chapters_of(self.atlas.events)

    def feed(self, url: str, record: Actor | Issue | None = None) -> str:
        """The URL of the feed of a page; empty where nothing stands in it."""
        return at.feed_url(url) if has_feed(self.atlas, record) else ""

    @cached_property
    def told(self) -> list[changes.Line]:
        """Everything that the site has told, made when a page of it is asked for."""
        return changes.lines_of(self.atlas)

    @cached_property
    def told_by_year(self) -> list[Volume[changes.Line]]:
        """The same by year, where one page cannot show all."""
        return changes.archive_of(self.told)

    @cached_property
    def parties(self) -> list[Party]:
        """Every actor in alphabetical order; voices stay in their briefing."""
        plain = self.language.plain
        actors = (party for party in self.atlas.parties.values() if party.kind != "voice")
        return sorted(actors, key=lambda party: fold(plain(party.name)))

    @cached_property
    def actors(self) -> list[Letter[Party]]:
        """Every actor by letter, where the index cannot show all."""
        plain, many = self.language.plain, len(self.parties) > MOST_LINES
        return by_letter(self.parties, lambda party: plain(party.name), at.ACTORS_BY_LETTER) if many else []

    @cached_property
    def issues(self) -> list[Letter[Issue]]:
        """Every issue by letter of its short name, where the index cannot show all."""
        plain, issues = self.language.plain, self.atlas.corpus.issues.values()
        many = len(issues) > MOST_LINES
        return by_letter(issues, lambda issue: plain(issue.short), at.ISSUES_BY_LETTER) if many else []

    def draft(self, url: str, title: str, stand: str, view: Callable[[], Any]) -> Draft:
        """A draft whose title and description are keys of labels."""
        return Draft(url, str(self.language.t(title)), lambda: str(self.language.t(stand)), view)


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
class Turn:
    """A link to the next volume."""

    url: str
    label: str


@dataclass(frozen=True)
class ArchiveView:
    """A volume of an archive, with its neighbours."""

    title: Text
    back: str
    """The URL of the page whose archive it is in."""

    holds: str
    """`briefings`, `sources`, `changes`, `actors`, `issues`, or positions, told by `holder` or by `both` holder and
    question."""

    way: str
    """`by-year` or `by-letter`."""

    stand: str
    """The key of a label."""

    label: str
    items: Sequence[Any]
    before: Turn | None
    after: Turn | None


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
        return ActorsView(_by_kind(content, parties), content.actors)

    yield content.draft(at.ACTORS, "index.actors", "index.actors-stand", view)


def _by_kind(content: Content, parties: Iterable[Party]) -> ActorGroups:
    counts = content.atlas.position_counts
    return [(kind, [(party, counts[party.key]) for party in group]) for kind, group in matrices.by_kind(parties)]


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


def _archives(content: Content) -> Iterator[Draft]:
    atlas = content.atlas
    for issue in atlas.corpus.issues.values():
        archive = questions.archive_of(atlas, issue)
        yield from _volumes(content, issue.question, at.page_url(issue), "holder", archive)
    for actor in atlas.corpus.actors.values():
        yield from _volumes(content, actor.name, at.page_url(actor), "both", profiles.archive_of(atlas, actor))


def _lists(content: Content) -> Iterator[Draft]:
    yield from _volumes(content, _label(content, "index.briefings"), at.BRIEFINGS, "briefings", content.briefings)
    yield from _volumes(content, _label(content, "index.sources"), at.SOURCES, "sources", content.sources)
    for draft in _volumes(content, _label(content, "changes.title"), at.CHANGES, "changes", content.told_by_year):
        yield replace(draft, view=partial(_told_view, content.atlas, draft.view))
    actors = [(letter, _by_kind(content, letter.items)) for letter in content.actors]
    issues = [(letter, letter.items) for letter in content.issues]
    for name, back, letters in (("actors", at.ACTORS, actors), ("issues", at.ISSUES, issues)):
        parts = [(Turn(letter.url, letter.label), items) for letter, items in letters]
        common = (_label(content, f"index.{name}"), back, name, "by-letter", f"index.{name}-stand")
        yield from _parts(content, *common, parts)


def _told_view(atlas: Atlas, view: Callable[[], ArchiveView]) -> ArchiveView:
    made = view()
    return replace(made, items=changes.with_turns(atlas, made.items))


def _label(content: Content, key: str) -> Text:
    return {content.language.code: str(content.language.t(key))}


def _volumes(content: Content, title: Text, back: str, holds: str, archive: Iterable[Volume[Any]]) -> Iterator[Draft]:
    date = content.language.date
    parts = [(Turn(volume.url, date(volume.dates)), volume.items) for volume in archive][::-1]
    yield from _parts(content, title, back, holds, "by-year", "archive.stand", parts)


def _parts(
    content: Content, title: Text, back: str, holds: str, way: str, stand: str, parts: Sequence[tuple[Turn, Any]]
) -> Iterator[Draft]:
    """The pages of an archive: those of years and days oldest first."""
    turns = [turn for turn, _ in parts]
    t, plain = content.language.t, content.language.plain
    for before, (turn, items), after in zip([None, *turns], parts, [*turns[1:], None], strict=False):
        view = partial(ArchiveView, title, back, holds, way, stand, turn.label, items, before, after)
        heading = t("archive.of", what=plain(title), dates=turn.label)
        yield Draft(turn.url, heading.unescape(), lambda: str(t(stand)), view)


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
    PageKind("archive", _archives, has_key=True),
    PageKind("archive", _lists),
)

MOST_CELLS = 1000
"""Greatest number of cells in all matrices of the index of questions; with more it has none."""

SECTIONS = (at.BRIEFINGS, at.ISSUES, at.ACTORS, at.TIMELINE, at.EXPLORE, at.SOURCES, at.CHANGES)
"""The indexes; `nav.<name>` is each one's label in the breadcrumb."""
