"""Search records: one per page and one per statement, made from data; no HTML is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..exports.table import Statement
from ..model.entities import Actor, Event, Issue
from ..views.addresses import EXPLORE, TIMELINE, item_url, page_url
from ..views.atlas import Atlas
from ..views.statements import EventView
from ..wording.language import Language
from ..wording.prose import strip_prose


@dataclass(frozen=True)
class SearchRecord:
    """One thing that readers can find."""

    url: str
    """Relative to the language's root, without a leading slash; with the anchor of a statement."""

    title: str
    text: str
    lang: str
    kind: str
    """`briefing`, `actor`, `issue`, `source`, `position`, `event`, `key-point` or `page`."""

    note: str = ""
    """A few words of context; for a statement, how it is known and when."""

    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By facet: `actor`, `issue`, `source`, `stance`, `modality`, `proof`."""

    sort_date: str = ""
    """The first known day, as YYYY-MM-DD; empty without a date."""

    meta: dict[str, str] = field(default_factory=dict)
    """The fields of a statement that a list of results shows."""

    @property
    def is_statement(self) -> bool:
        """Whether it is a part of a page, with an anchor."""
        return "#" in self.url


def search_records(atlas: Atlas, statements: Iterable[Statement], language: Language) -> list[SearchRecord]:
    """Every record of the site in one language; pages come before statements."""
    return [
        *_briefing_records(atlas, language),
        *_registry_records(atlas, language),
        *_index_records(language),
        *(_statement_record(statement, language) for statement in statements),
    ]


def _briefing_records(atlas: Atlas, language: Language) -> Iterator[SearchRecord]:
    plain = language.plain
    for briefing in atlas.corpus.briefings.values():
        day = briefing.date.first_day.isoformat()
        note = str(language.t("date.as-of", date=language.date(briefing.date)))
        names = [plain(party.name) for party in atlas.parties_by_briefing[briefing.id]]
        yield SearchRecord(
            url=page_url(briefing),
            title=plain(briefing.title),
            text=f"{strip_prose(plain(briefing.summary))} {', '.join(names)}",
            lang=language.code,
            kind="briefing",
            note=note,
            sort_date=day,
        )
        for point in briefing.key_points:
            issue = atlas.corpus.issues[point.issue] if point.issue else None
            yield SearchRecord(
                url=item_url(briefing, point),
                title=plain(issue.question if issue else briefing.title),
                text=strip_prose(plain(point.summary)),
                lang=language.code,
                kind="key-point",
                note=note,
                filters={"issue": (issue.id,)} if issue else {},
                sort_date=day,
            )


def _registry_records(atlas: Atlas, language: Language) -> Iterator[SearchRecord]:
    plain, t = language.plain, language.t
    for actor in atlas.corpus.actors.values():
        roles = [plain(role.title) for role in actor.roles]
        yield SearchRecord(
            url=page_url(actor),
            title=plain(actor.name),
            text=_sentences([_described(actor, language), ", ".join([*roles, *actor.aliases])]),
            lang=language.code,
            kind="actor",
            note=str(t(f"kind-of.{actor.kind}")),
        )
    for issue in atlas.corpus.issues.values():
        topics = ", ".join(map(plain, issue.topics))
        yield SearchRecord(
            url=page_url(issue),
            title=plain(issue.question),
            text=_sentences([plain(issue.short), _described(issue, language), topics]),
            lang=language.code,
            kind="issue",
        )
    for source in atlas.corpus.sources.values():
        yield SearchRecord(
            url=page_url(source),
            title=plain(source.title),
            text=", ".join(filter(None, [source.publisher, source.author, language.date(source.published)])),
            lang=language.code,
            kind="source",
            note=str(t(f"source-kind.{source.kind}")),
        )


def _described(record: Actor | Issue, language: Language) -> str:
    return strip_prose(language.plain(record.description)) if record.description else ""


def _index_records(language: Language) -> Iterator[SearchRecord]:
    for url, key in ((TIMELINE, "timeline"), (EXPLORE, "explore")):
        title, stand = str(language.t(f"{key}.title")), str(language.t(f"{key}.stand"))
        yield SearchRecord(url=url, title=title, text=stand, lang=language.code, kind="page")


def _statement_record(statement: Statement, language: Language) -> SearchRecord:
    actors = ", ".join(thing.name for thing in statement.actors)
    issues = ", ".join(thing.name for thing in statement.issues)
    stance = str(language.t(f"stance.{statement.stance}")) if statement.stance else ""
    known = str(language.t(f"modality.{statement.modality}")) if statement.modality else ""
    if known and statement.said_by:
        known = f"{known} ({statement.said_by})"
    event = statement.view.event if isinstance(statement.view, EventView) else None
    title = language.plain(event.title) if event else " : ".join(filter(None, [actors, stance]))
    note = [known, statement.status, "" if event else issues, statement.date]
    shown = {
        "who": actors,
        "issue": issues,
        "word": stance,
        "known": known or " · ".join(filter(None, [str(language.t("statement.event")), statement.status])),
        "summary": statement.summary,
        "quotation": statement.quotations[0] if statement.quotations else "",
        "date": statement.date,
    }
    return SearchRecord(
        url=statement.url,
        title=title,
        text=_sentences(
            [
                issues,
                statement.summary,
                statement.condition,
                *statement.quotations,
                actors,
                statement.said_by,
                *(_event_details(event, language) if event else ()),
            ]
        ),
        lang=language.code,
        kind=statement.kind,
        note=" · ".join(filter(None, note)),
        filters=statement.filters,
        sort_date=statement.sort_date,
        meta={key: value for key, value in shown.items() if value},
    )


def _event_details(event: Event, language: Language) -> Iterator[str]:
    """Its figures and its place."""
    for figure in event.figures:
        yield f"{figure.value} {language.plain(figure.label)}"
    if event.place:
        yield language.plain(event.place)


def _sentences(parts: Iterable[str]) -> str:
    """Join parts as sentences, each with one full stop."""
    return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)
