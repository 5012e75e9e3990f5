"""Tables: the one list of what is published as data.

`TABLES` decides everything that is written of a table: its JSON files and their schemas, its CSV files, its tables in the
database, its part of `datapackage.json`, and its place on the page that documents them. A new column or table needs no
line elsewhere but its words in the catalogues (`data.column.…`, `data.table.…`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args
from urllib.parse import urljoin

from ...model.entities import Actor, Briefing, Issue, KeyPoint, OpenQuestion, Position, Source
from ...model.schema import references_in
from ...model.standing import MODALITIES, STANCES
from ...model.values import GAP, ActorKind, EventKind, EventStatus, Prose, SourceKind, Text
from ...views.addresses import Site, page_url
from ...views.as_of import Cell, Entry, Role
from ...views.atlas import Atlas, evidence_views
from ...views.statements import EventView, EvidenceView, Party, PositionView, QuotationView, independent_sources
from ...wording.language import Language
from .columns import Column, Row, choice, dates, day, edtf, itself, listed, plain, records, ref, row_of, written


@dataclass(frozen=True)
class Dataset:
    """The atlas, and where the pages are to which rows lead."""

    atlas: Atlas
    root: str
    """The address of the whole site, with a closing slash; empty where it is not known."""

    editions: tuple[tuple[str, str], ...]
    """Languages, the default one first, each with the folder of its pages: `en/`."""

    def pages(self, url: str) -> dict[str, str]:
        """The addresses of a page by language; relative to the site's root where that is not known."""
        return {lang: f"{self.root}{folder}{url}" for lang, folder in self.editions}

    @property
    def languages(self) -> list[str]:
        return [lang for lang, _ in self.editions]


def dataset_of(atlas: Atlas, language: Language, site: Site) -> Dataset:
    """The dataset of the whole site, to which a site in one language belongs."""
    root = urljoin(site.url, site.root) if site.url else ""
    return Dataset(atlas, root, site.editions or ((language.code, ""),))


@dataclass(frozen=True)
class Table:
    name: str
    """In the plural; the name of its files."""

    singular: str
    rows: Callable[[Atlas], Iterable[Any]]
    """What becomes a row each; the same in every build."""

    columns: tuple[Column, ...]
    """Its own; `all_columns` has those that many tables share."""

    key: tuple[str, ...] = ("id",)
    """The columns that tell rows apart."""

    url: Callable[[Any], str] | None = None
    """Where readers see a row; relative to the language's root."""

    touched: Callable[[Atlas, Any], Iterable[Briefing]] | None = None
    """The briefings that say something of a row."""

    year: Callable[[Any], date] | None = None
    """A day of the year in whose part a row stands, where the table is too long for one file."""

    holds: tuple[str, ...] = ()
    """Each row has a file of its own, with the rows of these tables that name it."""

    shared: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        shared = (UPDATED,) if self.touched else ()
        object.__setattr__(self, "shared", (*shared, PAGE) if self.url else shared)

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return (*self.columns, *self.shared)

    def read(self, data: Dataset) -> Iterator[tuple[Any, Row]]:
        """Each thing with its row."""
        for each in self.rows(data.atlas):
            row = row_of(self.columns, each)
            if self.touched and (days := [day_of(briefing) for briefing in self.touched(data.atlas, each)]):
                row["updated"] = max(days).isoformat()
            if self.url:
                row["page"] = data.pages(self.url(each))
            yield each, row


UPDATED = plain("updated", "day", optional=True)
PAGE = plain("page", "pages")


def day_of(briefing: Briefing) -> date:
    """The day of a briefing's state: its own, or that of its latest update."""
    return max(briefing.date.last_day, *(update.date.last_day for update in briefing.updates), date.min)


# ---- What becomes a row, where no view does ---------------------------------------------------------------------


@dataclass(frozen=True)
class Dossier:
    """A briefing with the evidence of its points."""

    briefing: Briefing
    sources: list[str]
    key_points: list[tuple[KeyPoint, tuple[EvidenceView, ...]]]
    open_questions: list[tuple[OpenQuestion, list[str], tuple[EvidenceView, ...]]]
    """Each with the ids of the parties that it concerns."""


@dataclass(frozen=True)
class Named:
    """A party, with what it is in the registries: an actor, a briefing's voice, or a source that speaks itself."""

    party: Party
    description: Prose | None = None
    actor: str | None = None
    briefing: Briefing | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Held:
    """A position in a role, and the days on which it has it."""

    cell: Cell
    entry: Entry
    start: date
    end: date | None

    @property
    def position(self) -> Position:
        return self.entry.view.position


@dataclass(frozen=True)
class StanceChange:
    day: date
    cell: Cell
    before: Position
    after: Position


def _dossiers(atlas: Atlas) -> Iterator[Dossier]:
    for briefing in atlas.corpus.briefings.values():
        sources = dict.fromkeys(id for _, kind, id in references_in(briefing) if kind == "source")
        points = [(point, evidence_views(atlas, briefing, point.evidence)) for point in briefing.key_points]
        questions = [
            (each, [_in(atlas, briefing, id) for id in each.actors], evidence_views(atlas, briefing, each.evidence))
            for each in briefing.open_questions
        ]
        yield Dossier(briefing, list(sources), points, questions)


def _named(atlas: Atlas) -> Iterator[Named]:
    for actor in atlas.corpus.actors.values():
        yield Named(atlas.parties[f"actor/{actor.id}"], actor.description, actor=actor.id)
    for briefing in atlas.corpus.briefings.values():
        for voice in briefing.voices:
            party = atlas.parties[f"voice/{briefing.id}/{voice.id}"]
            yield Named(party, voice.description, briefing=briefing)
    speaking = {view.said_by.key: view for view in atlas.positions if view.said_by and view.said_by.kind == "source"}
    for view in speaking.values():
        assert view.said_by
        yield Named(view.said_by, source=view.evidence[0].source)


def _held(atlas: Atlas) -> Iterator[Held]:
    for cell in atlas.cells:
        for entry in cell.entries:
            for start, end in entry.spans:
                yield Held(cell, entry, start, end)


def _stance_changes(atlas: Atlas) -> Iterator[StanceChange]:
    for cell in atlas.cells:
        for turn in cell.turns:
            yield StanceChange(turn.day, cell, turn.before, turn.after)


def _quotations(atlas: Atlas) -> Iterator[QuotationView]:
    yield from atlas.quotations.values()


def _touching_issue(atlas: Atlas, issue: Issue) -> Iterator[Briefing]:
    yield from (view.briefing for view in atlas.positions_by_issue.get(issue.id, ()))
    yield from (briefing for _, briefing in atlas.answers_by_issue.get(issue.id, ()))
    yield from (view.briefing for view in atlas.events_by_issue.get(issue.id, ()))


def _touching_event(atlas: Atlas, view: EventView) -> list[Briefing]:
    return [view.briefing, *(outcome.briefing for outcome in view.outcomes), *view.corroborated_in]


def _touching_party(atlas: Atlas, key: str) -> list[Briefing]:
    return atlas.briefings_by_party.get(key, [])


def party_id(party: Party) -> str:
    """An actor's id, `<briefing>/<voice>`, or `source/<source>`."""
    return party.key.removeprefix("actor/").removeprefix("voice/")


def _in(atlas: Atlas, briefing: Briefing, id: str) -> str:
    """The id of a party that a briefing names."""
    return id if f"actor/{id}" in atlas.parties else f"{briefing.id}/{id}"


def _party(name: str, *, optional: bool = True) -> Column:
    """The party in a field of a view."""
    return ref(name, "parties", lambda each: party_id(it) if (it := getattr(each, name)) else None, optional=optional)


def _selectors(view: QuotationView) -> list[dict[str, str]]:
    """A selector for each passage of the words. What stands around them is the source's, and given only where its text
    is public."""
    quotation, parts = view.quotation, [part.strip() for part in view.quotation.quote.split(GAP)]
    selectors = [{"type": "TextQuoteSelector", "exact": part} for part in parts]
    if view.source.text == "public":
        if quotation.prefix:
            selectors[0]["prefix"] = quotation.prefix
        if quotation.suffix:
            selectors[-1]["suffix"] = quotation.suffix
    return selectors


# ---- Columns that several tables have -----------------------------------------------------------------------------

_STATUSES, _EVENT_KINDS = get_args(EventStatus), get_args(EventKind)
_ACTOR_KINDS, _SOURCE_KINDS = get_args(ActorKind), get_args(SourceKind)


def _lasting(path: str = "") -> tuple[Column, ...]:
    """A record's id, and those it had."""
    return plain("id", "id", f"{path}id"), listed("formerly", plain("former", "id", itself), f"{path}formerly")


def _evidence(read: str = "evidence") -> Column:
    """What shows a claim of a briefing."""
    columns = (
        ref("quotation", "quotations", lambda it: it.quotation.quotation.id if it.quotation else None, optional=True),
        ref("source", "sources", "source.id"),
        written("locator", optional=True),
    )
    return records("evidence", "evidence", columns, read)


_PARAPHRASES = records("evidence", "evidence", (ref("source", "sources"), written("locator", optional=True)))
"""What shows a claim of a registry."""

_TENURE = (edtf("from", "from_", optional=True), edtf("to", optional=True), _PARAPHRASES)

# ---- The tables ---------------------------------------------------------------------------------------------------

BRIEFINGS = Table(
    "briefings",
    "briefing",
    _dossiers,
    (
        *_lasting("briefing."),
        plain("title", "text", "briefing.title"),
        *dates("date", "briefing.date"),
        plain("lang", read="briefing.lang"),
        choice("status", ("draft", "published"), "briefing.status"),
        plain("summary", "prose", "briefing.summary"),
        listed("sources", ref("source", "sources", itself)),
        records(
            "key_points",
            "key_point",
            (
                plain("id", "id", lambda each: each[0].id),
                ref("issue", "issues", lambda each: each[0].issue, optional=True),
                plain("summary", "prose", lambda each: each[0].summary),
                _evidence(lambda each: each[1]),
            ),
        ),
        records(
            "open_questions",
            "open_question",
            (
                plain("id", "id", lambda each: each[0].id),
                ref("issue", "issues", lambda each: each[0].issue, optional=True),
                listed("actors", ref("actor", "parties", itself), lambda each: each[1]),
                plain("summary", "prose", lambda each: each[0].summary),
                _evidence(lambda each: each[2]),
            ),
        ),
        records("updates", "update", (plain("id", "id"), edtf("date"), plain("summary", "prose")), "briefing.updates"),
    ),
    url=lambda each: page_url(each.briefing),
    touched=lambda atlas, each: [each.briefing],
    year=lambda each: each.briefing.date.first_day,
    holds=("positions", "events", "quotations"),
)

ACTORS = Table(
    "actors",
    "actor",
    lambda atlas: atlas.corpus.actors.values(),
    (
        *_lasting(),
        choice("kind", _ACTOR_KINDS),
        plain("name", "text"),
        listed("aliases", plain("alias", read=itself)),
        plain("description", "prose", optional=True),
        records("roles", "role", (plain("title", "text"), ref("organisation", "actors", optional=True), *_TENURE)),
        records("member_of", "membership", (ref("organisation", "actors"), *_TENURE)),
        plain("wikidata", optional=True),
    ),
    url=page_url,
    touched=lambda atlas, each: _touching_party(atlas, f"actor/{each.id}"),
    holds=("positions", "standings", "stance_changes"),
)

ISSUES = Table(
    "issues",
    "issue",
    lambda atlas: atlas.corpus.issues.values(),
    (
        *_lasting(),
        plain("question", "text"),
        plain("short", "text"),
        plain("description", "prose", optional=True),
        listed("topics", plain("topic", "text", itself)),
    ),
    url=page_url,
    touched=_touching_issue,
    holds=("positions", "standings", "stance_changes"),
)

POSITIONS = Table(
    "positions",
    "position",
    lambda atlas: atlas.positions,
    (
        *_lasting("position."),
        ref("briefing", "briefings", "briefing.id"),
        ref("actor", "parties", lambda each: party_id(each.holder)),
        ref("issue", "issues", "issue.id"),
        choice("stance", STANCES, "position.stance"),
        plain("condition", "text", "position.condition", optional=True),
        choice("modality", MODALITIES, "position.modality"),
        _party("said_by"),
        _party("relayed_by"),
        ref("expected_at", "events", "position.expected_at", optional=True),
        plain("summary", "prose", "position.summary"),
        *dates("date", "position.date"),
        plain("date_text", read="position.date_text", optional=True),
        choice("date_basis", ("derived",), "position.date_basis", optional=True),
        *dates("since", "position.since", optional=True),
        _evidence(),
        plain("independent_sources", "number", lambda each: independent_sources(each.evidence)),
        ref("replaces", "positions", "position.replaces", optional=True),
        edtf("withdrawn", lambda each: it.date if (it := each.position.withdrawn) else None, optional=True),
        plain(
            "withdrawn_reason",
            "text",
            lambda each: it.reason if (it := each.position.withdrawn) else None,
            optional=True,
        ),
    ),
    url=lambda each: each.url,
    touched=lambda atlas, each: [each.briefing],
    year=lambda each: each.position.date.first_day,
)

STANDINGS = Table(
    "standings",
    "standing",
    _held,
    (
        ref("actor", "parties", lambda each: party_id(each.cell.holder)),
        ref("issue", "issues", "cell.issue"),
        ref("position", "positions", "position.id"),
        choice("role", get_args(Role), "entry.role"),
        choice("stance", STANCES, "position.stance"),
        choice("modality", MODALITIES, "position.modality"),
        day("from_day", lambda each: each.start if each.start > date.min else None, optional=True),
        day("until_day", "end", optional=True),
    ),
    key=(),
    year=lambda each: each.position.date.first_day,
)

STANCE_CHANGES = Table(
    "stance_changes",
    "stance_change",
    _stance_changes,
    (
        day("day"),
        ref("actor", "parties", lambda each: party_id(each.cell.holder)),
        ref("issue", "issues", "cell.issue"),
        ref("before", "positions", "before.id"),
        choice("stance_before", STANCES, "before.stance"),
        choice("modality_before", MODALITIES, "before.modality"),
        ref("after", "positions", "after.id"),
        choice("stance_after", STANCES, "after.stance"),
        choice("modality_after", MODALITIES, "after.modality"),
    ),
    key=(),
    year=lambda each: each.day,
)

EVENTS = Table(
    "events",
    "event",
    lambda atlas: atlas.events,
    (
        *_lasting("event."),
        ref("briefing", "briefings", "briefing.id"),
        *dates("date", "event.date"),
        plain("date_text", read="event.date_text", optional=True),
        choice("date_basis", ("derived",), "event.date_basis", optional=True),
        plain("title", "text", "event.title"),
        plain("summary", "prose", "event.summary", optional=True),
        choice("kind", _EVENT_KINDS, "event.kind"),
        choice("status", _STATUSES),
        choice("first_status", _STATUSES, "event.status"),
        listed("actors", ref("actor", "parties", party_id)),
        listed("issues", ref("issue", "issues", "id")),
        plain("place", "text", "event.place", optional=True),
        records("figures", "figure", (plain("value", "number"), plain("label", "text")), "event.figures"),
        _evidence(),
        plain("independent_sources", "number", lambda each: independent_sources(each.evidence)),
        records(
            "additions",
            "addition",
            (
                ref("briefing", "briefings", "briefing.id"),
                choice("status", _STATUSES, "addition.status", optional=True),
                choice("corrects", ("happened",), "addition.corrects", optional=True),
                plain("summary", "prose", "addition.summary", optional=True),
                _evidence(),
            ),
            "outcomes",
        ),
        listed("corroborated_in", ref("briefing", "briefings", "id")),
        ref("replaces", "events", "event.replaces", optional=True),
    ),
    url=lambda each: each.url,
    touched=_touching_event,
    year=lambda each: each.event.date.first_day,
)

SOURCES = Table(
    "sources",
    "source",
    lambda atlas: atlas.corpus.sources.values(),
    (
        *_lasting(),
        choice("kind", _SOURCE_KINDS),
        plain("title", "text"),
        plain("lang"),
        *dates("published"),
        plain("publisher", optional=True),
        plain("author", optional=True),
        edtf("accessed", optional=True),
        plain("url", "url", optional=True),
        plain("archive_url", "url", optional=True),
        plain("origin", optional=True),
        plain("rights", "text", optional=True),
        choice("text", ("private", "public", "none")),
    ),
    url=page_url,
    touched=lambda atlas, each: atlas.briefings_by_source.get(each.id, ()),
    year=lambda each: each.published.first_day,
    holds=("quotations",),
)

QUOTATIONS = Table(
    "quotations",
    "quotation",
    _quotations,
    (
        *_lasting("quotation."),
        ref("briefing", "briefings", "briefing.id"),
        ref("source", "sources", "source.id"),
        _party("speaker", optional=False),
        _party("relayed_by"),
        plain("quote", read="quotation.quote"),
        plain("lang", read="source.lang"),
        plain("translation", "text", "quotation.translation", optional=True),
        written("locator", "quotation.locator", optional=True),
        plain("verified", "flag"),
        records(
            "selectors",
            "selector",
            (
                choice("type", ("TextQuoteSelector",), lambda it: it["type"]),
                plain("exact", read=lambda it: it["exact"]),
                plain("prefix", read=lambda it: it.get("prefix"), optional=True),
                plain("suffix", read=lambda it: it.get("suffix"), optional=True),
            ),
            _selectors,
        ),
    ),
    url=lambda each: each.url,
    touched=lambda atlas, each: [each.briefing],
    year=lambda each: each.briefing.date.first_day,
)

PARTIES = Table(
    "parties",
    "party",
    _named,
    (
        plain("id", "id", lambda each: party_id(each.party)),
        choice("kind", (*_ACTOR_KINDS, "voice", "source"), "party.kind"),
        plain("name", "text", "party.name"),
        plain("description", "prose", optional=True),
        ref("actor", "actors", optional=True),
        ref("briefing", "briefings", lambda each: it.id if (it := each.briefing) else None, optional=True),
        ref("source", "sources", lambda each: it.id if (it := each.source) else None, optional=True),
    ),
    url=lambda each: each.party.url,
    touched=lambda atlas, each: _touching_party(atlas, each.party.key),
)

TABLES = (
    BRIEFINGS, ACTORS, ISSUES, POSITIONS, EVENTS, SOURCES, QUOTATIONS, PARTIES, STANDINGS, STANCE_CHANGES,
)  # fmt: skip
"""In the order of the page that documents them. A table comes before those whose rows its files hold."""
