"""Feeds: what briefings bring, newest first: for the whole site, each actor and each issue.

An entry is a briefing or a position. A position that changes its holder's stance is told with the statements before it.
Dates come from briefings, never from the day of the build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..model.entities import Actor, Briefing, Issue, KeyPoint
from ..model.standing import is_firm
from .addresses import page_url
from .atlas import Atlas
from .statements import PositionView

MOST_ENTRIES = 100
"""Greatest number of entries of the site's feed: a briefing brings some thirty in a day."""

MOST_OF_ONE = 20
"""Greatest number of entries of an actor's or an issue's feed."""


@dataclass(frozen=True, eq=False)
class FeedEntry:
    """A briefing, or one of its positions."""

    briefing: Briefing
    position: PositionView | None = None
    before: tuple[PositionView, ...] = ()
    """The statements that held before, in another stance; empty where the position changes none."""

    answers: tuple[tuple[Issue | None, KeyPoint], ...] = ()
    """The briefing's key points, each with the issue that it answers."""

    @property
    def key(self) -> str:
        """Unique on the site and never changed: made of the first id that the record had."""
        record = self.position.position if self.position else self.briefing
        return f"{'position' if self.position else 'briefing'}-{[*record.formerly, record.id][0]}"

    @property
    def url(self) -> str:
        return self.position.url if self.position else page_url(self.briefing)

    @property
    def published(self) -> date:
        return self.briefing.date.first_day

    @property
    def updated(self) -> date:
        """The day of the briefing, of its last update, or of the position's withdrawal."""
        if self.position:
            later = [withdrawn.date] if (withdrawn := self.position.position.withdrawn) else []
        else:
            later = [update.date for update in self.briefing.updates]
        return max(self.published, *(each.first_day for each in later)) if later else self.published


@dataclass(frozen=True)
class Feed:
    page: str
    """The URL of the page whose feed it is."""

    record: Actor | Issue | None
    """None for the whole site."""

    entries: tuple[FeedEntry, ...]
    """Newest first; of one day, the later briefing first, and each before its positions."""

    @property
    def key(self) -> str:
        """Unique on the site and never changed."""
        if not self.record:
            return "site"
        return f"{type(self.record).__name__.lower()}-{[*self.record.formerly, self.record.id][0]}"


class FeedEntries:
    """Every entry of an atlas, made once, and the feeds in which they stand."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def __iter__(self) -> Iterator[Feed]:
        """Every feed that has an entry."""
        atlas = self._atlas
        feeds = [Feed("", None, self._newest(atlas.corpus.briefings, atlas.positions, MOST_ENTRIES))]
        for actor in atlas.corpus.actors.values():
            key = f"actor/{actor.id}"
            briefings = [briefing.id for briefing in atlas.briefings_by_party.get(key, ())]
            views = [*atlas.positions_held.get(key, ()), *atlas.positions_reported.get(key, ())]
            feeds.append(Feed(page_url(actor), actor, self._newest(briefings, views, MOST_OF_ONE)))
        for issue in atlas.corpus.issues.values():
            views = atlas.positions_by_issue.get(issue.id, [])
            briefings = [view.briefing.id for view in views] + [
                briefing.id for _, briefing in atlas.answers_by_issue.get(issue.id, ())
            ]
            feeds.append(Feed(page_url(issue), issue, self._newest(briefings, views, MOST_OF_ONE)))
        return (feed for feed in feeds if feed.entries)

    @cached_property
    def _briefings(self) -> dict[str, tuple[tuple[date, int, int], FeedEntry]]:
        """By id, each with what sorts it."""
        corpus = self._atlas.corpus
        entries = [
            FeedEntry(
                briefing,
                answers=tuple(
                    (corpus.issues[point.issue] if point.issue else None, point) for point in briefing.key_points
                ),
            )
            for briefing in corpus.briefings.values()
        ]
        return {entry.briefing.id: ((entry.updated, place, 1), entry) for place, entry in enumerate(entries)}

    @cached_property
    def _positions(self) -> dict[str, tuple[tuple[date, int, int], FeedEntry]]:
        """By id, each with what sorts it."""
        atlas, before = self._atlas, _before(self._atlas)
        places = {id: place for place, id in enumerate(atlas.corpus.briefings)}
        entries = [FeedEntry(view.briefing, view, tuple(before[view.position.id])) for view in atlas.positions]
        return {
            entry.position.position.id: ((entry.updated, places[entry.briefing.id], -number), entry)
            for number, entry in enumerate(entries)
            if entry.position
        }

    def _newest(self, briefings: Iterable[str], views: Iterable[PositionView], most: int) -> tuple[FeedEntry, ...]:
        found = [self._briefings[id] for id in dict.fromkeys(briefings)]
        found += [self._positions[id] for id in dict.fromkeys(view.position.id for view in views)]
        return tuple(entry for _, entry in sorted(found, key=lambda each: each[0], reverse=True)[:most])


def has_feed(atlas: Atlas, record: Actor | Issue | None) -> bool:
    """Whether anything stands in the feed of an actor, an issue, or (None) the whole site."""
    match record:
        case Actor():
            return bool(atlas.briefings_by_party.get(f"actor/{record.id}"))
        case Issue():
            return bool(atlas.positions_by_issue.get(record.id) or atlas.answers_by_issue.get(record.id))
        case None:
            return bool(atlas.corpus.briefings)


def _before(atlas: Atlas) -> dict[str, list[PositionView]]:
    """By position: the firm statements of another stance that held before. A forecast that fails is no change."""
    found: dict[str, list[PositionView]] = defaultdict(list)
    for issue in atlas.corpus.issues:
        for cell in atlas.cells_on(issue):
            views = {view.position.id: view for view in cell.views}
            for turn in cell.turns:
                earlier = views[turn.before.id]
                if is_firm(turn.before) and earlier not in found[turn.after.id]:
                    found[turn.after.id].append(earlier)
    return found
