"""The model: what a briefing is made of, as types. YAML keys equal the field names here; every record is frozen."""

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
    """A frozen record that knows no field but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Lasting(Model):
    """What has a permalink."""

    id: Id
    formerly: Annotated[list[Id], Field(max_length=10)] = []
    """Ids that it had before: links to them keep leading here."""


class Paraphrase(Model):
    """Evidence that is not in quotation marks: the source says it in its own words."""

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
"""Ids of the briefing's quotations, and paraphrases."""

# ---- Registries: shared by all briefings, one file each, named for the id -----------------------------------


class Source(Lasting):
    """A document that briefings rest on."""

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
    """Whether the text is at hand to verify quotations in, and whether it may be published."""

    origin: Line | None = None
    """The dispatch that reprints share: they count as one source."""


class Tenure(Model):
    """Something that holds for a time; an end that is not given is not known."""

    from_: Annotated[Date | None, Field(alias="from")] = None
    to: Date | None = None
    evidence: Evidence = []

    def held_on(self, day: Edtf) -> bool:
        """Whether it may hold on that day; a missing bound excludes nothing."""
        return (not self.from_ or self.from_.lower <= day.upper) and (not self.to or day.lower <= self.to.upper)


class Role(Tenure):
    title: Text
    organisation: ActorRef | None = None


class Membership(Tenure):
    organisation: ActorRef


class Actor(Lasting):
    """Who acts or speaks, under a name of its own."""

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
    """A few words for table heads and lists: `Membre de la coalition ?`."""

    description: Prose | None = None
    topics: Annotated[list[Text], Field(max_length=20)] = []


# ---- The briefing ---------------------------------------------------------------------------------------------


class Voice(Model):
    """An unnamed actor, or a group without fixed members; never merged with another briefing's."""

    id: Id
    name: Text
    description: Prose | None = None


class Quotation(Lasting):
    """Spoken or written words, exact, in the source's language; listed once per briefing."""

    source: SourceRef
    speaker: PartyRef
    relayed_by: PartyRef | None = None
    quote: Quote
    prefix: Annotated[str, StringConstraints(max_length=32)] | None = None
    suffix: Annotated[str, StringConstraints(max_length=32)] | None = None
    locator: LocatorText | None = None
    translation: Text | None = None


class Dated(Model):
    """Something with a day, as exact as the source gives it."""

    date: Date
    date_text: Line | None = None
    """The source's own expression: `mercredi`, `depuis plus d'un an`."""

    date_basis: Literal["derived"] | None = None
    """`derived`: the day was worked out from `date_text`."""


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
    """Something that happened or may happen; one occurrence has one id, defined once."""

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


class EventAddition(Model):
    """What another briefing adds to an event that is defined elsewhere: what came of it, in that briefing's words."""

    event: EventRef
    status: EventStatus
    summary: Prose
    evidence: Annotated[Evidence, Field(min_length=1)]


class KeyPoint(Model):
    """One of the few things to remember; on an issue, the briefing's answer to its question."""

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
    """One dossier: what its sources say on its questions, as of its date."""

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
"""What validation adds to a place to say which of two forms it took; no field has such a name."""

Record = Source | Actor | Issue | Briefing
"""What has a file of its own."""
