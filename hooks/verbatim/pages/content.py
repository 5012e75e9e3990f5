"""Content: the data that one language's pages are drafted from, and the drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..exports.table import Statement
from ..model.entities import Actor, Briefing, Issue, Source
from ..views import addresses as at
from ..views import changes, matrices
from ..views.archives import MOST_LINES, MOST_ROWS, Letter, Volume, by_letter, volumes
from ..views.atlas import Atlas
from ..views.feeds import has_feed
from ..views.statements import EventView, Party
from ..wording.language import Language
from ..wording.words import fold
from .chapters import Chapter, chapters_of

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

    def by_kind(self, parties: Iterable[Party]) -> ActorGroups:
        counts = self.atlas.position_counts
        return [(kind, [(party, counts[party.key]) for party in group]) for kind, group in matrices.by_kind(parties)]

    def draft(self, url: str, title: str, stand: str, view: Callable[[], Any]) -> Draft:
        """A draft whose title and description are keys of labels."""
        return Draft(url, str(self.language.t(title)), lambda: str(self.language.t(stand)), view)
