"""Values: field types for ids, texts by language, dates, locators and references.

A text is a dictionary by language, `{"fr": "…", "en": "…"}`. A plain string is in the language that validation is
given as `context={"lang": "fr"}`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

from ..problems import Message
from .dates import Edtf, parse_edtf

# ---- Words and values -------------------------------------------------------------------------------------

_RESERVED_IDS = frozenset(
    ["404", "assets", "index", "search", "source", "con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)
_NO_USER = "an address names no user: what stands before @ is not where it leads"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGS = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng
nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su
sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGS = frozenset(_LANGS.split())
"""The codes of ISO 639-1."""

WRITTEN = "written"
"""The key under which a field's JSON Schema names how its value is written."""

TICK = re.compile("[\u221a\u237b\u2611\u2705\u2713\u2714\U0001f5f8\U0001f5f9\U0001fbb1]")
"""Signs that readers take for a tick; ours is drawn."""


def _written(name: str) -> WithJsonSchema:
    """Names how authors write a type; `authoring.editor_schema` has the JSON Schema of each name."""
    return WithJsonSchema({WRITTEN: name})


def _check_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("an id is made of a-z, 0-9 and single hyphens")
    if len(text) > 80:
        raise ValueError("an id has at most 80 characters")
    if text in _RESERVED_IDS:
        raise ValueError(Message("{text!r} is reserved", text=text))
    return text


def _check_url(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    try:
        names_host = all((parts.hostname or "").removesuffix(".").split(".")) and (parts.port is None or parts.port > 0)
    except ValueError:
        names_host = False
    if len(text) > 2000:
        raise ValueError("an address has at most 2000 characters")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"'\\]", text):
        raise ValueError("an address begins with https:// or http:// and holds no blank")
    if "@" in parts.netloc:
        raise ValueError(_NO_USER)
    if not names_host:
        raise ValueError("an address names a host, such as example.org, and at most a port up to 65535")
    return text


def _check_lang(text: str) -> str:
    if text not in LANGS:
        raise ValueError(Message("{text!r} is no language's code (two letters, as in ISO 639-1)", text=text))
    return text


def _check_quote(text: str) -> str:
    if text.count(GAP) > MOST_GAPS:
        raise ValueError(Message("more than {most} gaps", most=MOST_GAPS))
    if not all(re.search(r"\w", part) for part in text.split(GAP)):
        beside = GAP in text
        raise ValueError("a passage without a word, beside `[…]`" if beside else "a passage without a word")
    if text[0] in '«“"' and text[-1] in '»”"':
        raise ValueError("leave out the quotation marks around the words")
    return text


def _check_visible(text: str) -> str:
    if not any(unicodedata.category(char)[0] in "LNPS" for char in text):
        raise ValueError("nothing visible")
    return text


def _check_ticks(text: str) -> str:
    # Readers take a tick for words that were verified; ours is drawn, and no text may look like it.
    if found := TICK.search(text):
        raise ValueError(Message("{sign!r} is kept for words that were verified: leave it out", sign=found[0]))
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("one line of text, without line breaks")
    return text


def _check_prose(text: str) -> str:
    # Such input makes Python-Markdown run for minutes or overflow the stack.
    if text.count("[") > 100:
        raise ValueError("more than 100 square brackets")
    if text.count("*") + text.count("_") > 200:
        raise ValueError("more than 200 asterisks and underscores")
    if re.search(r"^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+){4}", text, re.MULTILINE):
        raise ValueError("lists nested in one line")
    if re.search(r"https?:/*[^\s/?#<>()\[\]]*@", text, re.IGNORECASE):
        raise ValueError(_NO_USER)
    return text


def _by_language(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    assert info.context, "validation is given the language of plain strings"
    return {info.context["lang"]: value}


Id = Annotated[str, AfterValidator(_check_id), _written("id")]
"""`[a-z0-9]+(-[a-z0-9]+)*`, at most 80 characters; part of the permalink."""

Url = Annotated[str, AfterValidator(_check_url), _written("url")]
Lang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$"), AfterValidator(_check_lang), _written("lang")]
"""An ISO 639-1 code."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_one_line),
    AfterValidator(_check_visible),
    AfterValidator(_check_ticks),
    _written("line"),
]
Text = Annotated[dict[Lang, Line], BeforeValidator(_by_language), Field(min_length=1), _written("text")]
"""One line per language; plain text, not Markdown."""

Prose = Annotated[
    dict[
        Lang,
        Annotated[
            str,
            StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
            AfterValidator(_check_prose),
            AfterValidator(_check_visible),
            AfterValidator(_check_ticks),
        ],
    ],
    BeforeValidator(_by_language),
    Field(min_length=1),
    _written("prose"),
]
"""Paragraphs per language, in a safe subset of Markdown."""

Quote = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(_check_quote),
    AfterValidator(_check_visible),
    _written("quote"),
]
"""Exact words, without the surrounding quotation marks."""

Date = Annotated[Edtf, PlainValidator(lambda value: parse_edtf(str(value))), _written("date")]

Stance = Literal["for", "against", "reserved", "undecided", "declined"]
Modality = Literal["stated", "reported", "expected", "inferred"]
EventStatus = Literal["happened", "planned", "possible", "cancelled"]
EventKind = Literal["agreement", "attack", "decision", "meeting", "operation", "statement", "vote", "other"]
ActorKind = Literal["person", "organisation", "state", "group"]
SourceKind = Literal["press", "official", "speech", "interview", "report", "dataset", "post", "video", "audio"]
LocatorKind = Literal["paragraph", "page", "section", "minute"]

GAP = "[…]"
"""Joins passages of a quotation that follow each other."""

MOST_GAPS = 10

THE_SOURCE = "source"
"""`said_by: source` is the publication's own voice."""


@dataclass(frozen=True)
class Locator:
    """A place in a source: paragraph 4, page 12, minute 3:20."""

    kind: LocatorKind
    value: str

    @property
    def paragraphs(self) -> range:
        """The paragraph numbers: 2 and 3 for `paragraph 2-3`, none for `page 12`."""
        if self.kind != "paragraph":
            return range(0)
        first, _, last = self.value.partition("-")
        return range(int(first), int(last or first) + 1)

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


PLACES: dict[LocatorKind, str] = {
    "paragraph": r"[1-9][0-9]{0,3}",
    "page": r"[1-9][0-9]{0,3}",
    "section": r"[1-9][0-9]{0,3}(\.[0-9]{1,3}){0,3}",
    "minute": r"[0-9]{1,3}(:[0-5][0-9]){0,2}",
}
"""Pattern of a number by kind of locator; two numbers joined by a hyphen are a range."""

_EXAMPLES: dict[LocatorKind, str] = {"paragraph": "4", "page": "12-14", "section": "3.2", "minute": "3:20"}
_MOST_PARAGRAPHS = 20


def _parse_locator(value: Any) -> Locator:
    word, _, place = str(value).partition(" ")
    kind = next((kind for kind in PLACES if kind == word), None)
    if not kind:
        raise ValueError(
            Message("a locator is one of {kinds} and a number, such as `paragraph 4`", kinds=", ".join(PLACES))
        )
    if not re.fullmatch(f"{PLACES[kind]}(-{PLACES[kind]})?", place):
        raise ValueError(
            Message(
                "not a {kind}: whole numbers from 1, such as `{kind} {example}`", kind=kind, example=_EXAMPLES[kind]
            )
        )
    locator = Locator(kind, place)
    first, _, last = place.partition("-")
    if last and _order(kind, first) >= _order(kind, last):
        raise ValueError(
            Message("{place!r} is not a range: the first {kind} comes before the last", place=place, kind=kind)
        )
    if len(locator.paragraphs) > _MOST_PARAGRAPHS:
        raise ValueError(Message("more than {most} paragraphs", most=_MOST_PARAGRAPHS))
    return locator


def _order(kind: LocatorKind, place: str) -> list[int]:
    numbers = [int(number) for number in re.split("[.:]", place)]
    return [0, *numbers] if kind == "minute" and len(numbers) < 3 else numbers  # hours are optional


LocatorText = Annotated[Locator, PlainValidator(_parse_locator), _written("locator")]
"""Written as `paragraph 4`."""

# ---- References -------------------------------------------------------------------------------------------

RefKind = Literal["source", "actor", "party", "speaker", "issue", "quotation", "position", "event"]
"""`party` is an actor or one of the briefing's voices; `speaker` is a party or the publication itself."""


@dataclass(frozen=True)
class Ref:
    """Marks a field that holds the id of another record; `checks.references` resolves it."""

    kind: RefKind

    def __get_pydantic_json_schema__(self, *_: object) -> dict[str, Any]:
        return {WRITTEN: self.kind}


ActorRef = Annotated[str, Ref("actor")]
EventRef = Annotated[str, Ref("event")]
IssueRef = Annotated[str, Ref("issue")]
PartyRef = Annotated[str, Ref("party")]
PositionRef = Annotated[str, Ref("position")]
QuotationRef = Annotated[str, Ref("quotation")]
SourceRef = Annotated[str, Ref("source")]
SpeakerRef = Annotated[str, Ref("speaker")]
