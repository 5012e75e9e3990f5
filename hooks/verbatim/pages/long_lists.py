"""Long lists: the pages of what one page cannot hold, by year or by letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..model.values import Text
from ..views import addresses as at
from ..views import changes, profiles, questions
from ..views.archives import Volume
from ..views.atlas import Atlas
from .content import Content, Draft


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


def archives(content: Content) -> Iterator[Draft]:
    """Every position on an issue or of an actor by year, where its page cannot show all."""
    atlas = content.atlas
    for issue in atlas.corpus.issues.values():
        archive = questions.archive_of(atlas, issue)
        yield from _volumes(content, issue.question, at.page_url(issue), "holder", archive)
    for actor in atlas.corpus.actors.values():
        yield from _volumes(content, actor.name, at.page_url(actor), "both", profiles.archive_of(atlas, actor))


def lists(content: Content) -> Iterator[Draft]:
    """What an index cannot show all of: by year, or by letter."""
    yield from _volumes(content, _label(content, "index.briefings"), at.BRIEFINGS, "briefings", content.briefings)
    yield from _volumes(content, _label(content, "index.sources"), at.SOURCES, "sources", content.sources)
    for draft in _volumes(content, _label(content, "changes.title"), at.CHANGES, "changes", content.told_by_year):
        yield replace(draft, view=partial(_told_view, content.atlas, draft.view))
    actors = [(letter, content.by_kind(letter.items)) for letter in content.actors]
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
