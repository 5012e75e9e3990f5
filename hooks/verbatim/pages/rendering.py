"""Rendering: turns views into HTML with the templates, in one language.

Templates write URLs inside the site as `~/actors/nato/`. They are made relative to the page at the end, so that the
site works below any path; offline, they name `index.html`. Quotation marks in texts are escaped, so only a template
can write `="~/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from ..exports import linked_data
from ..exports.citations import cite
from ..exports.table import Statement
from ..model.entities import title_of
from ..problems import Problem
from ..views.addresses import HOME, Site, data_url, page_url_at
from ..views.atlas import Atlas
from ..wording.language import Language
from ..wording.messages import load_translation
from .content import Content, Draft
from .environment import template_environment
from .site_map import KINDS, SECTIONS, PageKind
from .whitespace import compact

FOLDER = re.compile(r'(="~/(?:[^"#?]*/)?)(?=["#?])')
"""A URL that ends in a folder, for which a server sends `index.html`."""

PROBLEMS = PageKind("problems", lambda content: iter(()))
"""The page that `serve` shows while the briefings have problems; it is not part of the site."""


@dataclass(frozen=True)
class Page:
    """A page, without the shell around it."""

    url: str
    """Relative to the language's root, without a leading slash: `actors/nato/`; empty for the home page."""

    title: str
    """Plain text, not escaped."""

    describe: Callable[[], str] = field(repr=False)
    """Makes a sentence for search engines and shared links; plain text."""

    section: str
    """The URL of its index; an index has its own."""

    view: Callable[[], Any] = field(repr=False)
    """Makes what it shows, anew at each call: a site's views would fill the memory."""

    render: Callable[[Any], str] = field(repr=False)
    """Makes its HTML of its view."""

    render_head: Callable[[Any], str] = field(repr=False)
    """Makes what the page alone has in its head, of its view; HTML."""

    feed: str = ""
    """The URL of the feed of what is new on it; empty where it has none."""

    made_of: tuple[Any, ...] = field(default=(), repr=False)
    """What its HTML and its head depend on besides its view, in one version of the engine."""

    @property
    def html(self) -> str:
        return self.render(self.view())

    @property
    def head(self) -> str:
        return self.render_head(self.view())


def render_pages(
    atlas: Atlas,
    language: Language,
    statements: Callable[[], Sequence[Statement]],
    site: Site,
    *,
    offline: bool = False,
) -> Iterator[Page]:
    """Yield every page made from the corpus, the home page first, to be rendered.

    `statements` gives all of them, newest first.
    """
    content = Content(atlas, language, statements, site)
    for kind in KINDS:
        for draft in kind.drafts(content):
            yield _page(kind, draft, language, atlas.latest, site, offline=offline, state=atlas.state)


def moved_pages(
    atlas: Atlas, language: Language, *, offline: bool = False, policy: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Yield a file per former id of a page, which redirects from its old URL: path and content."""
    template = template_environment(language).get_template("moved.html")
    for record in atlas.corpus.records():
        for former in record.formerly:
            address = f"../{record.id}/{'index.html' if offline else ''}"
            html = template.render(address=address, title=language.text(title_of(record)), policy=policy)
            yield f"{page_url_at(type(record), former)}index.html", html.encode()


def problems_page(url: str, problems: Iterable[Problem], language: Language) -> Page:
    """The page that `serve` shows in place of another while the briefings have problems."""
    translate = load_translation(language.code)
    lines = [problem.line(translate) for problem in problems]
    draft = Draft(url, str(language.t("problems.title")), str, lambda: lines)
    return _page(PROBLEMS, draft, language, date.min, Site(""))


def _page(
    kind: PageKind,
    draft: Draft,
    language: Language,
    latest: date,
    site: Site,
    *,
    offline: bool = False,
    state: str = "",
) -> Page:
    section = f"{draft.url.split('/')[0]}/" if draft.url else HOME
    feed = "" if offline else draft.feed
    context = _Context(kind, draft.url, draft.title, section, language, latest, site, feed, offline, state)
    made_of = kind.template, kind.has_key, draft.url, draft.title, language.code, latest, site, feed, offline, state
    return Page(
        draft.url, draft.title, draft.describe, section, draft.view, context.render, context.render_head, feed, made_of
    )


@dataclass(frozen=True)
class _Context:
    """What a page's templates are given besides its view."""

    kind: PageKind
    url: str
    title: str
    section: str
    language: Language
    latest: date
    site: Site
    feed: str
    offline: bool
    state: str

    def render(self, view: Any) -> str:
        """The page's HTML."""
        return self._filled(f"{self.kind.template}.html", view)

    def render_head(self, view: Any) -> str:
        """What the page alone has in its head."""
        page = linked_data.Page(self.url, self.title, self.language, self.site)
        return self._filled("head.html", view, linked=linked_data.linked_data(page, view))

    def _filled(self, template: str, view: Any, **more: Any) -> str:
        html = (
            template_environment(self.language)
            .get_template(template)
            .render(
                view=view,
                page_kind=self.kind.template,
                crumbs=_crumbs(self.url, self.section, self.language),
                latest=self.latest,
                offline=self.offline,
                title=self.title,
                site=self.site.name,
                address=f"{self.site.url}{self.url}" or "./",
                state=self.state,
                site_address=self.site.url or dict(self.site.editions).get(self.language.code, ""),
                has_address=bool(self.site.url),
                page_url=self.url,
                cite=partial(cite, statement=None, language=self.language, site=self.site),
                feed=self.feed,
                data=f"{self.site.root}{file}" if (file := data_url(self.url)) else "",
                has_key=self.kind.has_key,
                **more,
            )
        )
        root = "../" * self.url.count("/") or "./"
        if self.offline:
            html = FOLDER.sub(r"\1index.html", html)
        return compact(html).strip().replace('="~/', f'="{root}')


def _crumbs(url: str, section: str, language: Language) -> list[tuple[str, str]]:
    """The breadcrumb: label and URL of the home page and, for a page below an index, of the index."""
    if not url:
        return []
    crumbs = [(str(language.t("nav.home")), HOME)]
    if url != section and section in SECTIONS:
        crumbs.append((str(language.t(f"nav.{section.rstrip('/')}")), section))
    return crumbs
