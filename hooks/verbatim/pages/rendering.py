"""Pages: views through templates to ready HTML, in one language.

Templates write an address inside the site as `~/actors/nato/`; it is made relative to the page at the end, so
that the site works below any path, and names its file where there is no server to find it. Escaping leaves no
unescaped quotation mark in a text, so that only what a template wrote begins with `="~/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..drawings.events import draw_events
from ..drawings.lanes import draw_lanes
from ..exports.table import Statement
from ..model.dates import Edtf
from ..model.standing import MODALITIES, STANCES
from ..problems import Problem
from ..views import dossiers, matrices, profiles, questions
from ..views.atlas import Atlas
from ..views.statements import Text, independent_sources
from ..wording.language import Language
from ..wording.prose import first_sentence, render_inline, render_prose
from ..wording.words import fold
from .chapters import timeline_view
from .explorer import explore_view

TEMPLATES = Path(__file__).parent / "templates"

CONTENT = "content"
"""The anchor where a page's own content begins."""


FOLDER = re.compile(r'(="~/(?:[^"#?]*/)?)(?=["#?])')
"""An address that ends in a folder; a server answers it with the `index.html` in it."""


@dataclass(frozen=True)
class Page:
    """One page, ready but for the shell around it."""

    url: str
    """From the language's root, without a leading slash: empty for the home page, `actors/nato/`."""

    title: str
    """Plain words, not escaped."""

    description: str
    """A sentence for search engines and shared links; plain words."""

    html: str
    section: str = ""
    """The address of the index that it belongs to; its own for an index."""


def render_pages(
    atlas: Atlas, language: Language, statements: Iterable[Statement], *, site_url: str = "", offline: bool = False
) -> Iterator[Page]:
    """Every page that comes from the corpus; the home page first. `statements` are the site's, newest first."""
    corpus, t, plain = atlas.corpus, language.t, language.plain
    page = _renderer(language, atlas.latest, site_url=site_url, offline=offline)
    answers = questions.answers(atlas)
    sources = [dossiers.source_view(atlas, source) for source in corpus.sources.values()]
    by_name = sorted(atlas.parties.values(), key=lambda party: fold(plain(party.name)))
    actors = [
        (kind, [(party, atlas.position_counts[party.key]) for party in parties])
        for kind, parties in matrices.by_kind(by_name)
        if kind != "voice"
    ]
    topics = matrices.topic_matrices(atlas)
    days = sorted({day for _, matrix in topics for day in matrix.stops})
    asked = SimpleNamespace(answers=answers, topics=topics, stops=days)

    whole = timeline_view(atlas, language)

    yield page("home", "", t("home.title"), t("site.promise"), dossiers.home_view(atlas))
    yield page(
        "index-briefings",
        "briefings/",
        t("index.briefings"),
        t("index.briefings-stand"),
        list(corpus.briefings.values())[::-1],
    )
    yield page("index-issues", "issues/", t("index.issues"), t("index.issues-stand"), asked)
    yield page("index-actors", "actors/", t("index.actors"), t("index.actors-stand"), actors)
    yield page("timeline", "timeline/", t("timeline.title"), t("timeline.stand"), whole)
    yield page("explore", "explore/", t("nav.explore"), t("explore.stand"), explore_view(statements, language))
    yield page("index-sources", "sources/", t("index.sources"), t("index.sources-stand"), sources)
    for before, chapter, after in zip(
        [None, *whole.chapters], whole.chapters, [*whole.chapters[1:], None], strict=False
    ):
        title = t("timeline.of", dates=language.date(chapter.dates))
        view = SimpleNamespace(before=before, chapter=chapter, after=after)
        yield page("chapter", chapter.url, title, t("timeline.begun"), view)
    for briefing in corpus.briefings.values():
        view = dossiers.briefing_view(atlas, briefing)
        yield page(
            "briefing", f"briefings/{briefing.id}/", plain(briefing.title), _first(language, briefing.summary), view
        )
    for issue in corpus.issues.values():
        view = questions.issue_view(atlas, issue)
        description = str(_verdict(language, view.answer))
        yield page("issue", f"issues/{issue.id}/", plain(issue.question), description, view)
    for actor in corpus.actors.values():
        view = profiles.actor_view(atlas, actor)
        description = _first(language, actor.description) if actor.description else ""
        yield page("actor", f"actors/{actor.id}/", plain(actor.name), description, view)
    for view in sources:
        kind = str(t(f"source-kind.{view.source.kind}"))
        yield page("source", f"sources/{view.source.id}/", plain(view.source.title), kind, view)


def moved_pages(
    atlas: Atlas, language: Language, *, offline: bool = False, policy: str = ""
) -> Iterator[tuple[str, bytes]]:
    """For each former id of a page, the file that leads on from its old address: its path, and its content."""
    template, corpus = template_environment(language).get_template("moved.html"), atlas.corpus
    titles = [
        *(("sources", source, source.title) for source in corpus.sources.values()),
        *(("actors", actor, actor.name) for actor in corpus.actors.values()),
        *(("issues", issue, issue.question) for issue in corpus.issues.values()),
        *(("briefings", briefing, briefing.title) for briefing in corpus.briefings.values()),
    ]
    for folder, record, title in titles:
        for former in record.formerly:
            address = f"../{record.id}/{'index.html' if offline else ''}"
            html = template.render(address=address, title=language.plain(title), policy=policy)
            yield f"{folder}/{former}/index.html", html.encode()


def problems_page(url: str, problems: Iterable[Problem], language: Language) -> Page:
    """What `serve` shows in the place of a page while the briefings have problems."""
    return _renderer(language)("problems", url, language.t("problems.title"), "", list(problems))


def _renderer(
    language: Language, latest: date = date.min, *, site_url: str = "", offline: bool = False
) -> Callable[[str, str, str, str, Any], Page]:
    environment = template_environment(language)
    labels = {
        f"{name}/": language.t(f"nav.{name}")
        for name in ("briefings", "issues", "actors", "timeline", "explore", "sources")
    }

    def render(kind: str, url: str, title: str, description: str, view: Any) -> Page:
        section = f"{url.split('/')[0]}/" if url else ""
        crumbs = [(language.t("nav.home"), "")] if url else []
        if section and url != section:
            crumbs.append((labels[section], section))
        html = environment.get_template(f"{kind}.html").render(
            view=view,
            page_kind=kind,
            crumbs=crumbs,
            latest=latest,
            offline=offline,
            address=f"{site_url}{url}" or "./",
            shows_marks=kind in ("home", "briefing", "issue", "actor", "source", "index-issues", "explore"),
        )
        root = "../" * url.count("/") or "./"
        if offline:
            html = FOLDER.sub(r"\1index.html", html)
        return Page(url, str(title), str(description), html.replace('="~/', f'="{root}'), section)

    return render


@lru_cache(maxsize=8)
def template_environment(language: Language) -> Environment:
    """The templates with a language's labels, dates and texts as their filters."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def set_prose(text: Text, render: Callable[[str], Markup], tag: str) -> Markup:
        lang, words = language.choose(text)
        return language.marked(render(language.set_type(words, lang)), lang, tag)

    def time_tag(date: Edtf) -> Markup:
        text = language.date(date)
        machine = date.html_datetime
        return Markup('<time datetime="{}">{}</time>').format(machine, text) if machine else escape(text)

    environment.globals.update(
        content_anchor=CONTENT,
        t=language.t,
        language=language.code,
        stances=STANCES,
        modalities=MODALITIES,
    )
    environment.filters.update(
        text=language.text,
        plain=language.plain,
        prose=lambda text: set_prose(text, render_prose, "div"),
        inline=lambda text: set_prose(text, render_inline, "span"),
        name=lambda party: (language.inside if party.kind == "voice" else language.text)(party.name),
        quote=language.quote,
        independent=independent_sources,
        language_name=language.name_of,
        enumerated=language.join,
        date=language.date,
        since=language.since,
        until=language.until,
        weekday=language.weekday,
        day=language.day,
        short_day=language.short_day,
        lanes_of=lambda cells: [draw_lanes(cells, narrow=narrow) for narrow in (False, True)],
        drawn=lambda timeline: draw_events(timeline, language),
        tick=lambda tick: language.tick(tick.day, tick.unit, tick.first),
        unit=lambda place: f"{place:.1f}".removesuffix(".0"),
        time_tag=time_tag,
        number=lambda value: format_decimal(value, locale=language.locale),
        verdict=lambda answer: _verdict(language, answer),
    )
    return environment


def _verdict(language: Language, answer: questions.Answer) -> Markup:
    """An answer computed from the counts, for a question that no briefing answers in words."""
    if not answer.camps:
        return language.t("verdict.none")
    parts = [
        language.t("verdict.part", count=len(camp.positions), stance=language.t(f"stance.{camp.stance}").lower())
        for camp in answer.camps
    ]
    return language.t("verdict.computed", parts=language.join(parts))


def _first(language: Language, prose: Text) -> str:
    return first_sentence(language.plain(prose))
