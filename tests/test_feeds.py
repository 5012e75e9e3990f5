"""Feeds, read back by another parser."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml

from support import CASES
from support.corpora import BASE, write_corpus
from support.sample import ISSUE, NEXT_DAY, sample_atlas
from verbatim.checks import checked_corpus
from verbatim.pages.feeds import feed_files
from verbatim.site import make_output
from verbatim.views.addresses import Site
from verbatim.views.atlas import build_atlas
from verbatim.views.feeds import MOST_ENTRIES, MOST_OF_ONE
from verbatim.wording.language import load_language

SITE = Site("Gazette", "https://example.org/")
PIER = "2020/pier.yml"
CASE_LIST = yaml.safe_load((CASES / "feeds.yml").read_text(encoding="utf-8"))


def read(content: bytes) -> Any:
    """A feed as another parser reads it, which finds no fault in it."""
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def feeds_of(folder: Path, files: dict[str, Any], site: Site = SITE) -> dict[str, Any]:
    """The English feeds of a corpus, by path."""
    written = {name: each if isinstance(each, str) else yaml.safe_dump(each) for name, each in files.items()}
    corpus, problems = checked_corpus(write_corpus(folder / "briefings", written), "en")
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    atlas = build_atlas(corpus, date(2020, 3, 30))
    return {path: read(content) for path, content in feed_files(atlas, load_language("en"), site)}


def files_of(case: dict[str, Any]) -> dict[str, Any]:
    """The corpus of a golden case."""
    pier = yaml.safe_load(BASE[PIER])
    pier |= case.get("briefing", {})
    pier["positions"][0] |= case.get("first", {})
    files: dict[str, Any] = {**BASE, f"2020/{pier.pop('id', 'pier')}.yml": pier}
    if pier.get("formerly"):
        del files[PIER]
    if "second" in case:
        position = {**pier["positions"][0], "id": "ada-brun-later", "date": date(2020, 3, 8)}
        position |= {"modality": "stated", "evidence": [{"source": "harbour-gazette"}]}
        position.pop("said_by", None)
        later = {"title": "A week later", "date": date(2020, 3, 9), "lang": "en", "status": "published"}
        later |= {"summary": "She speaks again.", "positions": [position | case["second"]]}
        files["2020/later.yml"] = later
    return files


@pytest.mark.parametrize("case", CASE_LIST, ids=[case["promise"] for case in CASE_LIST])
def test_what_a_feed_lists(case: dict[str, Any], tmp_path: Path) -> None:
    """Each golden case lists its entries; ids are unique, and kept where the case says so."""
    entries = feeds_of(tmp_path / "now", files_of(case))["feed.xml"].entries
    found = [f"{each.updated[:10]} {each.tags[0].term} {each.title}" for each in entries]
    assert found == case["entries"]
    ids = [each.id for each in entries]
    assert len({*ids}) == len(ids)
    if case.get("ids") == "kept":
        before = feeds_of(tmp_path / "before", files_of({}))["feed.xml"].entries
        assert ids == [each.id for each in before]


@cache
def sample_feeds(code: str = "fr", url: str = SITE.url) -> dict[str, Any]:
    files = feed_files(sample_atlas(), load_language(code), Site("Sextant", url))
    return {path: read(content) for path, content in files}


def test_a_change_is_told_with_both_statements() -> None:
    """The entry has the new stance with its words and its source, then the one before with its own briefing."""
    [entry] = [
        each
        for each in sample_feeds("en")[f"issues/{ISSUE}/feed.xml"].entries
        if each.tags[0].term == "change" and " ORPA " in each.title
    ]
    html = entry.content[0].value
    assert entry.title.endswith(" · Leaves it open → For")
    assert entry.content[0].type == "text/html"
    assert entry.link == f"https://example.org/briefings/{NEXT_DAY}/#position-orpa-joining-2021-05-25"
    new, before = html.split("<h3>Before</h3>")
    assert "ORPA will become a full member of the joint patrol" in new
    assert "The alliance becomes a full member" in new
    assert "#position-orpa-joining-2021-05-24" in before


def test_who_has_a_feed() -> None:
    """The site, each actor and each question have one, in which stand what concerns them, and the feeds say whose."""
    feeds, atlas = sample_feeds(), sample_atlas()
    assert feeds["feed.xml"].feed.title == "Sextant"
    assert {path for path in feeds if path.startswith("issues/")} == {
        f"issues/{id}/feed.xml" for id in atlas.corpus.issues
    }
    assert len(feeds["feed.xml"].entries) == len(atlas.positions) + len(atlas.corpus.briefings)
    nils = feeds["actors/nils-haldenberg/feed.xml"]
    assert nils.feed.title == "Sextant · Nils Haldenberg"
    assert nils.feed.author == "Sextant"
    assert {"Nils Haldenberg", "ARPO"} <= {word for each in nils.entries for word in each.title.split(" · ")}
    assert nils.feed.links[0].href == "https://example.org/actors/nils-haldenberg/feed.xml"
    assert nils.feed.links[1].href == "https://example.org/actors/nils-haldenberg/"


def test_one_entry_has_one_id_wherever_it_stands() -> None:
    """The feeds of a question and an actor give an entry the id of the site's feed; those in English give another."""
    ids = {each.link: each.id for each in sample_feeds()["feed.xml"].entries}
    for feed in sample_feeds().values():
        assert [each.id for each in feed.entries if ids[each.link] != each.id] == []
    assert not {*ids.values()} & {each.id for each in sample_feeds("en")["feed.xml"].entries}


def test_every_link_is_whole() -> None:
    """With an address every link in an entry is absolute; without one it leads from the feed to its page."""
    html = "".join(entry.content[0].value for feed in sample_feeds().values() for entry in feed.entries)
    assert len(re.findall('href="https://example.org/', html)) == html.count("href=") > 100
    files = dict(feed_files(sample_atlas(), load_language("fr"), Site("Sextant")))
    assert b'href="../../issues/' in files[f"issues/{ISSUE}/feed.xml"]
    assert b'href="./issues/' in files["feed.xml"]


def test_a_feed_is_bounded(tmp_path: Path) -> None:
    """The site's feed and an actor's have the newest entries, in the order of before where a briefing is added."""
    files: dict[str, Any] = files_of({})
    for day in range(1, 29):
        briefing = yaml.safe_load(BASE[PIER])
        for kind in ("positions", "quotations"):
            briefing[kind] = [
                {**each, "id": f"{each['id']}-{day}-{number}"} for each in briefing[kind] for number in range(4)
            ]
        for number, position in enumerate(briefing["positions"]):
            position |= {"evidence": [f"we-need-it-{day}-{number}"], "date": date(2020, 2, day)}
        files[f"2020/pier-{day}.yml"] = briefing | {"date": date(2020, 2, day), "title": f"Day {day}"}
    feeds = feeds_of(tmp_path / "now", files)
    before = feeds_of(tmp_path / "before", {name: each for name, each in files.items() if name != PIER})
    assert len(feeds["feed.xml"].entries) == MOST_ENTRIES
    assert len(feeds["actors/ada-brun/feed.xml"].entries) == MOST_OF_ONE
    was, now = ([each.id for each in found["feed.xml"].entries] for found in (before, feeds))
    assert now[2:] == was[:-2]


def test_what_xml_cannot_write_is_replaced() -> None:
    """A site's name with a control character or the end of a section gives a feed that parses."""
    name = "A\x0b & <b>]]>\ufffe"
    files = dict(feed_files(sample_atlas(), load_language("fr"), Site(name, "https://example.org/?a&b")))
    assert read(files["feed.xml"]).feed.title_detail.value == "A\ufffd & <b>]]>\ufffd"


def test_nothing_has_no_feed(tmp_path: Path) -> None:
    """A site without a briefing, and one that is opened from a folder, have no feed and no link to one."""
    corpus, _ = checked_corpus(write_corpus(tmp_path / "briefings", {}), "en")
    for each, offline in ((corpus, False), (sample_atlas().corpus, True)):
        output = make_output(each, load_language("en"), SITE, today=date(2021, 7, 1), drafts=False, offline=offline)
        assert [file.path for file in output.files if file.path.endswith(".xml")] == []
        assert [page.url for page in output.pages if page.feed or "feed.xml" in page.head + page.html] == []


def test_pages_lead_to_their_feed(site: Path) -> None:
    """Each page names the site's feed in its head; an actor's and a question's their own too, and show it."""
    for path in ("", "method/", "briefings/", f"issues/{ISSUE}/", "actors/orpa/"):
        html = (site / path / "index.html").read_text("utf-8")
        head, body = html.split("</head>")
        depth = "../" * path.count("/") or "./"
        links = [
            part.split('"')[0]
            for part in head.split('type="application/atom+xml"')[1:]
            for part in [part.split('href="')[1]]
        ]
        own = f"{depth}{path}feed.xml"
        assert links == (
            [own] if not path else [f"{depth.rstrip('/')}/feed.xml", *([own] if path.count("/") > 1 else [])]
        )
        assert (f'href="{own}" type="application/atom+xml"' in body) == (own in links)
        assert (site / path / "feed.xml").is_file() == (own in links)
