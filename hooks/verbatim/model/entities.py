"""Entities: the records of a briefing, as frozen types. YAML keys equal the field names."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from .dates import Edtf
from .references import Reference, references_in
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
    """A frozen record that rejects unknown fields. Editors show the docstrings of its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference in the record and in those inside it."""
        return tuple(references_in(self))


class Lasting(Model):
    """A record with a permalink."""

    id: Id
    """Part of the address: lower-case letters, digits and hyphens."""

    formerly: Annotated[list[Id], Field(max_length=10)] = []
    """Former ids, the oldest first; links to them still work."""


class Paraphrase(Model):
    """Evidence without a quotation: a passage that the claim paraphrases."""

    source: SourceRef
    """Id of the source that says it."""

    locator: LocatorText | None = None
    """Where in the source: `paragraph 4`, `paragraph 3-4`, `page 12`, `section 3.2`, `minute 3:20`."""


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
    """What sort of document it is."""

    title: Text
    """As the document shows it, in its own language."""

    lang: Lang
    """The language it is written in: `fr`, `en`."""

    published: Date
    """When it was published, as precise as it says."""

    publisher: Line | None = None
    """Who published it: a paper, an agency, an institution."""

    author: Line | None = None
    """Who wrote it."""

    accessed: Date | None = None
    """The day on which you read it."""

    url: Url | None = None
    """Where it stands."""

    archive_url: Url | None = None
    """A lasting copy of it."""

    origin: Line | None = None
    """The agency dispatch that reprints share, in the same words in each; they count as one source."""

    rights: Text | None = None
    """Whose text it is, and what may be done with it."""

    text: Literal["private", "public", "none"]
    """Whether its text is at hand to verify quotations in, and may be published: `private` (in .texts/, never
    committed), `public`, `none`."""


class Tenure(Model):
    """A period in a role or an organisation; a missing bound is unknown."""

    from_: Annotated[Date | None, Field(alias="from")] = None
    """When it began; unknown where it is left out."""

    to: Date | None = None
    """When it ended; unknown, or not yet, where it is left out."""

    evidence: Evidence = []
    """What shows it: paraphrases, `{source: id, locator: paragraph 4}`."""

    def held_on(self, day: Edtf) -> bool:
        """Whether the period may include that day."""
        return (not self.from_ or self.from_.lower <= day.upper) and (not self.to or day.lower <= self.to.upper)


class Role(Tenure):
    title: Text
    """The function: `Secretary General`."""

    organisation: ActorRef | None = None
    """Id of the actor for whom the role lets its holder speak."""


class Membership(Tenure):
    organisation: ActorRef
    """Id of the actor to which it belongs."""


class Actor(Lasting):
    """A named person, organisation, state or group."""

    kind: ActorKind
    """What sort of actor it is."""

    name: Text
    """As readers know it."""

    aliases: Annotated[list[Line], Field(max_length=50)] = []
    """Other names, for the search and for drafting."""

    roles: Annotated[list[Role], Field(max_length=50)] = []
    """Functions held, with their periods: they make a spokesperson."""

    member_of: Annotated[list[Membership], Field(max_length=100)] = []
    """Organisations and groups to which it belongs, with the periods."""

    description: Prose | None = None
    """Two lines about it."""

    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d{0,11}$")] | None = None
    """Its item in Wikidata: `Q7184`."""


class Issue(Lasting):
    """A question that can be answered for or against."""

    question: Text
    """The question in full, so that one can be for or against."""

    short: Text
    """A few words for table heads and lists: `Entrée de l'OTAN`."""

    description: Prose | None = None
    """What it is about."""

    topics: Annotated[list[Text], Field(max_length=20)] = []
    """The topics under which matrices group it."""

    different_from: Annotated[list[IssueRef], Field(max_length=10)] = []
    """Ids of questions in nearly the same words that are others."""


# ---- The briefing ---------------------------------------------------------------------------------------------


class Voice(Model):
    """An unnamed actor, or a group without fixed members; it belongs to one briefing."""

    id: Id
    """Its name in this briefing, for `speaker`, `actor` and the like; no actor has the same."""

    name: Text
    """Who it is, as the source puts it: `a diplomatic source`."""

    description: Prose | None = None
    """What the source says of it."""


class Quotation(Lasting):
    """Exact spoken or written words in the source's language; listed once per briefing."""

    source: SourceRef
    """Id of the source in which the words stand."""

    speaker: PartyRef
    """Id of the actor or voice whose words they are."""

    relayed_by: PartyRef | None = None
    """Id of the actor or voice that passed them on."""

    quote: Quote
    """The exact words, without the marks around them; `[…]` joins passages that follow each other."""

    prefix: Annotated[str, StringConstraints(max_length=32)] | None = None
    """The words just before, where the quotation stands twice in its source."""

    suffix: Annotated[str, StringConstraints(max_length=32)] | None = None
    """The words just after, where the quotation stands twice in its source."""

    locator: LocatorText | None = None
    """Where in the source: `paragraph 4`, `paragraph 3-4`, `page 12`, `section 3.2`, `minute 3:20`."""

    translation: Text | None = None
    """Ours, by language: `{en: …}`."""


class Withdrawal(Model):
    date: Date
    """The day on which it was withdrawn."""

    reason: Text
    """Why."""


class Position(Lasting):
    """One actor's stance on one issue."""

    actor: PartyRef
    """Id of the actor or voice that holds it."""

    issue: IssueRef
    """Id of the question that it answers."""

    stance: Stance
    """`for`, `against`, `reserved` (doubts without refusing), `undecided` (says that it is open), `declined` (asked,
    would not say)."""

    modality: Modality
    """`stated` by the actor or its spokesperson, `reported` by someone else, `expected` (announced, not said yet),
    `inferred` by us."""

    said_by: SpeakerRef | None = None
    """Id of who said it in the actor's place; `source` for the publication itself."""

    relayed_by: PartyRef | None = None
    """Id of the actor or voice that passed it on."""

    expected_at: EventRef | None = None
    """Id of the event at which it is awaited."""

    summary: Prose
    """The position in one or two sentences of yours."""

    condition: Text | None = None
    """What it depends on."""

    date: Date
    """As precise as the source gives it: `2017`, `2017-05`, `2017-05-22`, `2016~` (about), `2014/2017`, `2014/..`
    (since)."""

    date_text: Line | None = None
    """The source's own expression: `mercredi`, `depuis plus d'un an`."""

    date_basis: Literal["derived"] | None = None
    """`derived`: the date was calculated from `date_text`."""

    since: Date | None = None
    """When the stance began, where that was before `date`."""

    evidence: Annotated[Evidence, Field(min_length=1)]
    """What shows it: ids of this briefing's quotations, or paraphrases, `{source: id, locator: paragraph 4}`."""

    replaces: PositionRef | None = None
    """Id of the same actor's earlier position on the question."""

    withdrawn: Withdrawal | None = None
    """That it turned out wrong: when, and why."""


class Figure(Model):
    """A number and what it counts: 22, deaths."""

    value: Annotated[int, Field(ge=0, le=10**15)]
    """A whole number."""

    label: Text
    """What it counts: `deaths`."""


class Event(Lasting):
    """Something that happened or may happen, defined once under one id."""

    date: Date
    """As precise as the source gives it: `2017`, `2017-05`, `2017-05-22`, `2016~` (about), `2014/2017`, `2014/..`
    (since)."""

    date_text: Line | None = None
    """The source's own expression: `mercredi`, `depuis plus d'un an`."""

    date_basis: Literal["derived"] | None = None
    """`derived`: the date was calculated from `date_text`."""

    title: Text
    """What happens, in one line."""

    summary: Prose | None = None
    """What happens, in sentences of yours."""

    kind: EventKind
    """What sort of event it is."""

    status: EventStatus
    """What is known of it on the briefing's day: `happened`, `planned`, `possible`, `cancelled`."""

    actors: Annotated[list[PartyRef], Field(max_length=100)] = []
    """Ids of the actors and voices that take part."""

    issues: Annotated[list[IssueRef], Field(max_length=50)] = []
    """Ids of the questions that it bears on."""

    place: Text | None = None
    """Where it happens."""

    figures: Annotated[list[Figure], Field(max_length=20)] = []
    """Numbers, and what they count."""

    evidence: Annotated[Evidence, Field(min_length=1)]
    """What shows it: ids of this briefing's quotations, or paraphrases, `{source: id, locator: paragraph 4}`."""

    replaces: EventRef | None = None
    """Id of the event in whose place this one happens."""

    different_from: Annotated[list[EventRef], Field(max_length=10)] = []
    """Ids of events that look alike and are others."""


class EventAddition(Model):
    """What another briefing adds to an event: its status and outcome, or evidence alone, which corroborates it."""

    event: EventRef
    """Id of an event that another briefing defines."""

    status: EventStatus | None = None
    """What became of it: `happened`, `planned`, `possible`, `cancelled`."""

    summary: Prose | None = None
    """What this briefing adds to it."""

    corrects: Literal["happened"] | None = None
    """The status that an earlier briefing gave it by mistake."""

    evidence: Annotated[Evidence, Field(min_length=1)]
    """What shows it: ids of this briefing's quotations, or paraphrases, `{source: id, locator: paragraph 4}`."""

    @property
    def corroborates(self) -> bool:
        """Whether it adds nothing but evidence."""
        return not (self.status or self.summary)


class KeyPoint(Model):
    """A main point of the briefing; with an issue, the briefing's answer to its question."""

    id: Id
    """Its name in this briefing."""

    issue: IssueRef | None = None
    """Id of the question that it answers."""

    summary: Prose
    """The point in two or three sentences of yours; **bold** and [links](https://example.org) work."""

    evidence: Annotated[Evidence, Field(min_length=1)]
    """What shows it: ids of this briefing's quotations, or paraphrases, `{source: id, locator: paragraph 4}`."""


class OpenQuestion(Model):
    """What the sources do not say."""

    id: Id
    """Its name in this briefing."""

    summary: Prose
    """What the sources leave open."""

    issue: IssueRef | None = None
    """Id of the question that it bears on."""

    actors: Annotated[list[PartyRef], Field(max_length=100)] = []
    """Ids of the actors and voices that it concerns."""

    evidence: Evidence = []
    """What shows that it is open: ids of this briefing's quotations, or paraphrases."""


class Update(Model):
    id: Id
    """Its name in this briefing."""

    date: Date
    """The day on which the briefing was changed."""

    summary: Prose
    """What was changed."""


class Briefing(Lasting):
    """What some sources say on some questions, as of a date."""

    title: Text
    """What it is about, in one line."""

    date: Date
    """The day whose state it describes."""

    lang: Lang
    """The language you write in: plain lines are in it."""

    status: Literal["draft", "published"]
    """`draft` shows under `make serve` only and may say TODO; `published` may not."""

    summary: Prose
    """Two or three sentences; **bold** and [links](https://example.org) work."""

    key_points: Annotated[list[KeyPoint], Field(max_length=50)] = []
    """What a reader takes away, each with its evidence."""

    voices: Annotated[list[Voice], Field(max_length=100)] = []
    """Who speaks without a name, and groups that nobody spells out."""

    quotations: Annotated[list[Quotation], Field(max_length=500)] = []
    """Words that were spoken or written, each once."""

    positions: Annotated[list[Position], Field(max_length=500)] = []
    """Who stands where on which question."""

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
    """What happened or may happen; `{event: id, …}` adds to an event of another briefing."""

    open_questions: Annotated[list[OpenQuestion], Field(max_length=100)] = []
    """What the sources do not say."""

    updates: Annotated[list[Update], Field(max_length=200)] = []
    """What was changed in this briefing after it was published."""


TAGS = frozenset(["quotation()", "paraphrase()", "definition()", "addition()"])
"""Names that pydantic adds to an error's path for the chosen type of a union; no field has such a name."""

Record = Source | Actor | Issue | Briefing
"""A record with a file of its own."""


def title_of(record: Record) -> Text:
    """What a record is called: the name of an actor, the question of an issue, the title of any other."""
    match record:
        case Actor():
            return record.name
        case Issue():
            return record.question
        case _:
            return record.title
