"""The built site and the commands that make it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from support import ROOT
from support.projects import copy_project, run_hooks
from verbatim.checks import checked_corpus
from verbatim.site import make_output
from verbatim.wording.language import load_language

BRIEFING = "briefings/2017/nato-and-terrorism-2017-05-24.yml"


class _Page(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "xlink:href", "src") and value:
                self.links.append(value)


def _pages(site: Path) -> dict[str, _Page]:
    """By address, `/actors/nato/`; the page for missing addresses is left out, since it has none of its own."""
    files = [path for path in site.resolve().rglob("*.html") if path.name != "404.html"]
    return {
        "/" + path.relative_to(site.resolve()).as_posix().removesuffix("index.html"): _Page(
            path.read_text(encoding="utf-8")
        )
        for path in files
    }


def test_every_kind_of_page_is_there(site: Path) -> None:
    """Home, indexes, a page for each record, and the hand-written pages, all of them in both languages."""
    expected = {"/", "/briefings/", "/issues/", "/actors/", "/timeline/", "/explore/", "/sources/"}
    expected |= {"/about/", "/method/", "/guide/"}
    for folder in ("actors", "issues", "sources"):
        expected |= {f"/{folder}/{path.stem}/" for path in (ROOT / "briefings" / folder).glob("*.yml")}
    expected |= {f"/briefings/{path.stem}/" for path in (ROOT / "briefings").glob("[0-9]*/*.yml")}
    assert set(_pages(site)) == expected | {f"/en{address}" for address in expected}


def test_every_link_and_anchor_resolves(site: Path) -> None:
    """Each address inside the site leads to a file, and each anchor to an element."""
    pages = _pages(site)
    broken = []
    for address, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(urljoin(f"http://site{address}", link))
            parts = urlsplit(target)
            if parts.netloc != "site" or parts.scheme != "http":
                continue
            if parts.path in pages:
                if anchor and anchor not in pages[parts.path].ids and not anchor.startswith("__"):
                    broken.append(f"{address}: {link}")
            elif not (site / parts.path.lstrip("/")).is_file():
                broken.append(f"{address}: {link}")
    assert broken == []


def test_ids_are_unique_on_each_page(site: Path) -> None:
    """No page has two elements of one id, so that every anchor leads to one place."""
    doubles = {address: {i for i in page.ids if page.ids.count(i) > 1} for address, page in _pages(site).items()}
    assert {address: ids for address, ids in doubles.items() if ids} == {}


def test_every_page_is_reached_from_home(site: Path) -> None:
    """Following links from the home page comes to every page."""
    pages = _pages(site)
    reached, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in pages and address not in reached:
            reached.add(address)
            waiting += [urlsplit(urljoin(f"http://site{address}", link)).path for link in pages[address].links]
    assert reached == set(pages)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_search_records_lead_to_their_places(site: Path, lang: str) -> None:
    """Every record of the search is a page or an anchor of the site in its language."""
    pages, root = _pages(site), "" if lang == "fr" else f"{lang}/"
    corpus, _ = checked_corpus(ROOT / "briefings", "fr")
    output = make_output(corpus, load_language(lang), today=date(2020, 1, 1), drafts=False)
    for record in output.records:
        path, anchor = urldefrag(record.url)
        assert anchor == "" or anchor in pages[f"/{root}{path}"].ids, record.url


def test_the_index_of_the_box_holds_what_is_written_by_hand(site: Path) -> None:
    """Material's own index, which every page fetches, stays small: generated pages are not in it."""
    for folder in (site, site / "en"):
        index = json.loads((folder / "search" / "search_index.json").read_text(encoding="utf-8"))
        assert {urldefrag(entry["location"]).url for entry in index["docs"]} == {"about/", "guide/", "method/"}


@pytest.mark.parametrize(("lang", "other"), [("fr", "en"), ("en", "fr")])
def test_the_language_of_the_pages(site: Path, lang: str, other: str) -> None:
    """Pages say their language and lead to themselves in the other; what is in another language says so itself."""
    root = site.resolve()
    for path in root.rglob("*.html"):
        text, inside = path.read_text(encoding="utf-8"), path.relative_to(root)
        if ("en" if inside.parts[0] == "en" else "fr") == lang:
            assert f'<html lang="{lang}"' in text, path
            twin = root / inside.relative_to("en") if lang == "en" else root / "en" / inside
            assert twin.is_file()
            if path.name != "404.html":
                for head in ('<a class="md-header__button vb-lang"', '<link rel=" alternate"'):
                    tag = next(part for part in text.split(head)[1:] if f'hreflang="{other}"' in part.split(">")[0])
                    link = tag.split('href="')[1].split('"')[0]
                    assert (path.parent / link).resolve() == twin.parent
    folder = root / ("" if lang == "fr" else lang)
    summit = (folder / "briefings/nato-brussels-summit-2017-05-25/index.html").read_text(encoding="utf-8")
    english = "NATO will become a full member of the Global Coalition"
    assert (f'<span lang="en">{english}' in summit) == (lang == "fr")
    eve = (folder / "briefings/nato-and-terrorism-2017-05-24/index.html").read_text(encoding="utf-8")
    assert ('<span lang="fr">rôle de combat</span>' in eve) == (lang == "en")


def _one_language_only(value: object, place: str) -> Iterator[str]:
    if isinstance(value, dict) and value and set(value) <= {"fr", "en"}:
        yield from [place] if set(value) != {"fr", "en"} else []
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "translation":
                yield from _one_language_only(inner, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _one_language_only(inner, f"{place}[{number}]")


def test_our_briefings_are_in_both_languages() -> None:
    """Every text of ours is in French and English, but for sources' titles; quotations are translated."""
    corpus, _ = checked_corpus(ROOT / "briefings", "fr")
    kinds = {"actors": corpus.actors, "issues": corpus.issues, "briefings": corpus.briefings}
    missing = [
        place
        for kind, records in kinds.items()
        for record in records.values()
        for place in _one_language_only(record.model_dump(warnings=False), f"{kind}/{record.id}")
    ]
    assert missing == []
    for briefing in corpus.briefings.values():
        for quotation in briefing.quotations:
            lang = corpus.sources[quotation.source].lang
            assert quotation.translation
            assert set(quotation.translation) == {"fr", "en"} - {lang}


def test_check_is_clean() -> None:
    """`check` finds nothing in the published briefings, warnings included."""
    result = run_hooks("check", "--strict")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("no problem\n")


def test_exit_statuses(tmp_path: Path) -> None:
    """0 with warnings alone, 1 for them under --strict and for errors, 2 for a call that cannot be taken."""
    actors = tmp_path / "briefings" / "actors"
    actors.mkdir(parents=True)
    (actors / "port-council.yml").write_text("kind: organisation\nname: Council is #1\n")
    assert run_hooks("check", actors.parent).returncode == 0
    assert run_hooks("check", "--strict", actors.parent).returncode == 1
    (actors / "port-council.yml").write_text("kind: organisation\n")
    assert run_hooks("check", actors.parent).returncode == 1
    assert run_hooks("check", tmp_path / "nothing").returncode == 2
    assert run_hooks("chekc").returncode == 2


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with a site published."""
    copy_project(tmp_path)
    assert run_hooks(tmp_path, "build").returncode == 0
    return tmp_path


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_three_mistakes_in_two_files(project: Path) -> None:
    """A misspelt actor, a missing field and a duplicate key: three lines, exit 1, the same from both commands."""
    _replace(project / BRIEFING, "speaker: jens-stoltenberg", "speaker: jens-stoltenbreg")
    _replace(
        project / "briefings/issues/nato-combat-role.yml", "short: {fr: Rôle de combat, en: Combat role}", "topics: []"
    )
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    check = run_hooks(project, "check")
    lines = check.stdout.splitlines()
    assert check.returncode == 1
    assert len(lines) == 3
    assert "speaker: unknown actor or voice 'jens-stoltenbreg' (did you mean 'jens-stoltenberg'?)" in lines[0]
    assert lines[1] == "briefings/issues/nato-combat-role.yml:1:1: short: missing"
    assert lines[2].startswith("briefings/issues/nato-combat-role.yml:5:1: topics: duplicate key (first on line 4)")
    build = run_hooks(project, "build")
    assert build.returncode == 1
    assert "Traceback" not in build.stdout + build.stderr
    assert [line for line in (build.stdout + build.stderr).splitlines() if line.startswith("briefings/")] == lines
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before


def test_a_warning_stops_the_published_build(project: Path) -> None:
    """What `check` only warns of, the published build refuses."""
    _replace(project / BRIEFING, "status: planned", "status: happened")
    before = (project / "site").resolve()
    assert run_hooks(project, "check").returncode == 0
    result = run_hooks(project, "build")
    assert result.returncode == 1
    assert "warning: events[5].status" in result.stdout + result.stderr
    assert (project / "site").resolve() == before


def test_former_ids_lead_to_the_new_ones(project: Path) -> None:
    """Links to ids that were renamed keep working: pages lead on, and anchors stay where the statement is."""
    _replace(project / "briefings/actors/nato.yml", "kind:", "formerly: [otan]\nkind:")
    _replace(
        project / BRIEFING,
        "- id: nato-joining-2017-05-24",
        "- id: nato-joining-2017-05-24\n    formerly: [otan-joining]",
    )
    assert run_hooks(project, "build").returncode == 0
    moved = (project / "site/actors/otan/index.html").read_text(encoding="utf-8")
    assert 'href="../nato/"' in moved
    assert '<noscript><meta http-equiv="refresh" content="0; url=../nato/"></noscript>' in moved
    for page in (f"briefings/{Path(BRIEFING).stem}", "issues/nato-joining-the-coalition"):
        html = (project / "site" / page / "index.html").read_text(encoding="utf-8")
        row = html[html.index('id="position-nato-joining-2017-05-24"') :]
        assert 'id="position-otan-joining"' in row[: row.index("</tr>")]


def test_a_withdrawn_position_stays_visible(project: Path) -> None:
    """What was withdrawn counts for nothing, and is shown as withdrawn, with its date and reason."""
    withdrawn = "evidence: [stoltenberg-many-allies]\n    withdrawn: {date: 2017-06-01, reason: Relevé par erreur.}"
    _replace(project / BRIEFING, "evidence: [stoltenberg-many-allies]", withdrawn)
    assert run_hooks(project, "build").returncode == 0
    html = (project / "site/issues/nato-joining-the-coalition/index.html").read_text(encoding="utf-8")
    bench = html[html.index('class="vb-bench"') : html.index('class="vb-silence"')]
    assert "De nombreux alliés" not in bench
    row = html[html.index('id="position-many-allies-joining-2017-05-24"') :]
    row = row[: row.index("</tr>")]
    assert "Retiré le 1er juin 2017." in row
    assert "Relevé par erreur." in row


def test_drafts_stay_out(project: Path) -> None:
    """A draft is checked like any briefing, and nothing of it is published."""
    summit = "nato-brussels-summit-2017-05-25"
    _replace(project / f"briefings/2017/{summit}.yml", "status: published", "status: draft")
    result = run_hooks(project, "build")
    assert result.returncode == 0, result.stdout + result.stderr
    assert not (project / "site" / "briefings" / summit).exists()
    assert not [path for path in (project / "site").rglob("*.html") if summit in path.read_text(encoding="utf-8")]


def test_a_plan_without_an_outcome(project: Path) -> None:
    """A planned event whose day has passed is never taken to have happened: its outcome is not recorded."""
    timeline = project / "site" / "timeline" / "index.html"
    assert "suite non consignée" not in timeline.read_text(encoding="utf-8")
    summit = project / "briefings/2017/nato-brussels-summit-2017-05-25.yml"
    _replace(
        summit,
        "- event: trump-macron-lunch-2017-05-25\n    status: happened",
        "- event: trump-macron-lunch-2017-05-25\n    status: planned",
    )
    result = run_hooks(project, "build")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "annoncé\u202f; suite non consignée" in timeline.read_text(encoding="utf-8")


def test_no_briefing_at_all(tmp_path: Path) -> None:
    """An empty project builds a site that says so."""
    copy_project(tmp_path)
    for path in (tmp_path / "briefings").rglob("*.*"):
        path.unlink()
    result = run_hooks(tmp_path, "build")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Aucun dossier" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
