"""What a reader sees of one position, event, quotation or voice: names and addresses instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import quote as percent_encode

from ..model.entities import Briefing, Event, EventAddition, Issue, Position, Quotation, Source
from ..model.values import Locator
from ..reading.texts import GAP, normalise

Text = Mapping[str, str]
"""Words by language code."""

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
    """Whether the lock bears it out; a source without a text has nothing to verify against."""

    @property
    def anchor(self) -> str:
        return f"quotation-{self.quotation.id}"

    @property
    def former_anchors(self) -> list[str]:
        return [f"quotation-{id}" for id in self.quotation.formerly]

    @property
    def passage_url(self) -> str:
        """The source's own page, opened at the passage; empty where the source has no address."""
        return text_fragment_url(self.source.url, self.quotation) if self.source.url else ""

    @property
    def url(self) -> str:
        return f"sources/{self.source.id}/#{self.anchor}"


@dataclass(frozen=True)
class EvidenceView:
    """One thing that a claim rests on: a quotation, or a paraphrase where `quotation` is None."""

    source: Source
    locator: Locator | None
    quotation: QuotationView | None = None

    @property
    def url(self) -> str:
        return self.quotation.url if self.quotation else f"sources/{self.source.id}/"


@dataclass(frozen=True)
class Link:
    """One link of a chain of voices, from who holds a position to the document we read it in."""

    relation: Literal[
        "speaks", "position-of", "through", "reported-by", "expected-by", "relayed-by", "read-by-us", "quoted-by",
        "summarised-by",
    ]  # fmt: skip
    party: Party
    mark: Literal["relayed", "heard", "document"]
    """How it is drawn: hollow for a position that others tell, filled for the mouth that we hear."""


@dataclass(frozen=True)
class PositionView:
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
        return f"position-{self.position.id}"

    @property
    def former_anchors(self) -> list[str]:
        return [f"position-{id}" for id in self.position.formerly]

    @property
    def url(self) -> str:
        return f"briefings/{self.briefing.id}/#{self.anchor}"

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
    position, source = view.position, view.evidence[0].source
    quoted = bool(view.quotations)
    document = source_party(source)
    spoken_for_itself = position.modality == "stated" and view.said_by in (None, view.holder)
    if spoken_for_itself:
        yield Link("speaks", view.holder, "heard" if quoted else "relayed")
    else:
        yield Link("position-of", view.holder, "relayed")
        if view.said_by and view.said_by.kind != "source":
            relation = {"stated": "through", "expected": "expected-by", "inferred": "through"}.get(
                position.modality, "reported-by"
            )
            yield Link(relation, view.said_by, "heard" if quoted else "relayed")
    if view.relayed_by:
        yield Link("relayed-by", view.relayed_by, "relayed")
    relation = "read-by-us" if position.modality == "inferred" else "quoted-by" if quoted else "summarised-by"
    yield Link(relation, document, "document")


@dataclass(frozen=True)
class OutcomeView:
    """What another briefing says of an event: its status as of that briefing's date."""

    addition: EventAddition
    briefing: Briefing
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class EventView:
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
    def told(self) -> list[tuple[Briefing, str]]:
        """Its status in each briefing that speaks of it, by their dates; of one day's, what was added comes last."""
        told = [(self.briefing, self.event.status)]
        told += [(outcome.briefing, outcome.addition.status) for outcome in self.outcomes]
        return sorted(told, key=lambda pair: pair[0].date.sort_key)

    @property
    def status(self) -> str:
        """As the latest-dated briefing has it."""
        return self.told[-1][1]

    def status_on(self, day: date) -> str:
        """As the latest briefing up to a day has it, or the first one of all."""
        told = self.told
        return next((status for briefing, status in reversed(told) if briefing.date.lower <= day), told[0][1])

    @property
    def changed(self) -> bool:
        """Whether a later briefing says something else of it than the first."""
        return len({status for _, status in self.told}) > 1

    @property
    def anchor(self) -> str:
        return f"event-{self.event.id}"

    @property
    def former_anchors(self) -> list[str]:
        return [f"event-{id}" for id in self.event.formerly]

    @property
    def url(self) -> str:
        return event_address(self.briefing, self.event.id)

    @property
    def in_calendar(self) -> bool:
        return self.event.date.is_exact

    @property
    def words(self) -> list[QuotationView]:
        return distinct_words(self.evidence)


@dataclass(frozen=True)
class OtherClaim:
    """A key point or an outcome, as something that rests on evidence."""

    title: Text
    url: str
    evidence: tuple[EvidenceView, ...]


Claim = PositionView | EventView | OtherClaim
"""What rests on evidence."""


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


def event_address(briefing: Briefing, id: str) -> str:
    """Where an event stands with its evidence: in the briefing that defines it, however large the timeline grows."""
    return f"briefings/{briefing.id}/#event-{id}"


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
    return Party(f"source/{source.id}", "source", source.title, f"sources/{source.id}/")
