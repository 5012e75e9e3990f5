"""Draft: the values that drafting proposes for one article, before they are written as YAML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from ..problems import Message
from ..reading.corpus import Corpus
from .article import Article, read_article
from .candidates import EventCandidate, PositionCandidate, find_events, find_positions
from .cast import find_cast
from .parties import Cast, Party
from .rules import load_rules
from .speakers import Quoted, listen
from .time_words import TimeWords, find_time_words


@dataclass(frozen=True)
class About:
    """What an author says of the article."""

    lang: str
    published: date
    title: str = ""
    """The article's own, where it is known beside its text."""
    url: str = ""
    publisher: str = ""
    source_id: str = ""
    """Empty: made of the publisher's name and the day."""

    @property
    def id(self) -> str:
        """Of the source and of the briefing."""
        return self.source_id or make_id(f"{self.publisher or 'article'} {self.published}")


@dataclass(frozen=True)
class Draft:
    about: About
    article: Article
    cast: Cast
    quotations: list[Quoted]
    dates: list[TimeWords]
    positions: list[PositionCandidate]
    events: list[EventCandidate]

    @property
    def text(self) -> str:
        """The article's own text, as verification reads it: furniture left out, a blank line between paragraphs."""
        return "\n\n".join(self.article.paragraphs) + "\n"

    @property
    def candidates(self) -> list[Party]:
        """People, organisations and states whom the registry does not know, the most named first."""
        found = [p for p in self.cast.parties if not p.id and p.kind in ("person", "organisation", "state", "group")]
        return sorted(found, key=lambda party: -party.count)


def draft_article(raw: str, about: About, corpus: Corpus) -> Draft:
    """Raises ValueError for a language without rules, an id that is none, and a text that is no article."""
    if about.id != make_id(about.id):
        raise ValueError(Message("not an id: {id!r} (such as {other!r})", id=about.id, other=make_id(about.id)))
    rules = load_rules(about.lang)
    article = read_article(raw, rules, about.title)
    cast = find_cast(article, corpus.actors, about.published, rules)
    hearing = listen(article, cast, rules)
    dates = find_time_words(article, about.published, rules)
    positions = find_positions(article, cast, hearing, rules)
    return Draft(
        about,
        article,
        cast,
        hearing.quotations,
        dates,
        positions,
        list(find_events(article, cast, dates, about.published, rules)),
    )


def make_id(name: str) -> str:
    """An id made of a name: `Union des dockers` becomes `union-des-dockers`."""
    letters = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "Oe")).lower()
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:70].strip("-") or "unnamed"
