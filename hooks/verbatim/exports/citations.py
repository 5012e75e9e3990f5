"""Citations: how to cite a briefing and each of its statements, for reference managers and in plain text.

Each briefing has a file for each format, which holds the briefing and then its statements. An entry's key is the same
in all of them: the anchor of the statement, or `briefing-<id>`. The author is the site, which names nobody else. The
date is that of the state: the briefing's, or its last update's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model.dates import Edtf, Point
from ..model.entities import Briefing
from ..views.addresses import Site, citations_url, page_url
from ..views.atlas import Atlas
from ..views.statements import EventView, PositionView
from ..wording.language import Language
from .naming import position_name
from .table import Statement

PARTS = {"decade": 0, "year": 1, "month": 2, "day": 3, "minute": 3}
"""How many of year, month and day are known, by precision."""

_TEX: dict[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # an escaped brace counts as one, so that one alone would swallow what follows
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "#$%&_"}
_TEX_SIGNS = re.compile("[\\\\{}~^#$%&_]")


@dataclass(frozen=True)
class Citation:
    key: str
    title: str
    """Plain text, in one line."""

    whole: str
    """The title of the briefing that a statement is in; empty for a briefing."""

    site: str
    state: Edtf
    as_of: str
    """The same in words."""

    lang: str
    address: str
    """The permalink; empty where the site's address is not known."""

    text: str
    """The reference as a sentence in the language of its readers."""

    @property
    def date_parts(self) -> list[int]:
        """Year, month and day, as far as they are known; empty for a decade."""
        point = self.state.start or self.state.end
        return _date_parts(point) if point else []


def cite(briefing: Briefing, statement: PositionView | EventView | None, language: Language, site: Site) -> Citation:
    """The citation of a briefing, or of a statement in it."""
    whole = _line(language.plain(briefing.title))
    match statement:
        case PositionView():
            key, title, url = statement.anchor, _line(position_name(statement, language)), statement.url
        case EventView():
            key, title, url = statement.anchor, _line(language.plain(statement.event.title)), statement.url
        case None:
            key, title, url = f"briefing-{briefing.id}", whole, page_url(briefing)
    state = briefing.updates[-1].date if briefing.updates else briefing.date
    t, (before, behind) = language.t, language.quotation_marks
    words = f"{before}{title}{behind}"
    if statement:
        words = t("cite.part", title=words, whole=f"{before}{whole}{behind}").unescape()
    name = _line(site.name)
    as_of = t("date.as-of", date=language.date(state)).unescape()
    address = f"{site.url}{url}" if site.url else ""
    text = t("cite.text", site=name, title=words, state=as_of).unescape()
    text = f"{text} {address}".strip()
    return Citation(key, title, whole if statement else "", name, state, as_of, language.code, address, text)


def citation_files(
    atlas: Atlas, statements: Iterable[Statement], language: Language, site: Site
) -> Iterator[tuple[str, bytes]]:
    """Yield a briefing's citations in each format: path relative to the language's root, and content."""
    for briefing in atlas.corpus.briefings.values():
        defined: list[PositionView | EventView] = list(atlas.positions_by_briefing.get(briefing.id, ()))
        defined += [view for view in atlas.events_by_briefing.get(briefing.id, ()) if view.briefing is briefing]
        citations = [cite(briefing, each, language, site) for each in (None, *defined)]
        page = page_url(briefing)
        yield citations_url(page, "bib"), "\n".join(map(write_bibtex, citations)).encode()
        yield citations_url(page, "ris"), "\r\n".join(map(write_ris, citations)).encode()
        yield citations_url(page, "json"), write_csl(citations)


def write_bibtex(citation: Citation) -> str:
    """An entry for BibTeX and biblatex, which ends in a line break."""
    parts = _padded(citation.date_parts)
    # Braces around the whole value keep its capital letters.
    fields = {
        "author": f"{{{_tex(citation.site)}}}",
        "title": f"{{{_tex(citation.title)}}}",
        "howpublished": _tex(citation.whole),
        "year": parts[0] if parts else "",
        "date": "-".join(parts),
        "langid": citation.lang,
        "url": citation.address.replace("{", "%7B").replace("}", "%7D"),
        "note": _tex(citation.as_of),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{citation.key},", *lines, "}", ""])


def write_ris(citation: Citation) -> str:
    """A record, which ends in a line break."""
    parts = _padded(citation.date_parts)
    fields = [
        ("TY", "ELEC"),
        ("ID", citation.key),
        ("AU", citation.site),
        ("TI", citation.title),
        ("T2", citation.whole),
        ("PY", parts[0] if parts else ""),
        ("DA", "/".join([*parts, "", ""][:3]) if parts else ""),  # the slashes stay where month or day is not known
        ("LA", citation.lang),
        ("UR", citation.address),
        ("N1", citation.as_of),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*fields, ("ER", "")] if value or tag == "ER")


def write_csl(citations: Iterable[Citation]) -> bytes:
    """The items as CSL-JSON; `custom.text` is the reference as a sentence, but for the address behind it."""
    return json.dumps([_csl(each) for each in citations], ensure_ascii=False, separators=(",", ":")).encode()


def _csl(citation: Citation) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "container-title": citation.whole or citation.site,
        "author": [{"literal": citation.site}],
        "language": citation.lang,
        "URL": citation.address,
        "custom": {"text": citation.text.removesuffix(citation.address).rstrip()},
    }
    ends = [_date_parts(end) for end in dict.fromkeys((citation.state.start, citation.state.end)) if end]
    if ends and all(ends):
        item["issued"] = {"date-parts": ends}
        if any(end and (end.approximate or end.uncertain) for end in (citation.state.start, citation.state.end)):
            item["issued"]["circa"] = True
    return {key: value for key, value in item.items() if value}


def _date_parts(point: Point) -> list[int]:
    day = point.lower
    return [day.year, day.month, day.day][: PARTS[point.precision]]


def _padded(parts: list[int]) -> list[str]:
    return [f"{part:0{width}}" for part, width in zip(parts, (4, 2, 2), strict=False)]


def _line(text: str) -> str:
    """A text in one line: a break would begin another field."""
    return " ".join(text.split())


def _tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda sign: _TEX[sign[0]], text)
