"""What a reader sees of one position, event, quotation or voice: names and addresses instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal
from urllib.parse import quote as percent_encode

from ..model.entities import Briefing, Event, EventAddition, Issue, Position, Quotation, Source
from ..model.values import GAP, Locator, Text
from ..reading.texts import normalise
from .addresses import anchor, anchor_at, item_url, page_url

PartyKind = Literal["person", "organisation", "state", "group", "voice", "source"]


@dataclass(frozen=True, eq=False)
class Party:
    """Who holds, says or relays something: an actor, a briefing's voice, or the publication itself.

    An atlas makes one object for each actor and voice, so parties are compared as objects.
    """

    key: str
    """Unique on the site: `actor/nato`, `voice/<briefing>/<voice>`, `source/<source>`."""

    kind: PartyKind
    name: Text
    url: str
    """From the site's root, without a leading slash: `actors/nato/`."""

    note: Text | None = None
    """Two or three words that place it: a role, if it has one."""


@dataclass(frozen=True)
class QuotationView:
    quotation: Quotation
    source: Source
    speaker: Party
    relayed_by: Party | None
    briefing: Briefing

    verified: bool
    """Whether the lock has it. A source without a text cannot be verified."""

    @property
    def anchor(self) -> str:
        return anchor(self.quotation)

    @property
    def former_anchors(self) -> list[str]:
        return [anchor_at(Quotation, id) for id in self.quotation.formerly]

    @property
    def passage_url(self) -> str:
        """The source's own page, opened at the passage; empty where the source has no address."""
        return text_fragment_url(self.source.url, self.quotation) if self.source.url else ""

    @property
    def url(self) -> str:
        return item_url(self.source, self.quotation)


@dataclass(frozen=True)
class EvidenceView:
    """One thing that a claim rests on: a quotation, or a paraphrase where `quotation` is None."""

    source: Source
    locator: Locator | None
    quotation: QuotationView | None = None

    @property
    def url(self) -> str:
        return self.quotation.url if self.quotation else page_url(self.source)


Relation = Literal[
    "speaks",
    "position-of",
    "through",
    "reported-by",
    "expected-by",
    "relayed-by",
    "read-by-us",
    "quoted-by",
    "summarised-by",
]
Mark = Literal["relayed", "heard", "document"]
"""How a link is drawn: hollow for who is only reported, filled for who is quoted, square for the document."""


@dataclass(frozen=True)
class Link:
    """One link of a chain of voices, from who holds a position to the document we read it in."""

    relation: Relation
    party: Party
    mark: Mark


@dataclass(frozen=True)
class PositionView:
    kind: ClassVar = "position"
    position: Position
    briefing: Briefing
    issue: Issue
    holder: Party
    said_by: Party | None
    relayed_by: Party | None
    evidence: tuple[EvidenceView, ...]
    expected_at: EventView | None = None
    replaces: str | None = None
    """The address of the position that it replaces."""

    role: Text | None = None
    """The holder's, on the day of the position."""

    @property
    def anchor(self) -> str:
        return anchor(self.position)

    @property
    def former_anchors(self) -> list[str]:
        return [anchor_at(Position, id) for id in self.position.formerly]

    @property
    def url(self) -> str:
        return item_url(self.briefing, self.position)

    @property
    def quotations(self) -> list[QuotationView]:
        return [item.quotation for item in self.evidence if item.quotation]

    @property
    def words(self) -> list[QuotationView]:
        return distinct_words(self.evidence)

    @property
    def chain(self) -> list[Link]:
        """Who holds it, through whom we know it, and where it is written."""
        return list(_chain(self))


def _chain(view: PositionView) -> Iterator[Link]:
    position = view.position
    quoted = bool(view.quotations)
    heard: Mark = "heard" if quoted else "relayed"
    if position.modality == "stated" and view.said_by in (None, view.holder):
        yield Link("speaks", view.holder, heard)
    else:
        yield Link("position-of", view.holder, "relayed")
        if view.said_by and view.said_by.kind != "source":
            yield Link(_SAID[position.modality], view.said_by, heard)
    if view.relayed_by:
        yield Link("relayed-by", view.relayed_by, "relayed")
    reading: Relation = "quoted-by" if quoted else "summarised-by"
    if position.modality == "inferred":
        reading = "read-by-us"
    yield Link(reading, source_party(view.evidence[0].source), "document")


_SAID: dict[str, Relation] = {
    "stated": "through",
    "reported": "reported-by",
    "expected": "expected-by",
    "inferred": "through",
}
"""How `said_by` is related to the position, by its modality."""


@dataclass(frozen=True)
class OutcomeView:
    """What another briefing says of an event: its status as of that briefing's date."""

    addition: EventAddition
    briefing: Briefing
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class EventView:
    kind: ClassVar = "event"
    event: Event
    briefing: Briefing
    actors: tuple[Party, ...]
    issues: tuple[Issue, ...]
    evidence: tuple[EvidenceView, ...]
    outcomes: tuple[OutcomeView, ...] = ()
    """By the dates of their briefings."""

    replaces: str | None = None
    """The address of the event in whose place it came."""

    overdue: bool = False
    """Announced for a day that has passed, with nothing recorded of what came of it."""

    @property
    def statuses(self) -> list[tuple[Briefing, str]]:
        """Its status in each briefing that speaks of it, by their dates; on one day additions come last."""
        statuses = [(self.briefing, self.event.status)]
        statuses += [(outcome.briefing, outcome.addition.status) for outcome in self.outcomes]
        return sorted(statuses, key=lambda pair: pair[0].date.sort_key)

    @property
    def status(self) -> str:
        """As the latest-dated briefing has it."""
        return self.statuses[-1][1]

    def status_on(self, day: date) -> str:
        """As the latest briefing up to a day has it, or the first one of all."""
        until = [status for briefing, status in self.statuses if briefing.date.lower <= day]
        return until[-1] if until else self.statuses[0][1]

    @property
    def changed(self) -> bool:
        """Whether a later briefing says something else of it than the first."""
        return len({status for _, status in self.statuses}) > 1

    @property
    def anchor(self) -> str:
        return anchor(self.event)

    @property
    def former_anchors(self) -> list[str]:
        return [anchor_at(Event, id) for id in self.event.formerly]

    @property
    def url(self) -> str:
        return item_url(self.briefing, self.event)

    @property
    def in_calendar(self) -> bool:
        return self.event.date.is_exact

    @property
    def words(self) -> list[QuotationView]:
        return distinct_words(self.evidence)


@dataclass(frozen=True)
class OtherClaim:
    """A key point or an outcome, as something that rests on evidence."""

    kind: ClassVar = "other"
    title: Text
    url: str
    evidence: tuple[EvidenceView, ...]


Claim = PositionView | EventView | OtherClaim
"""What rests on evidence; `kind` tells templates which it is."""


@dataclass(frozen=True)
class Camp:
    """Those who share a stance on an issue."""

    stance: str
    positions: list[PositionView] = field(default_factory=list)

    @property
    def modalities(self) -> list[tuple[str, int]]:
        """How its positions are known, with their numbers, in the order of their first."""
        counts: dict[str, int] = {}
        for view in self.positions:
            counts[view.position.modality] = counts.get(view.position.modality, 0) + 1
        return list(counts.items())


def distinct_words(evidence: Iterable[EvidenceView]) -> list[QuotationView]:
    """The quotations of a claim, those that several sources print alike only once."""
    quotations: dict[str, QuotationView] = {}
    for item in evidence:
        if item.quotation:
            quotations.setdefault(normalise(item.quotation.quotation.quote), item.quotation)
    return list(quotations.values())


def independent_sources(evidence: Iterable[EvidenceView]) -> int:
    """How many sources a claim has: those that share a dispatch count once."""
    return len({item.source.origin or item.source.id for item in evidence})


def text_fragment_url(url: str, quotation: Quotation) -> str:
    """An address that opens at a quotation (URL Fragment Text Directives, WICG draft).

    Long quotations, and those with a gap, are given by their first and last words.
    """
    parts = quotation.quote.split(GAP)
    first, last = parts[0].split(), parts[-1].split()
    whole = len(parts) == 1 and len(first) <= 8
    words = [" ".join(first)] if whole else [" ".join(first[:4]), " ".join(last[-4:])]
    terms = [_escape_term(word) for word in words]
    terms = [f"{_escape_term(quotation.prefix)}-", *terms] if quotation.prefix else terms
    terms = [*terms, f"-{_escape_term(quotation.suffix)}"] if quotation.suffix else terms
    return f"{url}{'' if '#' in url else '#'}:~:text={','.join(terms)}"


def _escape_term(words: str) -> str:
    return percent_encode(words.strip(), safe="").replace("-", "%2D")


def source_party(source: Source) -> Party:
    """The publication's own voice."""
    return Party(f"source/{source.id}", "source", source.title, page_url(source))
