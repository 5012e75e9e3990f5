"""Search records: what can be found, as data. One for each page and one for each statement; nothing parses HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .language import Language
from .prose import strip_prose
from .typography import fold
from .views.atlas import Atlas
from .views.statements import EventView, PositionView


@dataclass(frozen=True)
class Record:
    """One thing that a reader may look for."""

    url: str
    """From the language's root, without a leading slash; with its anchor for a statement."""

    title: str
    text: str
    lang: str
    kind: str
    """`briefing`, `actor`, `issue`, `source`, `position`, `event` or `key-point`."""

    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By facet: `actor`, `issue`, `source`, `stance`, `modality`, `year`."""

    sort_date: str = ""
    """The first day it touches, as YYYY-MM-DD."""


def search_records(atlas: Atlas, language: Language) -> list[Record]:
    """Every record of the site in one language; a page comes before the statements that it holds."""
    return [
        *_briefing_records(atlas, language),
        *_registry_records(atlas, language),
        Record("timeline/", str(language.t("timeline.title")), "", language.code, "page"),
        *(_event_record(view, language) for view in atlas.events),
    ]


def _briefing_records(atlas: Atlas, language: Language) -> Iterator[Record]:
    plain = language.plain
    for briefing in atlas.corpus.briefings.values():
        url, day = f"briefings/{briefing.id}/", briefing.date.first_day.isoformat()
        names = [plain(party.name) for party in atlas.parties_by_briefing[briefing.id]]
        text = f"{strip_prose(plain(briefing.summary))} {', '.join(names)}"
        yield Record(url, plain(briefing.title), text, language.code, "briefing", sort_date=day)
        for point in briefing.key_points:
            issue = atlas.corpus.issues[point.issue] if point.issue else None
            title = plain(issue.question) if issue else plain(briefing.title)
            filters = {"issue": (issue.id,)} if issue else {}
            text = strip_prose(plain(point.summary))
            yield Record(f"{url}#key-point-{point.id}", title, text, language.code, "key-point", filters, day)
        for view in atlas.positions_by_briefing[briefing.id]:
            yield _position_record(view, language)


def _registry_records(atlas: Atlas, language: Language) -> Iterator[Record]:
    plain = language.plain
    for actor in atlas.corpus.actors.values():
        roles = [plain(role.title) for role in actor.roles]
        description = strip_prose(plain(actor.description)) if actor.description else ""
        text = _sentences([description, ", ".join([*roles, *actor.aliases])])
        yield Record(f"actors/{actor.id}/", plain(actor.name), text, language.code, "actor")
    for issue in atlas.corpus.issues.values():
        description = strip_prose(plain(issue.description)) if issue.description else ""
        text = _sentences([description, ", ".join(issue.topics)])
        yield Record(f"issues/{issue.id}/", plain(issue.question), text, language.code, "issue")
    for source in atlas.corpus.sources.values():
        text = ", ".join(filter(None, [source.publisher, source.author, language.date(source.published)]))
        yield Record(f"sources/{source.id}/", plain(source.title), text, language.code, "source")


def _position_record(view: PositionView, language: Language) -> Record:
    plain, position = language.plain, view.position
    stance = language.t(f"stance.{position.stance}")
    title = f"{plain(view.holder.name)} : {stance} · {plain(view.issue.short)}"
    if position.withdrawn:
        title = f"{title} ({language.t('position.is-withdrawn')})"
    quotes = [f"{item.quotation.quote}" for item in view.quotations]
    told_by = [plain(view.said_by.name)] if view.said_by else []
    text = _sentences([plain(view.issue.question), strip_prose(plain(position.summary)), *quotes, *told_by])
    filters = {
        "actor": (view.holder.key,),
        "issue": (view.issue.id,),
        "source": tuple({item.source.id: None for item in view.evidence}),
        "stance": (position.stance,),
        "modality": (position.modality,),
        "year": (str(position.date.first_day.year),),
    }
    return Record(view.url, title, text, language.code, "position", filters, position.date.first_day.isoformat())


def _event_record(view: EventView, language: Language) -> Record:
    plain, event = language.plain, view.event
    parts = [language.date(event.date), str(language.t(f"event-status.{view.status}"))]
    parts += [strip_prose(plain(event.summary))] if event.summary else []
    parts += [f"{figure.value} {plain(figure.label)}" for figure in event.figures]
    parts += [plain(event.place)] if event.place else []
    parts += [plain(party.name) for party in view.actors]
    filters = {
        "actor": tuple(party.key for party in view.actors),
        "issue": tuple(issue.id for issue in view.issues),
        "source": tuple({item.source.id: None for item in view.evidence}),
        "year": (str(event.date.first_day.year),),
    }
    day = event.date.first_day.isoformat()
    return Record(view.url, plain(event.title), _sentences(parts), language.code, "event", filters, day)


def _sentences(parts: Iterable[str]) -> str:
    """Parts as sentences: each ends in a stop, but only one."""
    return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)


def folded_words(record: Record) -> str:
    """The words of a record that change when folded, so that a search without accents finds them."""
    words = dict.fromkeys(re.findall(r"\w+", f"{record.title} {record.text}"))
    return " ".join(fold(word) for word in words if fold(word) != word)
