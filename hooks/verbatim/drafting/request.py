"""Request: one self-contained text that asks an assistant in a chat window to finish a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from string import Template

from ..model.dates import Edtf, parse_edtf
from ..model.entities import Actor, Briefing, Issue, Lasting
from ..reading.corpus import Corpus
from .draft import Draft
from .fields import list_fields
from .known import Known
from .writing import visible, write_briefing

_FOLDER = Path(__file__).parent
_RARE = ("formerly", "updates", "withdrawn", "corrects", "wikidata", "member_of")
"""Fields that a new briefing has no use for."""
_MOST = 300
"""Ids of one kind that a request lists."""


def write_request(draft: Draft, corpus: Corpus, path: str, languages: Collection[str]) -> str:
    """`path` is that of the briefing in its project; `languages` are the site's.

    What the article says stands between two lines that name a digest of it, so that it cannot hold such a line.
    """
    others = {id: briefing for id, briefing in corpus.briefings.items() if id != draft.about.id}
    corpus = replace(corpus, briefings=others)
    article = "\n".join(_numbered(draft))
    skeleton = write_briefing(draft, corpus)
    ending = f"-{draft.about.published}"
    return Template(_read("request.md")).substitute(
        path=path,
        folder=path.split("/")[0],
        source=draft.about.id,
        languages=" and ".join(languages),
        rules=_read("house-rules.md").strip(),
        fields=list_fields(Briefing, Actor, Issue, without=_RARE),
        example=_read("example.yml"),
        ending=ending,
        known="\n\n".join(_known(draft, corpus, ending)),
        mark=hashlib.sha256(f"{article}\n{skeleton}".encode()).hexdigest()[:32],
        article=article,
        skeleton=skeleton,
    )


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _numbered(draft: Draft) -> Iterator[str]:
    if draft.article.title:
        yield f"Title: {_one_line(draft.article.title)}"
    for number, paragraph in enumerate(draft.article.paragraphs, 1):
        yield f"[{number}] {_one_line(paragraph)}"


def _one_line(text: str) -> str:
    """The text as it is, without characters that would begin a line or cannot be seen."""
    return visible(" ".join(text.splitlines()))


def _known(draft: Draft, corpus: Corpus, ending: str) -> Iterator[str]:
    lang, known = draft.about.lang, Known(corpus, draft.about.lang)
    named = {party.id for party in draft.cast.parties}
    actors = sorted(corpus.actors.values(), key=lambda actor: (actor.id not in named, actor.id))
    today = parse_edtf(str(draft.about.published))
    yield _section("Actors", (f"{actor.id}: {_in(actor.name, lang)} ({_described(actor, today)})" for actor in actors))
    yield _section("Questions", (f"{id}: {_in(issue.question, lang)}" for id, issue in sorted(corpus.issues.items())))
    near = [event for each in known.events_near(draft.events) for event in each]
    yield _section(
        "Events near in time",
        (f"{each.event.id}: {each.event.date}, {each.status}, {_in(each.event.title, lang)}" for each in near),
    )
    held = [position for actor in sorted(filter(None, named)) for position in known.latest_positions(actor, (), today)]
    yield _section(
        "Positions of those who are named, the latest on each question",
        (f"{each.id}: {each.actor}, {each.issue}, {each.stance}, {each.date}" for each in held),
    )
    items = (item for b in corpus.briefings.values() for item in (*b.quotations, *b.positions, *b.events))
    taken = {item.id for item in items if isinstance(item, Lasting)}
    yield _section(f"Taken ids that end in {ending}", sorted(id for id in taken if id.endswith(ending)))


def _described(actor: Actor, today: Edtf) -> str:
    """What it is, and for whom its roles let it speak."""
    speaks_for = dict.fromkeys(role.organisation for role in actor.roles if role.organisation and role.held_on(today))
    return f"{actor.kind}, speaks for {', '.join(speaks_for)}" if speaks_for else actor.kind


def _section(name: str, lines: Iterable[str]) -> str:
    listed = [f"- {line}" for line in lines]
    rest = [f"- and {len(listed) - _MOST} more, which are not listed"] if len(listed) > _MOST else []
    return "\n".join([f"{name}:", *(listed[:_MOST] or ["- none"]), *rest])


def _in(text: dict[str, str], lang: str) -> str:
    return text.get(lang) or next(iter(text.values()))
