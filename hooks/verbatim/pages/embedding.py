"""Embedding: what other sites may frame: a question's camps and its timeline, and a briefing's matrix.

A briefing's timeline is not among them: it would double what they take of a build. Each is a file with a shell of its
own: no script, one style sheet, and a policy that allows no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..model.entities import Record
from ..model.values import Text
from ..views import addresses as at
from ..views.as_of import cells_of
from ..views.atlas import Atlas
from ..views.matrices import matrix_of
from ..views.timelines import MOST_BESIDE, timeline_of
from ..wording.language import Language
from .environment import template_environment
from .whitespace import compact

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
"""Who may frame a page is said by a server's own policy alone: a policy in the page may not hold frame-ancestors."""

LINK = re.compile(r"<a (?!xlink:)")
"""A link that leaves the frame; those in drawings lead to the list below them."""


@dataclass(frozen=True)
class Frame:
    page: Record
    title: Text
    part: str
    """`camps`, `matrix` or `timeline`."""

    shown: Any


def embedded_pages(atlas: Atlas, language: Language, site: at.Site, policy: str) -> Iterator[tuple[str, bytes]]:
    """Yield what other sites may frame: path and content. An empty `policy` means that pages have none,
    as under `serve`."""
    template = template_environment(language).get_template("embed.html")
    for frame in _frames(atlas):
        path = at.embed_url(at.page_url(frame.page), frame.part)
        html = template.render(
            view=frame,
            latest=atlas.latest,
            site=site.name,
            address=f"{site.url}{at.page_url(frame.page)}" if site.url else "",
            policy=policy and POLICY,
        )
        html = LINK.sub('<a target="_blank" rel="noopener" ', compact(html))
        yield path, html.replace('="~/', f'="{"../" * path.count("/")}').encode()


def _frames(atlas: Atlas) -> Iterator[Frame]:
    for issue in atlas.corpus.issues.values():
        if camps := atlas.camps(issue.id):
            yield Frame(issue, issue.question, "camps", camps)
        if events := atlas.events_by_issue[issue.id]:
            yield Frame(issue, issue.question, "timeline", timeline_of(atlas, events, MOST_BESIDE))
    for briefing in atlas.corpus.briefings.values():
        positions = atlas.positions_by_briefing[briefing.id]
        if positions:
            issues = list({view.issue.id: view.issue for view in positions}.values())
            cells = cells_of(positions, briefing.date.upper)
            yield Frame(
                briefing, briefing.title, "matrix", matrix_of(issues, cells, atlas.parties_by_briefing[briefing.id])
            )
