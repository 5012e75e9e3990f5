"""Linked data: what a page is about, in schema.org's types, for machines that read pages (JSON-LD).

A position is a Claim: its author is who makes it, never more. A position that is told second-hand has its teller for an
author, and its holder among what it is about. Nothing is rated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model.dates import Edtf
from ..model.entities import Issue, Source
from ..views.addresses import HOME, Site, page_url
from ..views.archives import MOST_ROWS
from ..views.dossiers import BriefingView, HomeView
from ..views.profiles import ActorView
from ..views.questions import IssueView
from ..views.sources import SourceView
from ..views.statements import EventView, Party, PositionView, QuotationView
from ..wording.language import Language
from ..wording.prose import first_sentence, strip_prose
from .naming import position_name

Node = dict[str, Any]

PARTIES = {
    "person": "Person",
    "organisation": "Organization",
    "state": ["Country", "Organization"],  # a place to schema.org, which says nothing; ours speaks
    "group": "Organization",
}
"""A voice has no type, since nobody knows whether it is one person."""

SOURCES = {
    "press": "NewsArticle",
    "official": "DigitalDocument",
    "speech": "CreativeWork",
    "interview": "Article",
    "report": "Report",
    "dataset": "Dataset",
    "post": "SocialMediaPosting",
    "video": "VideoObject",
    "audio": "AudioObject",
}

EVENTS = {"planned": "EventScheduled", "cancelled": "EventCancelled"}
"""By status, as far as schema.org knows it. What is merely possible is not said to be an event."""


@dataclass(frozen=True)
class Page:
    """What every page has."""

    url: str
    title: str
    language: Language
    site: Site

    def at(self, url: str) -> str:
        """The address of a page of the site; relative to this one where the site's address is not known."""
        return f"{self.site.url or '../' * self.url.count('/')}{url}" or "./"

    @property
    def publisher(self) -> Node:
        return {"@type": "Organization", "@id": self.publisher_id, "name": self.site.name}

    @property
    def publisher_id(self) -> str:
        return f"{self.at(HOME)}#publisher"


def linked_data(page: Page, view: Any) -> Node:
    """The page's data in one object."""
    match view:
        case BriefingView():
            about = _briefing(page, view)
        case ActorView():
            about = _actor(page, view)
        case IssueView():
            about = _issue(page, view)
        case SourceView():
            about = _document(page, view.source, whole=True)
            about["hasPart"] = [_quotation(page, each) for each, _ in view.passages[:MOST_ROWS]]
        case HomeView():
            about = {"@type": "WebSite", "name": page.site.name, "publisher": page.publisher}
        case _:
            site = {"@type": "WebSite", "@id": page.at(HOME)}
            about = {"@type": "CollectionPage", "name": page.title, "isPartOf": site}
    return _known({"@context": "https://schema.org", "@id": page.at(page.url), "url": page.at(page.url), **about})


def _briefing(page: Page, view: BriefingView) -> Node:
    briefing, plain = view.briefing, page.language.plain
    views = [each for _, views in view.questions for each in views]
    parties = {party.key: party for each in views for party in (each.holder, each.said_by, each.relayed_by) if party}
    return {
        "@type": "Article",
        "headline": page.title,
        "description": first_sentence(plain(briefing.summary)),
        "inLanguage": page.language.code,
        "datePublished": briefing.date.html_datetime,
        "dateModified": briefing.updates[-1].date.html_datetime if briefing.updates else "",
        "author": page.publisher,
        "publisher": page.publisher,
        "about": [_question(page, issue) for issue, _ in view.questions],
        "mentions": [_party(page, party) for party in parties.values() if party.kind != "source"],
        "isBasedOn": [_document(page, source) for source in view.sources],
        "hasPart": [
            *(_claim(page, each) for each in views if not each.position.withdrawn),
            *(_quotation(page, each, whole=False) for each in view.quotations),
            *(_event(page, each) for each in view.timeline.views if each.status != "possible"),
        ],
    }


def _actor(page: Page, view: ActorView) -> Node:
    actor = view.actor
    names = [name for name in actor.aliases if name != page.title]
    return {
        "@type": PARTIES[actor.kind],
        "name": page.title,
        "alternateName": names,
        "description": strip_prose(page.language.plain(actor.description)) if actor.description else "",
        "sameAs": f"https://www.wikidata.org/entity/{actor.wikidata}" if actor.wikidata else "",
        "memberOf": [_party(page, party) for membership, party, _ in view.memberships if not membership.to],
        "subjectOf": [{"@type": "Article", "@id": page.at(page_url(each))} for each in view.briefings[:MOST_ROWS]],
    }


def _issue(page: Page, view: IssueView) -> Node:
    current = [row.view for row in view.rows if row.now]
    return {**_question(page, view.issue), "inLanguage": page.language.code} | {
        "hasPart": [_claim(page, each, whole=False) for each in current],
        "subjectOf": [{"@type": "Article", "@id": page.at(page_url(each))} for each in view.briefings[:MOST_ROWS]],
    }


def _claim(page: Page, view: PositionView, *, whole: bool = True) -> Node:
    """The whole of it stands on the page of its briefing."""
    position = view.position
    claim: Node = {
        "@type": "Claim",
        "@id": page.at(view.url),
        "name": position_name(view, page.language),
        "author": _author(page, view),
    }
    if whole:
        claim["datePublished"] = position.date.html_datetime
        claim["about"] = [_reference(page, view.holder), {"@id": page.at(page_url(view.issue))}]
        claim["text"] = strip_prose(page.language.plain(position.summary))
        claim["appearance"] = [{"@id": page.at(url)} for url in dict.fromkeys(each.url for each in view.evidence)]
    return _known(claim)


def _author(page: Page, view: PositionView) -> Node | None:
    """Who makes the claim: its holder, who tells it, or we who infer it; None for the publication's own voice."""
    match view.position.modality:
        case "stated":
            return _reference(page, view.holder)
        case "inferred":
            return {"@id": page.publisher_id}
        case _:
            teller = view.said_by
            return _reference(page, teller) if teller and teller.kind != "source" else None


def _quotation(page: Page, view: QuotationView, *, whole: bool = True) -> Node:
    """The words stand on the page of their source, where the address leads."""
    quotation: Node = {"@type": "Quotation", "@id": page.at(view.url), "spokenByCharacter": _party(page, view.speaker)}
    if whole:
        quotation["text"] = view.quotation.quote
        quotation["inLanguage"] = view.source.lang
        quotation["isPartOf"] = {"@id": page.at(page_url(view.source))}
    return quotation


def _event(page: Page, view: EventView) -> Node:
    event, plain = view.event, page.language.plain
    start, end = _ends(event.date)
    status = EVENTS.get(view.status)
    return _known(
        {
            "@type": "Event",
            "@id": page.at(view.url),
            "name": plain(event.title),
            "startDate": start,
            "endDate": end,
            "eventStatus": f"https://schema.org/{status}" if status else "",
            "location": {"@type": "Place", "name": plain(event.place)} if event.place else None,
            "about": [_reference(page, party) for party in view.actors],
        }
    )


def _ends(date: Edtf) -> tuple[str, str]:
    """A date as schema.org takes it; both empty where it has no such form."""
    if not date.is_exact:
        return date.html_datetime, ""
    first, _, last = date.text.partition("/")
    return first, last


def _document(page: Page, source: Source, *, whole: bool = False) -> Node:
    document: Node = {
        "@type": SOURCES[source.kind],
        "@id": page.at(page_url(source)),
        "name": page.language.plain(source.title),
        "inLanguage": source.lang,
        "datePublished": source.published.html_datetime,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "sameAs": source.url,
    }
    if whole:
        document["author"] = {"name": source.author} if source.author else None
        document["archivedAt"] = source.archive_url
    return _known(document)


def _question(page: Page, issue: Issue) -> Node:
    return {"@type": "Question", "@id": page.at(page_url(issue)), "name": page.language.plain(issue.question)}


def _party(page: Page, party: Party) -> Node:
    kind = {"@type": PARTIES[party.kind]} if party.kind in PARTIES else {}
    same = {"sameAs": f"https://www.wikidata.org/entity/{party.wikidata}"} if party.wikidata else {}
    return {**kind, "@id": page.at(party.url), "name": page.language.plain(party.name), **same}


def _reference(page: Page, party: Party) -> Node:
    return {"@id": page.at(party.url)}


def _known(node: Mapping[str, Any]) -> Node:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}
