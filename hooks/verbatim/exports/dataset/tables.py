"""Tables: the one list of what is published as data.

`TABLES` decides everything that is written of a table: its JSON files and their schemas, its CSV files, its tables in
the database, its part of `datapackage.json`, and its place on the page that documents them. A new column or table needs
no line elsewhere but its words in the catalogues (`data.column.…`, `data.table.…`).
"""

from __future__ import annotations

from datetime import date
from typing import get_args

from ...model.standing import MODALITIES, STANCES
from ...model.values import ActorKind, EventKind, EventStatus, SourceKind
from ...views.addresses import page_url
from ...views.as_of import Role
from ...views.statements import independent_sources
from . import rows
from .columns import Column, Read, choice, dates, day, edtf, itself, listed, plain, records, ref, written
from .structure import Table

# ---- Columns that several tables have -----------------------------------------------------------------------------

_STATUSES, _EVENT_KINDS = get_args(EventStatus), get_args(EventKind)
_ACTOR_KINDS, _SOURCE_KINDS = get_args(ActorKind), get_args(SourceKind)


def _party(name: str, *, optional: bool = True) -> Column:
    """The party in a field of a view."""
    return ref(
        name, "parties", lambda each: rows.party_id(it) if (it := getattr(each, name)) else None, optional=optional
    )


def _lasting(path: str = "") -> tuple[Column, ...]:
    """A record's id, and those it had."""
    return plain("id", "id", f"{path}id"), listed("formerly", plain("former", "id", itself), f"{path}formerly")


def _evidence(read: Read = "evidence") -> Column:
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
    rows.dossiers,
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
    touched=lambda atlas, each: rows.touching_party(atlas, f"actor/{each.id}"),
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
    touched=rows.touching_issue,
    holds=("standings", "stance_changes"),
)

POSITIONS = Table(
    "positions",
    "position",
    lambda atlas: atlas.positions,
    (
        *_lasting("position."),
        ref("briefing", "briefings", "briefing.id"),
        ref("actor", "parties", lambda each: rows.party_id(each.holder)),
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
    rows.standings,
    (
        ref("actor", "parties", lambda each: rows.party_id(each.cell.holder)),
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
    rows.stance_changes,
    (
        day("day"),
        ref("actor", "parties", lambda each: rows.party_id(each.cell.holder)),
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
        listed("actors", ref("actor", "parties", rows.party_id)),
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
    touched=rows.touching_event,
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
    lambda atlas: atlas.quotations.values(),
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
            rows.selectors,
        ),
    ),
    url=lambda each: each.url,
    touched=lambda atlas, each: [each.briefing],
    year=lambda each: each.briefing.date.first_day,
)

PARTIES = Table(
    "parties",
    "party",
    rows.named_parties,
    (
        plain("id", "id", lambda each: rows.party_id(each.party)),
        choice("kind", (*_ACTOR_KINDS, "voice", "source"), "party.kind"),
        plain("name", "text", "party.name"),
        plain("description", "prose", optional=True),
        ref("actor", "actors", optional=True),
        ref("briefing", "briefings", lambda each: it.id if (it := each.briefing) else None, optional=True),
        ref("source", "sources", lambda each: it.id if (it := each.source) else None, optional=True),
    ),
    url=lambda each: each.party.url,
    touched=lambda atlas, each: rows.touching_party(atlas, each.party.key),
)

TABLES = (
    BRIEFINGS, ACTORS, ISSUES, POSITIONS, EVENTS, SOURCES, QUOTATIONS, PARTIES, STANDINGS, STANCE_CHANGES,
)  # fmt: skip
"""In the order of the page that documents them. A table comes before those whose rows its files hold."""
