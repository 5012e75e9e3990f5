"""Writes the same facts as projects of other generators: bare Markdown tables in a shell like ours.

A page for each briefing, actor, issue and source, with every fact that ours shows of it, and nothing else.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from shell import bare_shell

from verbatim.views.addresses import page_url
from verbatim.views.atlas import Atlas
from verbatim.views.statements import PositionView

HERE = Path(__file__).resolve().parent


class BarePage(NamedTuple):
    url: str
    title: str
    markdown: str


def bare_pages(atlas: Atlas) -> Iterator[BarePage]:
    corpus = atlas.corpus
    for briefing in corpus.briefings.values():
        text = f"{_words(briefing.summary)}\n\n" + "".join(f"- {_words(p.summary)}\n" for p in briefing.key_points)
        text += positions_table(atlas.positions_by_briefing[briefing.id])
        text += "\n| date | event |\n|---|---|\n"
        for event in atlas.events_by_briefing[briefing.id]:
            text += f"| {event.event.date} | {_words(event.event.title)} |\n"
        yield BarePage(page_url(briefing), _words(briefing.title), text)
    for actor in corpus.actors.values():
        yield BarePage(page_url(actor), _words(actor.name), positions_table(atlas.positions_held[f"actor/{actor.id}"]))
    for issue in corpus.issues.values():
        yield BarePage(page_url(issue), _words(issue.question), positions_table(atlas.positions_by_issue[issue.id]))
    for source in corpus.sources.values():
        rows = "".join(f"| {q.speaker.key} | {q.quotation.quote} |\n" for q in atlas.quotations_by_source[source.id])
        yield BarePage(page_url(source), _words(source.title), f"\n| who | words |\n|---|---|\n{rows}")


def positions_table(views: Iterable[PositionView]) -> str:
    table = "\n| who | question | stance | known | says | words | date |\n|---|---|---|---|---|---|---|\n"
    for view in views:
        words = " / ".join(quotation.quotation.quote for quotation in view.quotations)
        cells = (_words(view.holder.name), _words(view.issue.short), view.position.stance, view.position.modality)
        table += f"| {' | '.join([*cells, _words(view.position.summary), words, str(view.position.date)])} |\n"
    return table


def _words(text: dict[str, str]) -> str:
    return next(iter(text.values())).strip()


def write_material(folder: Path, pages: Iterable[BarePage]) -> None:
    for page in pages:
        _write_page(folder / "docs" / page.url / "index.md", page)
    _write(folder / "docs" / "index.md", "# Home\n")
    plain = "site_name: Bare\nsite_dir: public\ntheme: {name: material, font: false}\nplugins: []\n"
    _write(folder / "mkdocs.yml", f"{plain}markdown_extensions: [tables]\nnav: [index.md]\n")


def write_hugo(folder: Path, pages: Iterable[BarePage], site: Path) -> None:
    """`site` is one of ours, whose shell is cut out."""
    for page in pages:
        _write_page(folder / "content" / f"{page.url.rstrip('/')}.md", page)
    shell = bare_shell(site, "{{ .Content }}", "{{ .Title }}", "{{ .Description }}")
    for name in ("single", "list"):
        _write(folder / "layouts" / "_default" / f"{name}.html", shell)
    kinds = "disableKinds: [taxonomy, term, rss]\n"
    _write(folder / "hugo.yaml", f"title: Bare\nbaseURL: https://bare.test/\n{kinds}")


def write_eleventy(folder: Path, pages: Iterable[BarePage], site: Path) -> None:
    """`site` is one of ours, whose shell is cut out."""
    for page in pages:
        _write_page(folder / "content" / f"{page.url.rstrip('/')}.md", page)
    _write(folder / "content" / "_includes" / "shell.liquid", bare_shell(site, "{{ content }}", "{{ title }}", ""))
    _write(folder / "content" / "content.json", '{"layout": "shell.liquid"}\n')
    shutil.copy(HERE / "eleventy.config.js", folder)


def _write_page(path: Path, page: BarePage) -> None:
    _write(path, f"---\ntitle: {json.dumps(page.title)}\n---\n\n# {page.title}\n\n{page.markdown}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
