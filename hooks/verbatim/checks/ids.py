"""What has an id, and what names it."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.entities import EventAddition, Lasting, Record
from ..problems import Loc, Message, Problem
from ..reading.corpus import Corpus
from ..wording.words import words_of


def ids_are_unique(corpus: Corpus) -> Iterator[Problem]:
    """Positions, events and quotations are permalinks of the site; the rest are unique in their briefing.

    The newer file is at fault: one that is not committed, else that of the later briefing.
    """
    seen: dict[tuple[str, str, str], Problem] = {}
    for briefing in sorted(corpus.briefings.values(), key=corpus.is_new):
        for field in ("positions", "events", "quotations", "voices", "key_points", "open_questions", "updates"):
            scope = "" if field in ("positions", "events", "quotations") else briefing.id
            for index, item in enumerate(getattr(briefing, field)):
                if isinstance(item, EventAddition):
                    continue
                here = corpus.problem(briefing, field, index, "id", message="")
                first = seen.setdefault((field, scope, item.id), here)
                if first is not here:
                    message = Message("the id {id!r} is taken (by {where})", id=item.id, where=first.where)
                    hint = "choose another"
                    if field == "events" and first.where.file != here.where.file:
                        hint = Message(
                            "to add to that event write `event: {id}` instead; else choose another", id=item.id
                        )
                    yield corpus.problem(briefing, field, index, "id", message=message, hint=hint)


def former_ids_are_free(corpus: Corpus) -> Iterator[Problem]:
    """A former id is nobody's id now, and was one thing's before. The newer file is at fault."""
    groups: list[list[tuple[Record, Loc, Lasting]]] = [
        [(record, (), record) for record in registry.values()]
        for registry in (corpus.sources, corpus.actors, corpus.issues, corpus.briefings)
    ]
    for field in ("positions", "events", "quotations"):
        groups.append(
            [
                (briefing, (field, index), item)
                for briefing in corpus.briefings.values()
                for index, item in enumerate(getattr(briefing, field))
                if isinstance(item, Lasting)
            ]
        )
    for group in groups:
        uses = [(record, (*loc, "id"), item.id) for record, loc, item in group]
        uses += [
            (record, (*loc, "formerly", place), former)
            for record, loc, item in group
            for place, former in enumerate(item.formerly)
        ]
        first: dict[str, Loc] = {}
        for record, loc, id in sorted(uses, key=lambda use: corpus.is_new(use[0])):
            if id in first and "formerly" in (*first[id], *loc):
                yield corpus.problem(
                    record, *loc, message=Message("the id {id!r} is taken", id=id), hint="choose another"
                )
            first.setdefault(id, loc)


def voices_are_not_actors(corpus: Corpus) -> Iterator[Problem]:
    """A voice has an id that no actor has, so that a reference names one of them."""
    for briefing in corpus.briefings.values():
        for index, voice in enumerate(briefing.voices):
            if voice.id in corpus.actors:
                message = Message("an actor has the id {id!r}", id=voice.id)
                yield corpus.problem(
                    briefing, "voices", index, "id", message=message, hint="choose another, or name the actor itself"
                )


def nothing_is_named_twice(corpus: Corpus) -> Iterator[Problem]:
    """A list of ids names each once."""
    for record in corpus.records():
        seen: set[tuple[str | int, ...]] = set()
        for loc, _, id in record.references:
            if len(loc) > 1 and isinstance(loc[-1], int):
                if (*loc[:-1], id) in seen:
                    yield corpus.problem(
                        record, *loc, message=Message("{id!r} is named twice here", id=id), hint="delete one"
                    )
                seen.add((*loc[:-1], id))


def voices_are_heard(corpus: Corpus) -> Iterator[Problem]:
    """A voice that nothing names is a leftover."""
    for briefing in corpus.briefings.values():
        named = {id for _, kind, id in briefing.references if kind in ("party", "speaker")}
        for index, voice in enumerate(briefing.voices):
            if voice.id not in named:
                message = Message("nothing in this briefing names the voice {id!r}", id=voice.id)
                yield corpus.problem(
                    briefing, "voices", index, "id", message=message, hint="delete it, or name it", severity="warning"
                )


def published_rests_on_published(corpus: Corpus) -> Iterator[Problem]:
    """A published briefing names no event or position of a draft, which readers would look for in vain."""
    drafts = {
        (field, item.id)
        for briefing in corpus.briefings.values()
        for field in ("positions", "events")
        for item in getattr(briefing, field)
        if briefing.status == "draft" and isinstance(item, Lasting)
    }
    for briefing in corpus.briefings.values():
        for loc, kind, id in briefing.references:
            if briefing.status == "published" and (f"{kind}s", id) in drafts:
                message = Message("{id!r} belongs to a draft", id=id)
                yield corpus.problem(briefing, *loc, message=message, hint="publish that one first")


def aliases_are_nobodys_names(corpus: Corpus) -> Iterator[Problem]:
    """No actor's name or alias is another actor's, which would lead readers to the wrong one."""
    owners: dict[str, set[str]] = {}
    bearers: dict[str, set[str]] = {}
    for actor in corpus.actors.values():
        for name in actor.name.values():
            owners.setdefault(_folded(name), set()).add(actor.id)
        for alias in actor.aliases:
            bearers.setdefault(_folded(alias), set()).add(actor.id)
    owners[""] = bearers[""] = set()  # of names in signs alone, which differ
    for actor in corpus.actors.values():
        for lang, name in actor.name.items():
            others = owners[_folded(name)] - {actor.id}
            if others and min(others) < actor.id:
                message = Message("{name!r} is the name of {other!r}, too", name=name, other=min(others))
                hint = "tell them apart, as by an office"
                yield corpus.problem(actor, "name", lang, message=message, hint=hint, severity="warning")
        for index, alias in enumerate(actor.aliases):
            others = owners.get(_folded(alias), set()) - {actor.id}
            if others:
                message = Message("{alias!r} is the name of {other!r}", alias=alias, other=min(others))
                yield corpus.problem(actor, "aliases", index, message=message, hint="leave it out", severity="warning")
            first = min(bearers[_folded(alias)], default=actor.id)
            if first < actor.id and not others:
                message, hint = (
                    Message("{alias!r} is an alias of {first!r}, too", alias=alias, first=first),
                    "leave it to one of them",
                )
                yield corpus.problem(actor, "aliases", index, message=message, hint=hint, severity="warning")


def _folded(name: str) -> str:
    """A name without what a search does not tell apart: case, accents, and how its words are joined."""
    return " ".join(words_of(name, ()))
