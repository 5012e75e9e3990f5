"""The corpus: every record that was loaded, with the document that each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.entities import Actor, Briefing, Event, EventAddition, Issue, Record, Source
from ..problems import Problem, Severity
from .lock import NAME, Lock
from .signatures import Signatures
from .strict_yaml import Document
from .texts import SourceText


@dataclass(frozen=True)
class Corpus:
    """All sources, actors, issues and briefings by id; briefings in the order of their dates."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    issues: Mapping[str, Issue] = field(default_factory=dict)
    briefings: Mapping[str, Briefing] = field(default_factory=dict)

    documents: Mapping[tuple[type[Record], str], Document] = field(default_factory=dict, repr=False)
    """By the record's type and id."""

    texts: Mapping[str, SourceText] = field(default_factory=dict, repr=False)
    """The private or public texts that are at hand, by source."""

    lock: Lock = field(default_factory=Lock, repr=False)
    lock_file: str = NAME
    """As problems name it."""

    signatures: Signatures = field(default_factory=Signatures, repr=False)
    last_commit: frozenset[str] = frozenset()
    """The files that git's last commit has."""

    unread: Mapping[type, frozenset[str]] = field(default_factory=dict)
    """The ids, by type, of files that exist but whose problems kept them from being read."""

    def problem(
        self, record: Record, *loc: str | int, message: str, hint: str = "", severity: Severity = "error"
    ) -> Problem:
        """A problem at a field of a record: `corpus.problem(briefing, "positions", 2, "actor", message=…)`."""
        return self.documents[type(record), record.id].problem(loc, message, hint, severity)

    def is_new(self, record: Record) -> bool:
        """Whether a record's file is in no commit yet, so that a clash is for its author to mend."""
        return self.documents[type(record), record.id].file not in self.last_commit

    def open_points(self, briefing: Briefing) -> tuple[Problem, ...]:
        """What a draft leaves open; none for what is published."""
        document = self.documents.get((Briefing, briefing.id))
        return document.open_points if document else ()

    def statuses(self) -> dict[str, list[tuple[Briefing, Event | EventAddition]]]:
        """By event: what gives it a status, the latest last; on one day its definition is first, a correction last."""
        items = [(briefing, item) for briefing in self.briefings.values() for item in briefing.events if item.status]
        items.sort(key=lambda pair: (pair[0].date.sort_key, _rank(pair[1])))
        told: dict[str, list[tuple[Briefing, Event | EventAddition]]] = {}
        for briefing, item in items:
            told.setdefault(item.event if isinstance(item, EventAddition) else item.id, []).append((briefing, item))
        return told

    def records(self) -> list[Record]:
        return [
            record
            for registry in (self.sources, self.actors, self.issues, self.briefings)
            for record in registry.values()
        ]

    def published(self) -> Corpus:
        """The published briefings, and the sources, actors and issues that these need, directly or through others."""
        briefings = {id: briefing for id, briefing in self.briefings.items() if briefing.status == "published"}
        registries: dict[str, Mapping[str, Source] | Mapping[str, Actor] | Mapping[str, Issue]] = {
            "source": self.sources,
            "actor": self.actors,
            "party": self.actors,
            "speaker": self.actors,
            "issue": self.issues,
        }
        needed: set[tuple[type, str]] = set()
        unfollowed: list[Record] = [*briefings.values()]
        while unfollowed:
            for loc, kind, id in unfollowed.pop().references:
                if "different_from" in loc:  # which says that it is not needed
                    continue
                record = registries.get(kind, {}).get(id)  # none for a voice, or for something inside a briefing
                if record and (type(record), id) not in needed:
                    needed.add((type(record), id))
                    unfollowed.append(record)
        return replace(
            self,
            sources={id: source for id, source in self.sources.items() if (Source, id) in needed},
            actors={id: actor for id, actor in self.actors.items() if (Actor, id) in needed},
            issues={id: issue for id, issue in self.issues.items() if (Issue, id) in needed},
            briefings=briefings,
        )


def _rank(item: Event | EventAddition) -> int:
    return 0 if isinstance(item, Event) else 2 if item.corrects else 1
