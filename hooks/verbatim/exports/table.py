"""Table: every position and event as a flat row of plain text, for the explorer, search and downloads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from ..model.dates import Edtf
from ..model.entities import Issue, Source
from ..model.standing import MODALITIES, STANCES
from ..model.values import Text
from ..views.addresses import Site, page_url, statements_url
from ..views.archives import MOST_LINES, split
from ..views.atlas import Atlas
from ..views.statements import EventView, EvidenceView, Party, PositionView
from ..wording.language import Language
from ..wording.prose import strip_prose

KINDS = ("position", "event")
PROOFS = ("verified", "paraphrase", "no-text")
COLUMNS = (
    "date", "sort_date", "kind", "actors", "issues", "stance", "modality", "said_by", "status", "condition", "summary",
    "quotations", "proof", "sources", "url", "id",
)  # fmt: skip
"""Columns of a download, in order."""


@dataclass(frozen=True)
class Named:
    """A party, issue or source, which has a page."""

    key: str
    """Its value in a facet: `actor/nato`, or the id of an issue or source."""

    name: str
    """Plain text."""

    url: str
    """Relative to the language's root, without a leading slash."""


@dataclass(frozen=True)
class Statement:
    """One position or event, as plain text in one language."""

    id: str
    """Unique on the site: `position-…`, `event-…`."""

    kind: Literal["position", "event"]
    url: str
    """Its place on a page, with its evidence; relative to the language's root, without a leading slash."""

    date: str
    """As readers see it: `24 mai 2017`, `depuis 2014`."""

    sort_date: str
    """The first known day, as YYYY-MM-DD."""

    actors: tuple[Named, ...]
    """The one holder of a position, or the participants in an event."""

    issues: tuple[Named, ...]
    stance: str
    """Empty for an event, like `modality`."""

    modality: str
    said_by: str
    """Who says it for the holder; empty if the holder speaks."""

    sources: tuple[Named, ...]
    proof: Literal["verified", "paraphrase", "no-text"]
    """`verified` if all quotations are verified, `paraphrase` if there are none, else `no-text`."""

    status: str
    """A label: `prévu` for an event, `retiré` for a withdrawn position, empty for other positions."""

    condition: str
    """Condition of a position; empty without one."""

    summary: str
    """Plain text; for an event, its title and summary."""

    quotations: tuple[str, ...]
    """Exact words, without the surrounding quotation marks."""

    view: PositionView | EventView = field(repr=False, compare=False)
    """The view that it is made from, for templates."""

    @property
    def year(self) -> str:
        """Four digits."""
        return self.sort_date[:4]

    @property
    def passage(self) -> EvidenceView:
        """The evidence to open first: the first quotation, or else the first paraphrase."""
        return next((item for item in self.view.evidence if item.quotation), self.view.evidence[0])

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """Its values by facet."""
        return {
            "kind": (self.kind,),
            "issue": tuple(issue.key for issue in self.issues),
            "actor": tuple(actor.key for actor in self.actors),
            "stance": (self.stance,) if self.stance else (),
            "modality": (self.modality,) if self.modality else (),
            "proof": (self.proof,),
            "source": tuple(source.key for source in self.sources),
        }


def list_statements(atlas: Atlas, language: Language) -> list[Statement]:
    """Every position and event, newest first; those of the same moment are in the order of their briefings."""
    statements = [
        *(_of_position(view, language) for view in atlas.positions),
        *(_of_event(view, language) for view in atlas.events),
    ]
    return sorted(statements, key=lambda statement: (statement.sort_date, _time(statement)), reverse=True)


def by_year(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """Group statements by year; they must be sorted by date."""
    return [(year, list(group)) for year, group in groupby(statements, key=lambda statement: statement.year)]


def parts_of(statements: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """Group statements, which are newest first, by year, month or day, so that a file of each stays small."""
    return list(split(statements, lambda statement: statement.sort_date, MOST_LINES))


def statement_files(
    atlas: Atlas, statements: Sequence[Statement], language: Language, site: Site
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of the JSON files of statements: a list of lines, the first with the headings.

    A line has a cell for each of `COLUMNS`, with labels in place of keys; a cell with several values is a list.
    """
    heads = [str(language.t(f"column.{key.replace('_', '-')}")) for key in COLUMNS]
    labels = value_labels(language)
    for dates, part in parts_of(statements):
        yield statements_url(dates), _compact_json([heads, *(_line(statement, labels) for statement in part)])


def value_labels(language: Language) -> dict[str, dict[str, str]]:
    """Labels of the fixed values, by facet."""
    return {
        "kind": {kind: str(language.t(f"statement.{kind}")) for kind in KINDS},
        "stance": {stance: str(language.t(f"stance.{stance}")) for stance in STANCES},
        "modality": {modality: str(language.t(f"modality.{modality}")) for modality in MODALITIES},
        "proof": {proof: str(language.t(f"proof.{proof}")) for proof in PROOFS},
    }


def _of_position(view: PositionView, language: Language) -> Statement:
    position = view.position
    teller = view.said_by if view.said_by is not view.holder else None
    return Statement(
        id=view.anchor,
        kind="position",
        actors=(_party(view.holder, language),),
        issues=(_issue(view.issue, language),),
        stance=position.stance,
        modality=position.modality,
        said_by=language.plain(teller.name) if teller else "",
        status=str(language.t("position.is-withdrawn")) if position.withdrawn else "",
        condition=language.plain(position.condition) if position.condition else "",
        summary=_prose(position.summary, language),
        **_shared(view, position.date, language),
    )


def _of_event(view: EventView, language: Language) -> Statement:
    event = view.event
    title = language.plain(event.title)
    return Statement(
        id=view.anchor,
        kind="event",
        actors=tuple(_party(party, language) for party in view.actors),
        issues=tuple(_issue(issue, language) for issue in view.issues),
        stance="",
        modality="",
        said_by="",
        status=str(language.t("event-status.overdue" if view.overdue else f"event-status.{view.status}")),
        condition="",
        summary=f"{title} · {_prose(event.summary, language)}" if event.summary else title,
        **_shared(view, event.date, language),
    )


def _shared(view: PositionView | EventView, day: Edtf, language: Language) -> dict[str, Any]:
    """Fields that positions and events share."""
    sources = {item.source.id: item.source for item in view.evidence}
    return {
        "url": view.url,
        "date": language.date(day),
        "sort_date": day.first_day.isoformat(),
        "sources": tuple(_source(source, language) for source in sources.values()),
        "proof": _proof([words.verified for words in view.words]),
        "quotations": tuple(words.quotation.quote for words in view.words),
        "view": view,
    }


def _proof(verified: list[bool]) -> str:
    if not verified:
        return "paraphrase"
    return "verified" if all(verified) else "no-text"


def _time(statement: Statement) -> str:
    view = statement.view
    day = view.position.date if isinstance(view, PositionView) else view.event.date
    point = day.start or day.end
    return point.time if point else ""


def _party(party: Party, language: Language) -> Named:
    return Named(party.key, language.plain(party.name), party.url)


def _issue(issue: Issue, language: Language) -> Named:
    return Named(issue.id, language.plain(issue.short), page_url(issue))


def _source(source: Source, language: Language) -> Named:
    return Named(source.id, language.plain(source.title), page_url(source))


def _prose(text: Text, language: Language) -> str:
    return strip_prose(language.plain(text))


def _line(statement: Statement, labels: Mapping[str, Mapping[str, str]]) -> list[str | list[str]]:
    row = {key: getattr(statement, key) for key in COLUMNS}
    row |= {key: [thing.name for thing in row[key]] for key in ("actors", "issues", "sources")}
    row |= {key: words.get(row[key], row[key]) for key, words in labels.items()}
    return list(row.values())


def _compact_json(content: Any) -> bytes:
    """JSON in UTF-8; equal content gives equal bytes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
