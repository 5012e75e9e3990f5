"""Entities: the records of a briefing, as frozen types. YAML keys equal the field names."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from .dates import Edtf
from .values import (
    ActorKind,
    ActorRef,
    Date,
    EventKind,
    EventRef,
    EventStatus,
    Id,
    IssueRef,
    Lang,
    Line,
    LocatorText,
    Modality,
    PartyRef,
    PositionRef,
    Prose,
    QuotationRef,
    Quote,
    SourceKind,
    SourceRef,
    SpeakerRef,
    Stance,
    Text,
    Url,
)


class Model(BaseModel):
    """A frozen record that rejects unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Lasting(Model):
    """A record with a permalink."""

    id: Id
    formerly: Annotated[list[Id], Field(max_length=10)] = []
    """Former ids; links to them still work."""


class Paraphrase(Model):
    """Evidence without a quotation: a passage that the claim paraphrases."""

    source: SourceRef
    locator: LocatorText | None = None


Evidence = Annotated[
    list[
        Annotated[
            Annotated[QuotationRef, Tag("quotation()")] | Annotated[Paraphrase, Tag("paraphrase()")],
            Discriminator(lambda value: "quotation()" if isinstance(value, str) else "paraphrase()"),
        ]
    ],
    Field(max_length=50),
]
"""Each item is the id of a quotation in the briefing, or a paraphrase."""

# ---- Registries: shared by all briefings, one file a record, named after its id -----------------------------


class Source(Lasting):
    """A document that briefings cite."""

    kind: SourceKind
    title: Text
    lang: Lang
    published: Date
    publisher: Line | None = None
    author: Line | None = None
    accessed: Date | None = None
    url: Url | None = None
    archive_url: Url | None = None
    rights: Text | None = None

    text: Literal["private", "public", "none"]
    """Whether the source's text is available for verification, and whether it may be published."""

    origin: Line | None = None
    """The agency dispatch that reprints share; they count as one source."""


class Tenure(Model):
    """A period in a role or an organisation; a missing bound is unknown."""

    from_: Annotated[Date | None, Field(alias="from")] = None
    to: Date | None = None
    evidence: Evidence = []

    def held_on(self, day: Edtf) -> bool:
        """Whether the period may include that day."""
        return (not self.from_ or self.from_.lower <= day.upper) and (not self.to or day.lower <= self.to.upper)


class Role(Tenure):
    title: Text
    organisation: ActorRef | None = None


class Membership(Tenure):
    organisation: ActorRef


class Actor(Lasting):
    """A named person, organisation, state or group."""

    kind: ActorKind
    name: Text
    aliases: Annotated[list[Line], Field(max_length=50)] = []
    roles: Annotated[list[Role], Field(max_length=50)] = []
    member_of: Annotated[list[Membership], Field(max_length=100)] = []
    description: Prose | None = None
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d{0,11}$")] | None = None


class Issue(Lasting):
    """A question that can be answered for or against."""

    question: Text
    short: Text
    """A few words for table heads and lists: `Entrée de l'OTAN`."""

    description: Prose | None = None
    topics: Annotated[list[Text], Field(max_length=20)] = []
    different_from: Annotated[list[IssueRef], Field(max_length=10)] = []
    """Questions in nearly the same words that are others."""


# ---- The briefing ---------------------------------------------------------------------------------------------


class Voice(Model):
    """An unnamed actor, or a group without fixed members; it belongs to one briefing."""

    id: Id
    name: Text
    description: Prose | None = None


class Quotation(Lasting):
    """Exact spoken or written words in the source's language; listed once per briefing."""

    source: SourceRef
    speaker: PartyRef
    relayed_by: PartyRef | None = None
    quote: Quote
    prefix: Annotated[str, StringConstraints(max_length=32)] | None = None
    suffix: Annotated[str, StringConstraints(max_length=32)] | None = None
    locator: LocatorText | None = None
    translation: Text | None = None


class Dated(Model):
    """A record with a date, as precise as the source gives it."""

    date: Date
    date_text: Line | None = None
    """The source's own expression: `mercredi`, `depuis plus d'un an`."""

    date_basis: Literal["derived"] | None = None
    """`derived`: the date was calculated from `date_text`."""


class Withdrawal(Model):
    date: Date
    reason: Text


class Position(Lasting, Dated):
    """One actor's stance on one issue."""

    actor: PartyRef
    issue: IssueRef
    stance: Stance
    modality: Modality
    summary: Prose
    condition: Text | None = None
    since: Date | None = None
    said_by: SpeakerRef | None = None
    relayed_by: PartyRef | None = None
    expected_at: EventRef | None = None
    evidence: Annotated[Evidence, Field(min_length=1)]
    replaces: PositionRef | None = None
    withdrawn: Withdrawal | None = None


class Figure(Model):
    """A number and what it counts: 22, deaths."""

    value: Annotated[int, Field(ge=0, le=10**15)]
    label: Text


class Event(Lasting, Dated):
    """Something that happened or may happen, defined once under one id."""

    title: Text
    summary: Prose | None = None
    kind: EventKind
    status: EventStatus
    actors: Annotated[list[PartyRef], Field(max_length=100)] = []
    issues: Annotated[list[IssueRef], Field(max_length=50)] = []
    place: Text | None = None
    figures: Annotated[list[Figure], Field(max_length=20)] = []
    evidence: Annotated[Evidence, Field(min_length=1)]
    replaces: EventRef | None = None
    different_from: Annotated[list[EventRef], Field(max_length=10)] = []
    """Events that look alike and are others."""


class EventAddition(Model):
    """What another briefing adds to an event: its status and outcome, or evidence alone, which corroborates it."""

    event: EventRef
    status: EventStatus | None = None
    summary: Prose | None = None
    corrects: Literal["happened"] | None = None
    """The status that an earlier briefing gave it by mistake."""

    evidence: Annotated[Evidence, Field(min_length=1)]

    @property
    def corroborates(self) -> bool:
        """Whether it adds nothing but evidence."""
        return not (self.status or self.summary)


class KeyPoint(Model):
    """A main point of the briefing; with an issue, the briefing's answer to its question."""

    id: Id
    issue: IssueRef | None = None
    summary: Prose
    evidence: Annotated[Evidence, Field(min_length=1)]


class OpenQuestion(Model):
    """What the sources do not say."""

    id: Id
    summary: Prose
    issue: IssueRef | None = None
    actors: Annotated[list[PartyRef], Field(max_length=100)] = []
    evidence: Evidence = []


class Update(Model):
    id: Id
    date: Date
    summary: Prose


class Briefing(Lasting):
    """What some sources say on some questions, as of a date."""

    title: Text
    date: Date
    lang: Lang
    status: Literal["draft", "published"]
    summary: Prose
    key_points: Annotated[list[KeyPoint], Field(max_length=50)] = []
    voices: Annotated[list[Voice], Field(max_length=100)] = []
    quotations: Annotated[list[Quotation], Field(max_length=500)] = []
    positions: Annotated[list[Position], Field(max_length=500)] = []
    events: Annotated[
        list[
            Annotated[
                Annotated[Event, Tag("definition()")] | Annotated[EventAddition, Tag("addition()")],
                Discriminator(
                    lambda value: "addition()" if isinstance(value, dict) and "event" in value else "definition()"
                ),
            ]
        ],
        Field(max_length=500),
    ] = []
    open_questions: Annotated[list[OpenQuestion], Field(max_length=100)] = []
    updates: Annotated[list[Update], Field(max_length=200)] = []


TAGS = frozenset(["quotation()", "paraphrase()", "definition()", "addition()"])
"""Names that pydantic adds to an error's path for the chosen type of a union; no field has such a name."""

Record = Source | Actor | Issue | Briefing
"""A record with a file of its own."""
