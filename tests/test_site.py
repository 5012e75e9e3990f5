"""The built site and the commands that make it, on the sample."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from support import SAMPLE
from support.pages import broken_links, double_ids, read_pages, strays, unreached
from support.projects import build, call_hooks, copy_sample, read_editions, replace_text, run_hooks
from support.sample import EVE, ISSUE, NEXT_DAY, sample_atlas, sample_corpus
from verbatim.site import make_output
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language

BRIEFING = f"briefings/2021/{EVE}.yml"
MOVED = {"/actors/shore-alliance/", "/issues/armed-boats/", "/briefings/summit/"}
"""The addresses of former ids."""


def test_every_kind_of_page_is_there(site: Path) -> None:
    """The site has home, indexes, a page for each record, and the hand-written pages, in both languages."""
    expected = {"/", "/briefings/", "/issues/", "/actors/", "/timeline/", "/explore/", "/sources/"}
    expected |= {"/changes/", "/data/", "/compare/", "/about/", "/method/", "/guide/"}
    for folder in ("actors", "issues", "sources"):
        expected |= {f"/{folder}/{path.stem}/" for path in (SAMPLE / "briefings" / folder).glob("*.yml")}
    expected |= {f"/briefings/{briefing.id}/" for briefing in sample_corpus().published().briefings.values()}
    expected |= MOVED
    expected |= {f"/embed/issues/{id}/camps.html" for id in sample_corpus().issues if sample_atlas().camps(id)}
    expected |= {
        f"/embed/issues/{id}/timeline.html" for id in sample_corpus().issues if sample_atlas().events_by_issue[id]
    }
    expected |= {f"/embed/briefings/{id}/matrix.html" for id in sample_corpus().published().briefings}
    assert set(read_pages(site)) == expected | {f"/en{address}" for address in expected}


def test_every_link_and_anchor_resolves(site: Path) -> None:
    """Each internal link has a file, and each anchor an element."""
    assert broken_links(site, read_pages(site)) == []


def test_broken_links_are_seen(site: Path) -> None:
    """The search for broken links finds a missing page, a missing anchor, and a page without a link to it."""
    pages = read_pages(site)
    pages[f"/briefings/{EVE}/"].ids.clear()
    pages["/nowhere/"] = pages.pop("/actors/corvina/")
    broken = broken_links(site, pages)
    assert any(link.endswith("/corvina/") for link in broken)
    assert any(f"{EVE}/#position-" in link for link in broken)
    assert unreached(pages) == {"/nowhere/"}


def test_ids_are_unique_on_each_page(site: Path) -> None:
    """No page has the same id twice."""
    assert double_ids(read_pages(site)) == {}


def test_every_page_is_reached_from_home(site: Path) -> None:
    """Links from the home page reach every page, except redirects from former addresses."""
    assert unreached(read_pages(site)) == set()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_search_records_lead_to_their_places(site: Path, lang: str) -> None:
    """Every search record has the address of a page or an anchor in its language."""
    pages, root = read_pages(site), "" if lang == "fr" else f"{lang}/"
    output = make_output(sample_corpus(), load_language(lang), Site("Gazette"), today=date(2022, 1, 1), drafts=False)
    assert output.records
    for record in output.records:
        path, anchor = urldefrag(record.url)
        assert anchor == "" or anchor in pages[f"/{root}{path}"].ids, record.url


def test_the_index_of_the_box_holds_what_is_written_by_hand(site: Path) -> None:
    """Material's own index, which every page fetches, has no generated pages."""
    for folder in (site, site / "en"):
        index = json.loads((folder / "search" / "search_index.json").read_text(encoding="utf-8"))
        assert {urldefrag(entry["location"]).url for entry in index["docs"]} == {"about/", "guide/", "method/"}


def test_the_languages_of_the_pages(built: Path) -> None:
    """Pages declare their language and link to themselves in the other one."""
    assert strays(built / "site", read_editions(built)) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_in_another_language_says_so(site: Path, lang: str) -> None:
    """Quotations are in their source's language, and marked with it if the page has another."""
    folder = site.resolve() / ("" if lang == "fr" else lang) / "briefings"
    summit = (folder / NEXT_DAY / "index.html").read_text(encoding="utf-8")
    assert ('<span lang="en">ORPA will become a full member' in summit) == (lang == "fr")
    eve = (folder / EVE / "index.html").read_text(encoding="utf-8")
    assert ('<span lang="fr">rôle armé</span>' in eve) == (lang == "en")


def test_exit_statuses(tmp_path: Path) -> None:
    """The status is 0 with warnings only, 1 for errors and, under --strict, for warnings, 2 for a wrong call."""
    actors = tmp_path / "briefings" / "actors"
    actors.mkdir(parents=True)
    (actors / "port-council.yml").write_text("kind: organisation\nname: Council is #1\n")
    assert call_hooks("check", actors.parent).returncode == 0
    assert call_hooks("check", "--strict", actors.parent).returncode == 1
    (actors / "port-council.yml").write_text("kind: organisation\n")
    assert call_hooks("check", actors.parent).returncode == 1
    assert call_hooks("check", tmp_path / "nothing").returncode == 2
    assert call_hooks("chekc").returncode == 2


def test_the_private_text_proves_the_lock(tmp_path: Path) -> None:
    """`verify` writes the sample's lock, with its private text and without."""
    project = copy_sample(tmp_path)
    assert call_hooks("verify", "--check", "--from-lock", project / "briefings").returncode == 0
    shutil.copytree(SAMPLE / "private", project / ".texts")
    result = call_hooks("verify", "--check", project / "briefings")
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert "0 taken from the lock" in result.stdout


def test_three_mistakes_in_two_files(project: Path) -> None:
    """A misspelt actor, a missing field and a duplicate key give three lines and status 1, from both commands."""
    replace_text(project / BRIEFING, "speaker: nils-haldenberg", "speaker: nils-haldenbreg")
    replace_text(project / "briefings/issues/armed-role.yml", "short: {fr: Rôle armé, en: Armed role}", "topics: []")
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    check = call_hooks("check", project / "briefings")
    lines = check.stdout.splitlines()
    assert check.returncode == 1
    assert len(lines) == 3
    assert "speaker: unknown actor or voice 'nils-haldenbreg' (did you mean 'nils-haldenberg'?)" in lines[0]
    assert lines[1] == "briefings/issues/armed-role.yml:1:1: short: missing"
    assert lines[2].startswith("briefings/issues/armed-role.yml:6:1: topics: duplicate key (first on line 5)")
    build = run_hooks(project, "build")
    assert build.returncode == 1
    assert "Traceback" not in build.stdout + build.stderr
    assert [line for line in (build.stdout + build.stderr).splitlines() if line.startswith("briefings/")] == lines
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before


def test_a_warning_stops_the_published_build(project: Path) -> None:
    """The published build refuses the warnings of `check`."""
    replace_text(project / BRIEFING, "status: planned", "status: happened")
    before = (project / "site").resolve()
    assert call_hooks("check", project / "briefings").returncode == 0
    result = run_hooks(project, "build")
    assert result.returncode == 1
    assert "warning: events[5].status" in result.stdout + result.stderr
    assert (project / "site").resolve() == before


def test_former_ids_lead_to_the_new_ones(site: Path) -> None:
    """Links to former ids work: pages redirect, and former anchors stay at the statement."""
    moved = (site / "actors/shore-alliance/index.html").read_text(encoding="utf-8")
    assert 'href="../orpa/"' in moved
    assert '<noscript><meta http-equiv="refresh" content="0; url=../orpa/"></noscript>' in moved
    for page in (f"briefings/{EVE}", f"issues/{ISSUE}"):
        html = (site / page / "index.html").read_text(encoding="utf-8")
        row = html[html.index('id="position-orpa-joining-2021-05-24"') :]
        assert 'id="position-arpo-joining"' in row[: row.index("</tr>")]


def test_a_withdrawn_position_stays_visible(site: Path) -> None:
    """A withdrawn position does not count, and is shown as withdrawn, with date and reason."""
    html = (site / "issues/customs-and-police/index.html").read_text(encoding="utf-8")
    bench = html[html.index('class="vb-bench"') : html.index('class="vb-silence"')]
    assert "Nils Haldenberg" in bench
    assert "Groupe Zénith noir" not in bench
    row = html[html.index('id="position-black-zenith-customs-2021-05-24"') :]
    row = row[: row.index("</tr>")]
    assert "Retiré le 1er juin 2021." in row
    assert "Relevé par erreur." in row


def test_drafts_stay_out(site: Path) -> None:
    """A draft is checked like any briefing, but not published."""
    draft = "dredging-2021-05-20"
    assert draft in sample_corpus().briefings
    assert not (site / "briefings" / draft).exists()
    for path in [path for path in site.resolve().rglob("*") if path.suffix in (".html", ".json", ".ics", ".xml")]:
        text = path.read_text(encoding="utf-8")
        assert draft not in text, path
        assert "dragage" not in text, path


def test_a_plan_without_an_outcome(site: Path) -> None:
    """A planned event whose day has passed is shown without a recorded outcome, not as happened."""
    timeline = (site / "timeline" / "index.html").read_text(encoding="utf-8")
    lunch = timeline[timeline.index('id="event-quill-marsan-lunch-2021-05-25"') :]
    assert "annoncé\u202f; suite non consignée" in lunch[: lunch.index("</tr>")]
    summit = timeline[timeline.index('id="event-orane-summit-2021-05-25"') :]
    assert "suite non consignée" not in summit[: summit.index("</tr>")]


@pytest.mark.parametrize("name", ["nowhere", "[briefings]", "mkdocs.yml"])
def test_a_misspelt_folder_publishes_nothing(tmp_path: Path, name: str) -> None:
    """A build whose `extra.briefings` names no folder fails; it does not publish an empty site."""
    project = copy_sample(tmp_path, in_french_alone=True)
    replace_text(project / "mkdocs.yml", "  briefings: briefings\n", f"  briefings: {name}\n")
    result = run_hooks(project, "build")
    assert result.returncode == 1
    assert "mkdocs.yml:1:1: extra.briefings: no such folder: " in result.stderr
    assert "Traceback" not in result.stderr
    assert not (project / "site").exists()


def test_no_briefing_at_all(tmp_path: Path) -> None:
    """An empty project builds a site that says that it is empty."""
    project = copy_sample(tmp_path, {}, in_french_alone=True)
    (project / "briefings").mkdir()
    assert "Aucun dossier" in (build(project) / "site" / "index.html").read_text(encoding="utf-8")
