"""The model: what a briefing is made of, as types. YAML keys equal the field names here.

Every record is frozen. Validating a file needs the language of its plain strings as `context={"lang": "fr"}`.
A text in several languages is a dictionary `{"fr": "…", "en": "…"}`; a plain string is one in that language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    StringConstraints,
    Tag,
    ValidationInfo,
)

from .dates import Edtf, parse_edtf
from .problems import Loc

# ---- Words and values -------------------------------------------------------------------------------------

_RESERVED_IDS = frozenset(
    ["404", "assets", "index", "search", "source", "con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _check_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("an id is made of a-z, 0-9 and single hyphens")
    if len(text) > 80:
        raise ValueError("an id has at most 80 characters")
    if text in _RESERVED_IDS:
        raise ValueError(f"{text!r} is reserved")
    return text


def _check_url(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"'\\]", text):
        raise ValueError("an address begins with https:// or http:// and holds no blank")
    return text


def _check_quote(text: str) -> str:
    if text[0] in "«“\"" and text[-1] in "»”\"":
        raise ValueError("leave out the quotation marks around the words")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("one line of text, without line breaks")
    return text


def _check_prose(text: str) -> str:
    # Python-Markdown takes minutes, or the whole stack, for what no author means.
    if text.count("[") > 100:
        raise ValueError("more than 100 square brackets")
    if re.search(r"^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+){4}", text, re.MULTILINE):
        raise ValueError("lists nested in one line")
    return text


def _by_language(value: Any, info: ValidationInfo) -> Any:
    return {info.context["lang"]: value} if isinstance(value, str) else value


Id = Annotated[str, AfterValidator(_check_id)]
"""`[a-z0-9]+(-[a-z0-9]+)*`, at most 80 characters: the permalink of a thing."""

Url = Annotated[str, AfterValidator(_check_url)]
Lang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""An ISO 639-1 code."""

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(_one_line)
]
Text = Annotated[dict[Lang, Line], BeforeValidator(_by_language), Field(min_length=1)]
"""One line by language; shown as it is, never read as Markdown."""

Prose = Annotated[
    dict[
        Lang,
        Annotated[
            str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(_check_prose)
        ],
    ],
    BeforeValidator(_by_language),
    Field(min_length=1),
]
"""Paragraphs by language, in a safe subset of Markdown."""

Date = Annotated[Edtf, PlainValidator(lambda value: parse_edtf(str(value)))]

Stance = Literal["for", "against", "reserved", "undecided", "declined"]
Modality = Literal["stated", "reported", "expected", "inferred"]
EventStatus = Literal["happened", "planned", "possible", "cancelled"]
EventKind = Literal["agreement", "attack", "decision", "meeting", "operation", "statement", "vote", "other"]
ActorKind = Literal["person", "organisation", "state", "group"]
SourceKind = Literal[
    "press", "official", "speech", "interview", "report", "dataset", "post", "video", "audio"
]
LocatorKind = Literal["paragraph", "page", "section", "minute"]

THE_SOURCE = "source"
"""`said_by: source` is the publication's own voice."""


@dataclass(frozen=True)
class Locator:
    """Where in its source something stands: the fourth paragraph, page 12, minute 3:20."""

    kind: LocatorKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


def _parse_locator(value: Any) -> Locator:
    kinds = get_args(LocatorKind)
    match = re.fullmatch(rf"({'|'.join(kinds)}) (\d[\d.:-]{{0,11}})", str(value))
    if not match:
        raise ValueError(f"a locator is one of {', '.join(kinds)} and a number, such as `paragraph 4`")
    return Locator(match[1], match[2])


# ---- References -------------------------------------------------------------------------------------------

RefKind = Literal["source", "actor", "party", "speaker", "issue", "quotation", "position", "event"]
"""`party` is an actor or one of the briefing's voices; `speaker` is a party or the publication itself."""


@dataclass(frozen=True)
class Ref:
    """Marks a field whose text is the id of something else; `references` resolves every one of them."""

    kind: RefKind


ActorRef = Annotated[str, Ref("actor")]
EventRef = Annotated[str, Ref("event")]
IssueRef = Annotated[str, Ref("issue")]
PartyRef = Annotated[str, Ref("party")]
PositionRef = Annotated[str, Ref("position")]
QuotationRef = Annotated[str, Ref("quotation")]
SourceRef = Annotated[str, Ref("source")]
SpeakerRef = Annotated[str, Ref("speaker")]


class Model(BaseModel):
    """A frozen record that knows no field but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paraphrase(Model):
    """Evidence that is not in quotation marks: the source says it in its own words."""

    source: SourceRef
    locator: Annotated[Locator, PlainValidator(_parse_locator)] | None = None


Evidence = list[
    Annotated[
        Annotated[QuotationRef, Tag("quotation()")] | Annotated[Paraphrase, Tag("paraphrase()")],
        Discriminator(lambda value: "quotation()" if isinstance(value, str) else "paraphrase()"),
    ]
]
"""Ids of the briefing's quotations, and paraphrases. A tag ends in `()` to be told from a field's name."""

# ---- Registries: shared by all briefings, one file each, named for the id -----------------------------------


class Source(Model):
    """A document that briefings rest on."""

    id: Id
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
        """Whether nothing in its bounds speaks against that day."""
        return (not self.from_ or self.from_.lower <= day.upper) and (not self.to or day.lower <= self.to.upper)


class Role(Tenure):
    title: Text
    organisation: ActorRef | None = None


class Membership(Tenure):
    organisation: ActorRef


class Actor(Model):
    """Who acts or speaks, under a name of its own."""

    id: Id
    kind: ActorKind
    name: Text
    aliases: list[Line] = []
    roles: list[Role] = []
    member_of: list[Membership] = []
    description: Prose | None = None
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d{0,11}$")] | None = None


class Issue(Model):
    """A question that can be answered for or against."""

    id: Id
    question: Text
    short: Text
    """A few words for table heads and lists: `Membre de la coalition ?`."""

    description: Prose | None = None
    topics: list[Line] = []


# ---- The briefing ---------------------------------------------------------------------------------------------


class Voice(Model):
    """An unnamed actor, or a group without fixed members; never merged with another briefing's."""

    id: Id
    name: Text
    description: Prose | None = None


class Quotation(Model):
    """Spoken or written words, exact, in the source's language; listed once per briefing."""

    id: Id
    source: SourceRef
    speaker: PartyRef
    relayed_by: PartyRef | None = None
    quote: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), AfterValidator(_check_quote)
    ]
    prefix: Annotated[str, StringConstraints(max_length=32)] | None = None
    suffix: Annotated[str, StringConstraints(max_length=32)] | None = None
    locator: Annotated[Locator, PlainValidator(_parse_locator)] | None = None
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


class Position(Dated):
    """One actor's stance on one issue."""

    id: Id
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

    value: int
    label: Text


class Event(Dated):
    """Something that happened or may happen; one occurrence has one id, defined once."""

    id: Id
    title: Text
    summary: Prose | None = None
    kind: EventKind
    status: EventStatus
    actors: list[PartyRef] = []
    issues: list[IssueRef] = []
    place: Text | None = None
    figures: list[Figure] = []
    evidence: Annotated[Evidence, Field(min_length=1)]
    replaces: EventRef | None = None


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
    actors: list[PartyRef] = []
    evidence: Evidence = []


class Update(Model):
    id: Id
    date: Date
    summary: Prose


class Briefing(Model):
    """One dossier: what its sources say on its questions, as of its date."""

    id: Id
    title: Text
    date: Date
    lang: Lang
    status: Literal["draft", "published"]
    summary: Prose
    key_points: list[KeyPoint] = []
    voices: list[Voice] = []
    quotations: list[Quotation] = []
    positions: list[Position] = []
    events: list[Event] = []
    open_questions: list[OpenQuestion] = []
    updates: list[Update] = []


Record = Source | Actor | Issue | Briefing
"""What has a file of its own."""

# ---- What the types themselves tell ---------------------------------------------------------------------------


def references_in(record: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, RefKind, str]]:
    """Every reference of a record: where it stands, what kind of thing it names, and the id."""
    for name, key, kind in _plan(type(record)):
        value = getattr(record, name)
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, item in items:
            place = (*loc, key) if index is None else (*loc, key, index)
            if isinstance(item, BaseModel):
                yield from references_in(item, place)
            elif kind and isinstance(item, str):
                yield place, kind, item


@cache
def _plan(model: type[BaseModel]) -> list[tuple[str, str, RefKind | None]]:
    """The fields that hold references, or records that may: name, YAML key, and the kind of reference."""
    plan = []
    for name, field in model.model_fields.items():
        leaves = [*field.metadata, *_leaves(field.annotation)]
        kind = next((leaf.kind for leaf in leaves if isinstance(leaf, Ref)), None)
        if kind or any(isinstance(leaf, type) and issubclass(leaf, BaseModel) for leaf in leaves):
            plan.append((name, field.alias or name, kind))
    return plan


def fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The YAML keys that the schema knows at a place, for suggesting the one that was meant."""
    for part in loc:
        field = next((f for n, f in model.model_fields.items() if part == (f.alias or n)), None)
        if field:
            models = [leaf for leaf in _leaves(field.annotation) if isinstance(leaf, type) and issubclass(leaf, BaseModel)]
            if not models:
                return []
            model = models[0]
    return [field.alias or name for name, field in model.model_fields.items()]


def _leaves(annotation: Any) -> Iterator[Any]:
    args = get_args(annotation)
    if not args:
        yield annotation
    for arg in args:
        yield from _leaves(arg)
