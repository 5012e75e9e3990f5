"""Search records: what can be found, as data. One for each page and one for each statement; nothing parses HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..exports.table import Statement
from ..views.atlas import Atlas
from ..wording.language import Language
from ..wording.prose import strip_prose


@dataclass(frozen=True)
class Record:
    """One thing that a reader may look for."""

    url: str
    """From the language's root, without a leading slash; with its anchor for a statement."""

    title: str
    text: str
    lang: str
    kind: str
    """`briefing`, `actor`, `issue`, `source`, `position`, `event`, `key-point` or `page`."""

    note: str = ""
    """What places it, in a few words: of a statement how it is known and when."""

    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By facet: `actor`, `issue`, `source`, `stance`, `modality`, `proof`, `year`."""

    sort_date: str = ""
    """The first day it touches, as YYYY-MM-DD."""

    meta: dict[str, str] = field(default_factory=dict)
    """What a list of results shows of a statement, field by field."""

    @property
    def is_statement(self) -> bool:
        """Whether it is a part of a page."""
        return "#" in self.url


def search_records(atlas: Atlas, statements: Iterable[Statement], language: Language) -> list[Record]:
    """Every record of the site in one language; pages come before statements."""
    return [
        *_briefing_records(atlas, language),
        *_registry_records(atlas, language),
        Record(
            "timeline/", str(language.t("timeline.title")), str(language.t("timeline.stand")), language.code, "page"
        ),
        Record("explore/", str(language.t("explore.title")), str(language.t("explore.stand")), language.code, "page"),
        *(_statement_record(statement, language) for statement in statements),
    ]


def _briefing_records(atlas: Atlas, language: Language) -> Iterator[Record]:
    plain = language.plain
    for briefing in atlas.corpus.briefings.values():
        url, day = f"briefings/{briefing.id}/", briefing.date.first_day.isoformat()
        year = {"year": (day[:4],)}
        names = [plain(party.name) for party in atlas.parties_by_briefing[briefing.id]]
        text = f"{strip_prose(plain(briefing.summary))} {', '.join(names)}"
        note = str(language.t("date.as-of", date=language.date(briefing.date)))
        yield Record(url, plain(briefing.title), text, language.code, "briefing", note, year, day)
        for point in briefing.key_points:
            issue = atlas.corpus.issues[point.issue] if point.issue else None
            title = plain(issue.question) if issue else plain(briefing.title)
            filters = year | ({"issue": (issue.id,)} if issue else {})
            text = strip_prose(plain(point.summary))
            yield Record(f"{url}#key-point-{point.id}", title, text, language.code, "key-point", note, filters, day)


def _registry_records(atlas: Atlas, language: Language) -> Iterator[Record]:
    plain, t = language.plain, language.t
    for actor in atlas.corpus.actors.values():
        roles = [plain(role.title) for role in actor.roles]
        description = strip_prose(plain(actor.description)) if actor.description else ""
        text = _sentences([description, ", ".join([*roles, *actor.aliases])])
        note = str(t(f"kind-of.{actor.kind}"))
        yield Record(f"actors/{actor.id}/", plain(actor.name), text, language.code, "actor", note)
    for issue in atlas.corpus.issues.values():
        description = strip_prose(plain(issue.description)) if issue.description else ""
        text = _sentences([plain(issue.short), description, ", ".join(map(plain, issue.topics))])
        yield Record(f"issues/{issue.id}/", plain(issue.question), text, language.code, "issue")
    for source in atlas.corpus.sources.values():
        parts = [source.publisher, source.author, language.date(source.published)]
        note = str(t(f"source-kind.{source.kind}"))
        text = ", ".join(filter(None, parts))
        yield Record(f"sources/{source.id}/", plain(source.title), text, language.code, "source", note)


def _statement_record(statement: Statement, language: Language) -> Record:
    actors, issues = (", ".join(thing.name for thing in things) for things in (statement.actors, statement.issues))
    stance = str(language.t(f"stance.{statement.stance}")) if statement.stance else ""
    known = str(language.t(f"modality.{statement.modality}")) if statement.modality else ""
    told = f"{known} ({statement.said_by})" if statement.said_by else known
    event = statement.view.event if statement.kind == "event" else None
    title = language.plain(event.title) if event else " : ".join(filter(None, [actors, stance]))
    parts = [issues, statement.summary, statement.condition, *statement.quotations, actors, statement.said_by]
    if event:
        parts += [f"{figure.value} {language.plain(figure.label)}" for figure in event.figures]
        parts += [language.plain(event.place)] if event.place else []
    note = " · ".join(filter(None, [told, statement.status, issues if not event else "", statement.date]))
    meta = {
        "who": actors,
        "issue": issues,
        "word": stance,
        "known": told or " · ".join(filter(None, [str(language.t("statement.event")), statement.status])),
        "summary": statement.summary,
        "quotation": statement.quotations[0] if statement.quotations else "",
        "date": statement.date,
    }
    return Record(
        statement.url,
        title,
        _sentences(parts),
        language.code,
        statement.kind,
        note,
        statement.filters | {"year": (statement.year,)},
        statement.sort_date,
        {key: value for key, value in meta.items() if value},
    )


def _sentences(parts: Iterable[str]) -> str:
    """Parts as sentences: each ends in a stop, but only one."""
    return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)
