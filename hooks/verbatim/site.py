"""Site: turns a corpus into pages, files and search records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from itertools import starmap

from .exports import EXPORTS
from .exports.dataset.comparison import State, edits_between, state_of
from .exports.dataset.structure import dataset_of
from .exports.table import list_statements
from .pages.embedding import embedded_pages
from .pages.feeds import feed_files
from .pages.rendering import Page, moved_pages, problems_page, render_pages
from .problems import Problem
from .reading.corpus import Corpus
from .search.names import name_files, names_of
from .search.records import SearchRecord, search_records
from .views.addresses import Site
from .views.atlas import build_atlas
from .wording.language import Language


@dataclass(frozen=True)
class SiteFile:
    """A non-page file, such as a calendar."""

    path: str
    """Relative to the language's root, without a leading slash."""

    content: bytes


@dataclass(frozen=True)
class Output:
    """A site in one language, without the shell and the hand-written pages."""

    pages: tuple[Page, ...] = ()
    _make_files: Callable[[], Iterable[SiteFile]] = tuple
    _make_records: Callable[[], Iterable[SearchRecord]] = tuple

    @cached_property
    def files(self) -> tuple[SiteFile, ...]:
        """Made when they are asked for first, as are the records: `serve` needs neither to show a page."""
        return tuple(self._make_files())

    @cached_property
    def records(self) -> tuple[SearchRecord, ...]:
        return tuple(self._make_records())


def make_output(
    corpus: Corpus,
    language: Language,
    site: Site,
    *,
    today: date,
    drafts: bool,
    offline: bool = False,
    policy: str = "",
    earlier: State | None = None,
) -> Output:
    """Render a corpus without problems as of `today`; with `drafts`, draft briefings are included.

    An `offline` site is opened from a folder: its links name files, and it has no search index. `policy` is the
    content security policy of the pages that redirect former ids. What was edited since an `earlier` state is told.
    """
    corpus = corpus if drafts else corpus.published()
    atlas = build_atlas(corpus, today)
    if earlier:
        edits = edits_between(earlier, state_of(dataset_of(atlas, language, site)))
        atlas = build_atlas(corpus, today, edits)
    statements = cache(partial(list_statements, atlas, language))

    def files() -> Iterator[SiteFile]:
        for export in EXPORTS:
            yield from starmap(SiteFile, export(atlas, statements(), language, site))
        if not offline:  # nobody can subscribe to a folder
            yield from starmap(SiteFile, feed_files(atlas, language, site))
        yield from starmap(SiteFile, moved_pages(atlas, language, offline=offline, policy=policy))
        if not offline:
            yield from starmap(SiteFile, embedded_pages(atlas, language, site, policy))
            yield from starmap(SiteFile, name_files(names_of(atlas, language)))

    def records() -> Iterable[SearchRecord]:
        return () if offline else search_records(atlas, statements(), language)

    return Output(tuple(render_pages(atlas, language, statements, site, offline=offline)), files, records)


def show_problems(last: Output, problems: list[Problem], language: Language) -> Output:
    """Replace every page of the last good output by the problems, so that authors see them on any page."""
    urls = [page.url for page in last.pages] or [""]
    return replace(last, pages=tuple(problems_page(url, problems, language) for url in urls))
