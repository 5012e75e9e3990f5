"""Search in a real browser: what is found, what comes first, and what is offered if nothing is found."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate, chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from support import TESTS
from support.projects import build, generate, replace_text, run_hooks
from support.sample import TODAY, sample_atlas
from verbatim.exports.table import list_statements
from verbatim.publishing.atomic import place_index
from verbatim.reading.loading import load_corpus
from verbatim.search.indexing import WHOLE, IndexingError, _write_facets, build_index, start_indexing
from verbatim.search.names import name_files, names_of
from verbatim.search.records import SearchRecord, search_records
from verbatim.views.atlas import Atlas, build_atlas
from verbatim.wording.language import load_language
from verbatim.wording.words import words_of

HERE = TESTS / "search"
QUERIES = yaml.safe_load((HERE / "queries.yml").read_text(encoding="utf-8"))
CASES = [(corpus, lang, case) for corpus, langs in QUERIES.items() for lang, cases in langs.items() for case in cases]

LISTEN = """
    window.answers = [];
    window.Worker = class extends Worker {
      constructor(...all) {
        super(...all);
        this.addEventListener("message", ({data}) => data.type === 3 && answers.push([this.asked, data.data.items]));
      }
      postMessage(message) {
        if (message.type === 2) this.asked = message.data;
        super.postMessage(message);
      }
    };
"""
"""Records the worker's answer to each query, as Material's box gets it."""

FOUND = """async (query) => {
    index = window.index ??= await vbQuery.open(new URL("./", location.href));
    const results = await vbQuery.search(index, query);
    const shown = await Promise.all(results.slice(0, 100).map(vbQuery.shown));
    return [results.length, shown.map(({ url }) => url)];
}"""


@pytest.fixture(scope="module")
def atlases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Atlas]:
    """The searched corpora, by name."""
    folder = generate(tmp_path_factory.mktemp("corpus") / "briefings", briefings=60)
    shutil.copytree(HERE / "planted", folder, dirs_exist_ok=True)
    corpus, problems = load_corpus(folder, "fr", texts=False)
    assert problems == []
    return {"generated": build_atlas(corpus, TODAY), "sample": sample_atlas()}


@pytest.fixture(scope="module")
def searched(
    atlases: dict[str, Atlas],
    site: Path,
    serve: Callable[[Path], str],
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[tuple[str, str], tuple[Page, list[SearchRecord]]]]:
    """For each corpus and language: a page of a site with its index and names, below a path, and its records."""
    indexes, records = {}, {}
    for name, lang in dict.fromkeys((name, lang) for name, lang, _ in CASES):
        language = load_language(lang)
        statements = list_statements(atlases[name], language)
        records[name, lang] = search_records(atlases[name], statements, language)
        cache = tmp_path_factory.mktemp("indexes")
        indexes[name, lang] = start_indexing(records[name, lang], lang, cache)
    pages, context = {}, browser.new_context(bypass_csp=True)  # the test itself runs WebAssembly in the page
    for (name, lang), index in indexes.items():
        folder = tmp_path_factory.mktemp("site") / "below" / "this"
        shutil.copytree(site, folder)
        shutil.rmtree(folder / "names")
        place_index(index.result(), folder)
        for path, content in name_files(names_of(atlases[name], load_language(lang))):
            target = folder / path
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        page = context.new_page()
        page.add_init_script(LISTEN)
        page.goto(f"{serve(folder.parent.parent)}below/this/")
        _answer(page, "wqxwqx")  # is answered from the whole index
        pages[name, lang] = (page, records[name, lang])
    yield pages
    context.close()


def _answer(page: Page, query: str) -> list[dict[str, Any]]:
    """The first document of each group that the box gets for a query."""
    page.evaluate("answers.length = 0")
    page.locator(".md-search__input").focus()
    page.locator(".md-search__input").fill(query)
    page.keyboard.press("Shift")  # the box reacts to keys
    page.wait_for_function(
        "(query) => answers.some(([asked]) => asked.trim() === query)", arg=query.strip(), timeout=20_000, polling=20
    )  # animation frames are slow in background tabs
    return page.evaluate(
        "(query) => answers.find(([asked]) => asked.trim() === query)[1].map((item) => item[0])", query
    )


def _expected(case: dict[str, Any], records: list[SearchRecord]) -> set[str]:
    """The addresses of the records that a query must find, computed from the records."""
    elisions = load_language("fr").elisions
    texts = {record.url: words_of(f"{record.title} . {record.text}", elisions) for record in records}
    if "phrase" in case:
        return {url for url, words in texts.items() if f" {case['phrase']} " in f" {' '.join(words)} "}
    patterns = [re.compile(word.replace("*", ".*")) for word in case.get("words", [])]
    return {
        url
        for url, words in texts.items()
        if patterns and all(any(pattern.fullmatch(word) for word in words) for pattern in patterns)
    }


@pytest.mark.parametrize(
    ("corpus", "lang", "case"), CASES, ids=[f"{corpus}-{lang}-{case['query']}" for corpus, lang, case in CASES]
)
def test_relevance(searched: dict, corpus: str, lang: str, case: dict[str, Any]) -> None:
    """Each query finds every matching record, the expected one first, and handles typos."""
    page, records = searched[corpus, lang]
    items = _answer(page, case["query"])
    shown = [item["location"] for item in items]
    if expected := _expected(case, records):
        total, found = page.evaluate(FOUND, case["query"])
        assert total >= len(expected)
        assert total > 100 or expected <= set(found)
        assert "phrase" not in case or total == len(expected)
    if "first" in case:
        assert shown[0].startswith(case["first"])
    if "suggest" in case:
        assert shown[0] == case["suggest"]
        assert items[0]["title"].startswith("Vouliez-vous dire\u00a0: ")
    if not {"words", "phrase", "first", "suggest"} & set(case):
        assert shown == []


# ---- The box, the explorer, the files -------------------------------------------------------------------------


def _type(page: Page, words: str) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type(words)


def test_the_box_speaks_to_our_worker(page: Page) -> None:
    """Material's box and our worker speak the same protocol: set up, ready, query, result."""
    listen = """
        window.said = [];
        window.Worker = class extends Worker {
          constructor(...all) {
            super(...all);
            this.addEventListener("message", ({data}) => said.push(["worker", data.type, data.data]));
          }
          postMessage(message) {
            said.push(["box", message.type, message.data]);
            super.postMessage(message);
          }
        };
    """
    with page.add_init_script(listen):
        page.goto("")
    _type(page, "Haldenberg")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    said = page.evaluate("said")
    assert [(who, kind) for who, kind, _ in said][:2] == [("box", 0), ("worker", 1)]
    assert {"location", "title", "text"} <= set(said[0][2]["docs"][0])
    assert ("box", 2, "Haldenberg") in [tuple(one) for one in said if one[1] == 2]
    answer = next(data for who, kind, data in said if (who, kind) == ("worker", 3) and data["items"])
    assert {"location", "title", "text", "terms", "score"} == set(answer["items"][0][0])
    assert "assets/javascripts/search-worker.js" in page.evaluate("JSON.parse(__config.textContent).search")


def test_a_statement_shows_who_how_and_when(page: Page) -> None:
    """A result shows who, stance, reporter and day, with an excerpt in which the matches are marked."""
    page.goto("")
    _type(page, "veuillent pêcheurs")
    article = page.locator(".md-search-result__article", has_text="Corvine")
    expect(article).to_contain_text("Corvine : Réserves")
    expect(article).to_contain_text("rapporté (Une source diplomatique)")
    expect(article).to_contain_text("24 mai 2021")
    expect(article.locator("mark", has_text="pêcheurs")).to_be_visible()
    article.click()
    expect(page.locator(":target")).to_contain_text("Corvine")


def test_all_results_are_in_the_explorer(page: Page) -> None:
    """The last item gives the true number of results, and links to all of them, pages included."""
    page.goto("")
    _type(page, "arpo")
    everything = page.locator(".md-search-result__link", has_text="Tous les résultats")
    total = int(re.search(r"\((\d+)\)", everything.inner_text())[1])
    everything.click()
    expect(page.locator(".vb-count:not([aria-busy])")).to_have_text(f"Résultats\u00a0: {total}")
    rows = page.locator(".vb-x tr:visible:has(td)")
    assert rows.count() < total  # so that there are more to load
    while page.locator(".vb-more").is_visible():
        before = rows.count()
        page.locator(".vb-more").click()
        expect(rows.nth(before)).to_be_visible()
    assert rows.count() == total
    page.get_by_role("link", name="ARPO", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ARPO")


def test_words_sort_and_facets_in_the_address(page: Page) -> None:
    """Words, a facet and an order are in the address, which shows the same rows again."""
    page.goto("explore/?words=patrouille&stance=for&sort=asc")
    expect(page.locator(".vb-count:not([aria-busy])")).to_contain_text("Résultats")
    expect(page.get_by_role("searchbox", name="Mots cherchés")).to_have_value("patrouille")
    days = page.locator("tr[data-id]:visible time").evaluate_all("times => times.map((time) => time.dateTime)")
    assert days
    assert days == sorted(days)
    expect(page.locator("tr[data-id]:visible .vb-st b")).to_have_text(["Pour"] * len(days))


def test_a_deep_link_asks(page: Page) -> None:
    """`?q=` opens the box with its answer, as Material promises."""
    page.goto("?q=Merlow")
    expect(page.locator(".md-search-result__link").first).to_contain_text("Anna Merlow")


def test_a_misspelled_name_is_answered_with_the_name(page: Page) -> None:
    """If nothing is found, the closest name is offered, and links to its page."""
    page.goto("")
    _type(page, "haldenbreg")
    offered = page.locator(".md-search-result__link")
    expect(offered).to_contain_text(["Vouliez-vous dire\u00a0: Nils Haldenberg"])
    offered.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nils Haldenberg")


def test_a_name_is_offered_as_it_is_written(page: Page) -> None:
    """Signs that mean something in a replacement stand in the offered name as they are."""

    def spoil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("Nils Haldenberg", "Nils $& $` Haldenberg"))

    page.route("**/names/*.json", spoil)
    page.goto("")
    _type(page, "haldenbreg")
    expect(page.locator(".md-search-result__link")).to_contain_text(["Vouliez-vous dire\u00a0: Nils $& $` Haldenberg"])


def test_only_the_last_query_is_answered(page: Page) -> None:
    """Letters typed quickly are one query."""
    with page.add_init_script(LISTEN):
        page.goto("")
    page.locator(".md-search__input").click()
    page.evaluate("""() => {
        const box = document.querySelector(".md-search__input");
        for (const value of ["hal", "hald", "halden", "Merlow"]) {
          box.value = value;
          box.dispatchEvent(new KeyboardEvent("keyup", { key: "l" }));
        }
    }""")
    expect(page.locator(".md-search-result__link").first).to_contain_text("Anna Merlow")
    assert {asked for asked, items in page.evaluate("answers") if items} == {"Merlow"}


def test_without_its_index_the_box_says_so(browser: Browser, address: str) -> None:
    """Under `serve` the index may come after the pages: the box says that it is missing, then answers."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto("")
    _type(page, "patrouille")
    expect(page.locator(".md-search-result__link")).to_contain_text(["pas disponible"])
    page.unroute("**/pagefind/**")
    page.keyboard.type(" arpo")
    expect(page.locator(".md-search-result__link").first).not_to_contain_text("pas disponible")
    context.close()


def test_pages_are_found_before_statements(browser: Browser, address: str) -> None:
    """The first answer comes from the small index of pages; the index of statements is asked for after it."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/pagefind/statements/**", lambda route: route.abort())
    page.goto("")
    _type(page, "arpo patrouille")
    links = page.locator(".md-search-result__link")
    expect(links.first).to_be_visible()
    before = links.evaluate_all("links => links.map((link) => link.href)")
    assert [link for link in before if "#" in link or "?words=" in link] == []
    page.unroute("**/pagefind/statements/**")
    page.keyboard.type("s")
    expect(page.locator(".md-search-result__link", has_text="Tous les résultats")).to_be_visible()
    after = links.evaluate_all("links => links.map((link) => link.href)")
    assert [link for link in after if "#" in link]
    context.close()


def test_with_instant_navigation(
    browser: Browser, project: Path, serve: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below a path, with `navigation.instant`, the search, the explorer and a question's days work."""
    replace_text(project / "project.yml", "  features:\n", "  features:\n    - navigation.instant\n")
    served = project / "served"
    served.mkdir()
    address = serve(served)
    monkeypatch.setenv("SITE_URL", f"{address}below/")  # Material follows only links of its sitemap
    build(project)
    (served / "below").symlink_to(project / "site")
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("below/about/")
    page.evaluate("window.same = true")
    _type(page, "Zénoir")
    page.locator(".md-search-result__link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Groupe Zénith noir")
    page.get_by_role("link", name="Explorer").first.click()
    page.get_by_role("radio", name="Contre").check()
    expect(page.locator(".vb-count:not([aria-busy])")).to_contain_text("Résultats")
    assert page.url.endswith("/below/explore/?stance=against")
    page.locator("tr[data-id]:visible .q a").first.click()
    page.locator(".vb-asof [type=radio]").first.check()
    expect(page).to_have_url(re.compile(r"/below/issues/.*\?on=\d{4}-\d{2}-\d{2}$"))
    assert page.evaluate("window.same")
    context.close()


RECORDS = [
    SearchRecord("about/", "Title", "Some words.", "en", "page"),
    SearchRecord("b/#c", "Part", "More.", "en", "key-point"),
]


def test_an_index_is_reused_while_its_records_are_the_same(tmp_path: Path) -> None:
    """The same records are not indexed again; other records replace the old index."""
    first = build_index(RECORDS, "en", tmp_path)
    made = first.stat().st_mtime_ns
    assert build_index(RECORDS, "en", tmp_path) == first
    assert first.stat().st_mtime_ns == made
    told = [replace(record, filters={"proof": ("verified",)}) for record in RECORDS]
    assert build_index(told, "en", tmp_path) != first
    other = build_index(RECORDS[:1], "en", tmp_path)
    assert [path for path in tmp_path.iterdir() if path.name.startswith("en-")] == [other]
    assert (other / "pagefind-entry.json").is_file()


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("exit 0", "0 of 3 answers"),
        ("echo -n 'eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJkaXNrIGZ1bGwifX0=,'", "disk full"),
    ],
)
def test_indexing_that_fails_says_what_was_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    """An indexer that ends early or returns an error raises an error with its answer, and leaves no files."""
    indexer = tmp_path / "indexer"
    indexer.write_text(f"#!/bin/sh\n{program}\n")
    indexer.chmod(0o755)
    monkeypatch.setattr("verbatim.search.indexing.get_executable", lambda: indexer)
    with pytest.raises(IndexingError, match=said):
        build_index(RECORDS, "en", tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["lock"]


def test_records_are_named_by_number(tmp_path: Path) -> None:
    """Records are numbered newest first; both indexes know theirs by it, and what is shown stands at its place."""
    days = [f"20{number:02}-01-01" for number in range(40)]
    dated = [SearchRecord(f"b/#{day}", day, "Words.", "en", "event", sort_date=day) for day in days]
    index = build_index([*RECORDS[:1], *dated], "en", tmp_path)
    files = sorted((index / "records").glob("[0-9]*.json"), key=lambda path: int(path.stem))
    shown = [record["url"] for path in files for record in json.loads(path.read_text(encoding="utf-8"))]
    assert shown == [*(f"b/#{day}" for day in reversed(days)), "about/"]
    assert len(files) == 3
    for folder, named in ((index, ["p000000028"]), (index / "statements", [f"s{number:09x}" for number in range(40)])):
        (metadata,) = folder.glob("*.pf_meta")
        assert re.findall(r"[ps]0[0-9a-f]{8}", gzip.decompress(metadata.read_bytes()).decode("latin-1")) == named


@given(
    st.lists(st.lists(st.sampled_from(["actor/a", "actor/b", "actor/é", "x"]), unique=True, max_size=3), max_size=30),
    st.integers(1, 20),
)
def test_facets_say_who_has_what(held: list[list[str]], most: int) -> None:
    """The files of a facet hold the numbers of the records with each value, in the order of the values; their first
    values lead to each; a file has more numbers than allowed only for one value."""
    records = [SearchRecord("a/", "", "", "en", "page", filters={"actor": tuple(values)}) for values in held]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("verbatim.search.indexing.PLACES_PER_FILE", most)
        _write_facets(records, Path(folder), WHOLE)
        begins = json.loads((Path(folder) / "facets.json").read_text(encoding="utf-8")).get("actor", [])
        files = [json.loads((Path(folder) / f"actor-{place}.json").read_text("utf-8")) for place in range(len(begins))]
    assert begins == sorted(begins) == [min(file) for file in files]
    assert all(len(file) == 1 or sum(map(len, file.values())) <= most for file in files)
    numbers = {value: list(accumulate(gaps)) for file in files for value, gaps in file.items()}
    assert list(numbers) == sorted(numbers)
    expected = {value: [place for place, values in enumerate(held) if value in values] for value in chain(*held)}
    assert numbers == expected


def test_every_file_of_an_index_is_whole(tmp_path: Path) -> None:
    """An index has its entry, which names its metadata and its program, and no file without bytes."""
    index = build_index(RECORDS, "en", tmp_path)
    entry = json.loads((index / "pagefind-entry.json").read_text(encoding="utf-8"))["languages"]["en"]
    assert (index / f"pagefind.{entry['hash']}.pf_meta").is_file()
    assert (index / f"wasm.{entry['wasm']}.pagefind").is_file()
    assert [path for path in index.rglob("*") if path.is_file() and not path.stat().st_size] == []


def test_a_build_without_its_index_is_not_published(project: Path) -> None:
    """If indexing fails, the build fails with one line, and the published site stays."""
    before = (project / "site").resolve()
    (project / "hooks" / "pagefind_bin.py").write_text(
        "from pathlib import Path\n\n\ndef get_executable():\n    return Path('/bin/true')\n"
    )
    shutil.rmtree(project / ".build" / "search")
    result = run_hooks(project, "build")
    assert result.returncode == 1
    assert "the search index was not written" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert (project / "site").resolve() == before
