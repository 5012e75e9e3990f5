"""Statements: the views of positions, events, quotations and parties, with names and URLs instead of ids."""

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
from .edits import Edit, Told, told_of

PartyKind = Literal["person", "organisation", "state", "group", "voice", "source"]


@dataclass(frozen=True, eq=False)
class Party:
    """Who holds, says or relays something: an actor, a briefing's voice, or the publication itself.

    Compared by identity: an atlas has one object for each actor and voice.
    """

    key: str
    """Unique on the site: `actor/nato`, `voice/<briefing>/<voice>`, `source/<source>`."""

    kind: PartyKind
    name: Text
    url: str
    """Relative to the language's root, without a leading slash: `actors/nato/`."""

    note: Text | None = None
    """A few words that describe it: the first role, if any."""

    wikidata: str | None = None
    """Its item in Wikidata: `Q7184`."""


@dataclass(frozen=True)
class QuotationView:
    quotation: Quotation
    source: Source
    speaker: Party
    relayed_by: Party | None
    briefing: Briefing

    verified: bool
    """Whether the lock has it; False if the source has no text."""

    @property
    def anchor(self) -> str:
        return anchor(self.quotation)

    @property
    def former_anchors(self) -> list[str]:
        return [anchor_at(Quotation, id) for id in self.quotation.formerly]

    @property
    def passage_url(self) -> str:
        """The source's own web page, opened at the passage; empty if the source has no URL."""
        return text_fragment_url(self.source.url, self.quotation) if self.source.url else ""

    @property
    def url(self) -> str:
        return item_url(self.source, self.quotation)


@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence: a quotation, or a paraphrase if `quotation` is None."""

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
    "expected-in",
]
Mark = Literal["relayed", "heard", "document"]
"""How a link is drawn: filled for a quoted party, hollow for a reported one, square for the document."""


@dataclass(frozen=True)
class Link:
    """One link of the chain from a position's holder to the document that has it."""

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
    """The URL of the position that it replaces."""

    role: Text | None = None
    """The holder's role on the day of the position."""

    edits: tuple[Edit, ...] = ()

    @property
    def told(self) -> list[Told]:
        """When it was told first, and what has become of it since."""
        told = told_of(self.briefing.date.last_day, self.edits, "changed" if self.replaces else "new")
        withdrawn = self.position.withdrawn
        return [*told, (withdrawn.date.last_day.isoformat(), "withdrawn")] if withdrawn else told

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
        """The holder, the parties that report it, and the document."""
        return list(_chain(self))


def _chain(view: PositionView) -> Iterator[Link]:
    position = view.position
    quoted = bool(view.quotations)
    heard: Mark = "heard" if quoted else "relayed"
    if position.modality == "stated" and view.said_by in (None, view.holder):
        yield Link("speaks", view.holder, heard)
    else:
        yield Link("position-of", view.holder, "relayed")
        if reporter := _reporter(view):
            yield Link(_SAID[position.modality], reporter, heard)
    if view.relayed_by:
        yield Link("relayed-by", view.relayed_by, "relayed")
    reading: Relation = "quoted-by" if quoted else "summarised-by"
    if position.modality == "inferred":
        reading = "read-by-us"
    elif position.modality == "expected" and not _reporter(view):
        reading = "expected-in"
    yield Link(reading, source_party(view.evidence[0].source), "document")


def _reporter(view: PositionView) -> Party | None:
    """Who says the position, unless it is the publication."""
    return view.said_by if view.said_by and view.said_by.kind != "source" else None


_SAID: dict[str, Relation] = {
    "stated": "through",
    "reported": "reported-by",
    "expected": "expected-by",
    "inferred": "through",
}
"""How `said_by` is related to the position, by its modality."""


@dataclass(frozen=True)
class OutcomeView:
    """Another briefing's update to an event: its status as of that briefing's date, where it gives one."""

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
    """Of the briefing that defines it, then of those that corroborate it."""

    outcomes: tuple[OutcomeView, ...] = ()
    """By date of their briefings."""

    corroborated_in: tuple[Briefing, ...] = ()
    """The briefings that add nothing but evidence, by date."""

    replaces: str | None = None
    """The URL of the event that it replaces."""

    overdue: bool = False
    """Planned or possible on a day that has passed, without a recorded outcome."""

    edits: tuple[Edit, ...] = ()

    @property
    def told(self) -> list[Told]:
        """When it was told first, and what has become of it since."""
        told = told_of(self.briefing.date.last_day, self.edits)
        days = [each.briefing.date.last_day for each in self.outcomes]
        return [*told, *((day.isoformat(), "changed") for day in days)]

    @property
    def statuses(self) -> list[tuple[Briefing, str]]:
        """Its status in each briefing that covers it, by date; on the same day additions come last, corrections at the
        very end."""
        statuses: list[tuple[Briefing, str]] = [(self.briefing, self.event.status)]
        outcomes = sorted(self.outcomes, key=lambda each: bool(each.addition.corrects))
        statuses += [(each.briefing, each.addition.status) for each in outcomes if each.addition.status]
        return sorted(statuses, key=lambda pair: pair[0].date.sort_key)

    @property
    def status(self) -> str:
        """Its status in the latest briefing."""
        return self.statuses[-1][1]

    def status_on(self, day: date) -> str:
        """Its status in the latest briefing up to a day, or else in the first one."""
        until = [status for briefing, status in self.statuses if briefing.date.lower <= day]
        return until[-1] if until else self.statuses[0][1]

    @property
    def changed(self) -> bool:
        """Whether briefings give it different statuses."""
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
    """A key point or an outcome, as a claim."""

    kind: ClassVar = "other"
    title: Text
    url: str
    evidence: tuple[EvidenceView, ...]


Claim = PositionView | EventView | OtherClaim
"""What has evidence; templates read `kind`."""


@dataclass(frozen=True)
class Camp:
    """The positions with the same stance on an issue."""

    stance: str
    positions: list[PositionView] = field(default_factory=list)

    @property
    def tellings(self) -> list[list[PositionView]]:
        """The positions by how they are known and from whom, in order of first appearance."""
        groups: dict[tuple[str, Party | None, Party | None], list[PositionView]] = {}
        for view in self.positions:
            teller = None if view.said_by is view.holder else view.said_by
            key = (view.position.modality, None if teller and teller.kind == "source" else teller, view.relayed_by)
            groups.setdefault(key, []).append(view)
        return list(groups.values())

    @property
    def modalities(self) -> list[tuple[str, int]]:
        """The number of positions by modality, in order of first appearance."""
        counts: dict[str, int] = {}
        for view in self.positions:
            counts[view.position.modality] = counts.get(view.position.modality, 0) + 1
        return list(counts.items())


def distinct_words(evidence: Iterable[EvidenceView]) -> list[QuotationView]:
    """The quotations of a claim, without those that repeat the same words."""
    quotations: dict[str, QuotationView] = {}
    for item in evidence:
        if item.quotation:
            quotations.setdefault(normalise(item.quotation.quotation.quote), item.quotation)
    return list(quotations.values())


def independent_sources(evidence: Iterable[EvidenceView]) -> int:
    """The number of sources of a claim; those that share an `origin` count once."""
    return len({item.source.origin or item.source.id for item in evidence})


def text_fragment_url(url: str, quotation: Quotation) -> str:
    """A URL that opens at a quotation (URL Fragment Text Directives, WICG draft).

    Quotations of more than eight words, and those with a gap, are given by their first and last four words.
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
    """The publication as a party."""
    return Party(f"source/{source.id}", "source", source.title, page_url(source))
