"""Profiles a build by stages, in one process, without MkDocs: prints JSON, by stage its CPU seconds, and of pages their
number and bytes, without the shell."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "hooks"))

from verbatim.checks import check_corpus  # noqa: E402
from verbatim.exports import EXPORTS  # noqa: E402
from verbatim.exports.table import list_statements  # noqa: E402
from verbatim.pages.rendering import render_pages  # noqa: E402
from verbatim.reading.loading import load_corpus  # noqa: E402
from verbatim.search.records import search_records  # noqa: E402
from verbatim.views.addresses import Site  # noqa: E402
from verbatim.views.atlas import build_atlas  # noqa: E402
from verbatim.wording.language import load_language  # noqa: E402


def main() -> None:
    folder = Path(sys.argv[1])
    stages: dict[str, Any] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        stages[name] = [round(time.process_time() - start, 2)]

    language, site = load_language("fr"), Site("Verbatim")
    with stage("reading strict YAML"):
        corpus, _ = load_corpus(folder, "fr", texts=False)
    with stage("checking, quotations by the lock"):
        check_corpus(corpus)
    with stage("views"):
        atlas = build_atlas(corpus, date(2030, 1, 1))
    with stage("statements, calendars, data"):
        statements = list_statements(atlas, language)
        for export in EXPORTS:
            for _ in export(atlas, statements, language, site):
                pass
    with stage("search records"):
        list(search_records(atlas, statements, language))
    for kind, pages in _pages_by_kind(lambda: render_pages(atlas, language, lambda: statements, site)).items():
        start = time.process_time()
        size = sum(len(page.html.encode()) for page in pages)
        stages[f"pages: {kind}"] = [round(time.process_time() - start, 2), len(pages), size]
    print(json.dumps(stages))


def _pages_by_kind(render: Callable[[], Any]) -> dict[str, list[Any]]:
    """Pages by the name of their template."""
    number: dict[str, list[Any]] = {}
    for page in render():
        number.setdefault(_template(page), []).append(page)
    return number


def _template(page: Any) -> str:
    parts = page.url.rstrip("/").split("/")
    kinds = {"briefings": "briefing", "issues": "question", "actors": "actor", "sources": "source"}
    if len(parts) == 2 and parts[0] in kinds and parts[1] != "by-year":
        return kinds[parts[0]]
    if parts[0] in kinds and len(parts) == 3:
        return "volume"
    return "chapter of the timeline" if parts[0] == "timeline" and len(parts) == 2 else "home and indexes"


if __name__ == "__main__":
    main()
