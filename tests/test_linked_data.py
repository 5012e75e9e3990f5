"""What pages say of themselves to machines: linked data, references for Zotero, and previews."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from support.sample import ISSUE, KINDS, NEXT_DAY, TODAY, sample_corpus
from verbatim.site import make_output
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language

ROOT = "https://site.test/"
VOCABULARY = "https://schema.org/"

WORK = {
    "name", "headline", "description", "inLanguage", "datePublished", "dateModified", "author", "publisher", "about",
    "mentions", "isBasedOn", "isPartOf", "hasPart", "text", "url", "sameAs", "subjectOf", "archivedAt",
}  # fmt: skip
PARTY = {"name", "alternateName", "description", "sameAs", "memberOf", "subjectOf", "url"}
PROPERTIES = {
    "WebSite": WORK, "CollectionPage": WORK, "Article": WORK, "NewsArticle": WORK, "DigitalDocument": WORK,
    "CreativeWork": WORK, "Report": WORK, "Dataset": WORK, "SocialMediaPosting": WORK, "VideoObject": WORK,
    "AudioObject": WORK, "Question": WORK, "Claim": WORK | {"appearance"}, "Quotation": WORK | {"spokenByCharacter"},
    "Event": {"name", "startDate", "endDate", "eventStatus", "location", "about"},
    "Place": {"name"}, "Person": PARTY, "Organization": PARTY, "Country": PARTY,
}  # fmt: skip
"""The properties that schema.org has for a type, as far as pages have them."""


def load_context(url: str, options: object) -> dict[str, Any]:
    """Stands for schema.org's context, which is long and elsewhere."""
    assert url == "https://schema.org"
    places = {name: {"@type": "@id"} for name in ("url", "sameAs", "eventStatus", "archivedAt")}
    return {"document": {"@context": {"@vocab": VOCABULARY, **places}}, "documentUrl": url, "contextUrl": None}


class Head(HTMLParser):
    """The block of data and the meta elements of a page's head."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.blocks: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._inside = found.get("type") == "application/ld+json"
        if tag == "meta" and (name := found.get("name") or found.get("property")):
            self.metas.setdefault(name, []).append(found.get("content") or "")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.blocks.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


@cache
def heads(code: str = "en", root: str = ROOT) -> dict[str, Head]:
    """What each page of the sample alone has in its head, by address."""
    site = Site("Sextant", root)
    output = make_output(sample_corpus(), load_language(code), site, today=TODAY, drafts=False)
    return {page.url: Head(page.head) for page in output.pages}


def data_of(url: str, **arguments: str) -> dict[str, Any]:
    [block] = heads(**arguments)[url].blocks
    return json.loads(block)


def nodes_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from nodes_in(item)
    elif isinstance(value, dict):
        yield value
        yield from nodes_in(list(value.values()))


def test_another_parser_reads_every_page() -> None:
    """Each page's data expands to schema.org's types and properties, with whole addresses, and can become RDF."""
    types = set()
    for url in heads():
        expanded = jsonld.expand(data_of(url), {"documentLoader": load_context})
        assert expanded[0]["@id"] == f"{ROOT}{url}"
        for node in nodes_in(expanded):
            kinds = [kind.removeprefix(VOCABULARY) for kind in node.get("@type", ()) if isinstance(node["@type"], list)]
            types |= {*kinds}
            allowed = set().union(*(PROPERTIES[kind] for kind in kinds))
            used = {name.removeprefix(VOCABULARY) for name in node if name.startswith(VOCABULARY)}
            assert used <= allowed or (not kinds and used <= {"name"}), (url, kinds)
            assert node.get("@id", ROOT).startswith("https://")
        assert jsonld.to_rdf(expanded)["@default"]
    assert {"Article", "Person", "Organization", "Country", "Event", "Quotation", "Claim", "Question"} <= types


def test_nothing_is_rated() -> None:
    """No page has a review, a rating, or a word for truth."""
    blocks = " ".join(block for head in heads().values() for block in head.blocks)
    assert re.findall(r"\b(?:\w*[Rr]ating\w*|ClaimReview|Review|reviewed\w*|truth\w*)\b", blocks) == []


def test_a_claim_has_no_more_authors_than_it_has() -> None:
    """Stated: its holder. Reported: its teller, or nobody for the publication itself. Inferred: we. Each is of its
    holder and its question, and appears where its evidence is."""
    claims = [each for url in heads() for each in nodes_in(data_of(url)) if each.get("@type") == "Claim"]
    found = {each["@id"].split("#position-")[1]: each for each in claims if "text" in each}
    told = found["valdoria-joining-2021-05-24-evening"]
    assert told["author"] == {"@id": f"{ROOT}briefings/{NEXT_DAY}/#voice-four-diplomats"}
    assert told["name"].endswith("For (reported)")
    assert told["about"] == [{"@id": f"{ROOT}actors/valdoria/"}, {"@id": f"{ROOT}issues/{ISSUE}/"}]
    assert told["appearance"] == [{"@id": f"{ROOT}sources/league-bulletin-2021-05-25/"}]
    stated = found["orpa-joining-2021-05-25"]
    assert stated["author"] == {"@id": f"{ROOT}actors/orpa/"}
    assert stated["appearance"][0]["@id"].endswith("#quotation-haldenberg-full-member")
    assert "author" not in found["orpa-doing-more-2021-05-25"]
    assert found["elia-marsan-joining-2021-05-24"]["author"] == {"@id": f"{ROOT}#publisher"}
    assert "black-zenith-customs-2021-05-24" not in found  # which was withdrawn


def test_who_speaks_and_where() -> None:
    """A quotation names who spoke it and its document, in whose language it is; an unnamed voice has no type."""
    nodes = [
        each
        for url in (f"briefings/{NEXT_DAY}/", "sources/league-bulletin-2021-05-25/")
        for each in nodes_in(data_of(url))
        if "name" in each or "text" in each
    ]
    parts = {each["@id"].split("#")[1]: each for each in nodes if "#" in each.get("@id", "")}
    words = parts["quotation-haldenberg-full-member"]
    assert words["spokenByCharacter"] == {
        "@type": "Person", "@id": f"{ROOT}actors/nils-haldenberg/", "name": "Nils Haldenberg"
    }  # fmt: skip
    assert words["inLanguage"] == "en"
    assert words["isPartOf"] == {"@id": f"{ROOT}sources/league-bulletin-2021-05-25/"}
    assert "@type" not in parts["voice-four-diplomats"]
    assert data_of("actors/united-erane/")["sameAs"] == "https://www.wikidata.org/entity/Q4115189"


def test_every_claim_is_on_its_page(site: Path) -> None:
    """Each address of a claim, a quotation or an event in the data has its anchor on the page that it names."""
    for url in heads():
        for node in nodes_in(data_of(url)):
            path, _, anchor = node.get("@id", "").removeprefix(ROOT).partition("#")
            if anchor and anchor != "publisher":
                assert f'id="{anchor}"' in (site / path / "index.html").read_text("utf-8"), node


def test_without_an_address_ids_lead_from_the_page() -> None:
    """A site that does not know its address has ids relative to each page."""
    assert data_of("", root="")["@id"] == "./"
    assert data_of("actors/orpa/", root="")["@id"] == "../../actors/orpa/"
    assert "citation_public_url" not in heads("en", "")[f"briefings/{NEXT_DAY}/"].metas


def test_what_zotero_reads() -> None:
    """A briefing has its title, site, date, language and address as Highwire's tags; no other page has any."""
    for url, head in heads().items():
        found = {name: value for name, [value, *_] in head.metas.items() if name.startswith("citation_")}
        if url == f"briefings/{NEXT_DAY}/":
            assert found == {
                "citation_title": "ORPA joins the patrol, unarmed",
                "citation_author": "Sextant",
                "citation_publisher": "Sextant",
                "citation_publication_date": "2021/05/25",
                "citation_language": "en",
                "citation_public_url": f"{ROOT}{url}",
            }
        assert bool(found) == (url in {f"briefings/{id}/" for id in sample_corpus().published().briefings})


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_previews_are_complete(path: str, site: Path) -> None:
    """Each page has what Open Graph asks for, its other language, and an escaped title."""
    metas = Head((site / path.partition("?")[0] / "index.html").read_text("utf-8")).metas
    for name in ("og:title", "og:type", "og:description", "og:site_name", "og:locale", "og:locale:alternate"):
        assert len(metas[name]) == 1, name
        assert metas[name][0], name
    assert metas["og:locale"] == ["fr"]
    assert metas["og:locale:alternate"] == ["en_GB"]
    assert "og:image" not in metas  # this site does not know its address
