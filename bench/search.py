"""Measures our search against Material's own, on the same records and in the same shell: `make bench`.

The two sides alternate in one run, each visit with an empty cache; a ratio is the median of the pairs' ratios.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generate import CONSONANTS, VOWELS, write_corpus
from playwright.sync_api import Browser, sync_playwright
from reader import Visit, visit
from report import keep
from wire import Site

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from verbatim.exports.table import list_statements  # noqa: E402
from verbatim.publishing.atomic import place_index  # noqa: E402
from verbatim.reading.loading import load_corpus  # noqa: E402
from verbatim.search.indexing import build_index  # noqa: E402
from verbatim.search.names import name_files, names_of  # noqa: E402
from verbatim.search.records import SearchRecord, search_records  # noqa: E402
from verbatim.views.atlas import build_atlas  # noqa: E402
from verbatim.wording.language import load_language  # noqa: E402
from verbatim.wording.words import words_of  # noqa: E402

SIZES = (100, 1000, 10000)
PAIRS = 5
PATIENCE = 300
ONCE = 50_000
"""From this number of records on, indexing is measured once, because it takes minutes."""

INVENTED = re.compile(f"([{CONSONANTS}][{VOWELS}])+")
"""A word of the generator; other words are labels."""

STOPPED = {"sera"}
"""A French stop word that the generator's syllables can make; Material's own search leaves it out."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of briefings")
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds until an answer is given up")
    chosen = parser.parse_args()
    programs = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    chromium = next(filter(None, map(shutil.which, programs)), None)
    if chromium is None:
        sys.exit("bench/search.py needs Chromium: install the package 'chromium'")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        shell = build_shell(Path(scratch) / "project")
        sizes = [
            measure(Path(scratch) / str(size), size, shell, browser, chosen.pairs, chosen.patience)
            for size in chosen.sizes
        ]
        facts = {
            "chromium": browser.version,
            "material": version("mkdocs-material"),
            "pagefind": version("pagefind"),
            "pairs": chosen.pairs,
            "sizes": sizes,
        }
        browser.close()
    keep({"search": facts}, "search", table_of(facts))


# ---- The two sites --------------------------------------------------------------------------------------------


def build_shell(project: Path) -> Path:
    """Build the project's own site in a copy."""
    for name in ("docs", "hooks", "briefings"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.txt"))
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy(config, project)
    subprocess.run([sys.executable, project / "hooks", "build"], check=True, capture_output=True)
    return project / "site"


def read_records(folder: Path, briefings: int) -> tuple[list[SearchRecord], list[tuple[str, bytes]]]:
    """The search records and the files of names of a generated corpus."""
    write_corpus(folder, briefings)
    corpus, problems = load_corpus(folder, "fr", texts=False)
    assert not problems
    atlas, french = build_atlas(corpus, date(2020, 1, 1)), load_language("fr")
    records = search_records(atlas, list_statements(atlas, french), french)
    return records, list(name_files(names_of(atlas, french)))


def our_site(folder: Path, shell: Path, index: Path, names: list[tuple[str, bytes]]) -> Path:
    shutil.copytree(shell, folder, ignore=shutil.ignore_patterns("names", "pagefind", "*.map"))
    place_index(index, folder)
    for path, content in names:
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
    return folder


def material_site(folder: Path, shell: Path) -> Path:
    """The same shell, with Material's own worker on the home page; `write_material_index` writes its index."""
    shutil.copytree(shell, folder, ignore=shutil.ignore_patterns("names", "pagefind", "*.map"))
    (worker,) = folder.glob("assets/javascripts/workers/search.*.min.js")
    home = folder / "index.html"
    before, begin, rest = home.read_text(encoding="utf-8").partition('<script id="__config" type="application/json">')
    config, end, after = rest.partition("</script>")
    config = json.dumps(json.loads(config) | {"search": str(worker.relative_to(folder))})
    home.write_text(f"{before}{begin}{config}{end}{after}", encoding="utf-8")
    return folder


def write_material_index(folder: Path, written: dict[str, Any], records: list[SearchRecord]) -> None:
    """Write Material's index as its plugin does: its own config and pages, then one document per record."""
    documents = [
        {
            "location": record.url,
            "title": html.escape(record.title, quote=False),
            "text": f"<p>{html.escape(' '.join(filter(None, (record.text, record.note))), quote=False)}</p>",
        }
        for record in records
    ]
    content = json.dumps({**written, "docs": [*written["docs"], *documents]}, separators=(",", ":"))
    (folder / "search" / "search_index.json").write_text(content, encoding="utf-8")


def choose_queries(records: list[SearchRecord]) -> list[str]:
    """The six invented words in most records, alternately of four and of six letters."""
    elisions = load_language("fr").elisions
    held = Counter(word for record in records for word in set(words_of(f"{record.title} {record.text}", elisions)))
    invented = [word for word in held.keys() - STOPPED if INVENTED.fullmatch(word)]
    ranked = sorted(invented, key=lambda word: (-held[word], word))
    short, long = ([word for word in ranked if len(word) == length][:3] for length in (4, 6))
    return [word for pair in zip(short, long, strict=True) for word in pair]


# ---- Measuring ------------------------------------------------------------------------------------------------


def measure(folder: Path, briefings: int, shell: Path, browser: Browser, pairs: int, patience: float) -> dict[str, Any]:
    records, names = read_records(folder / "briefings", briefings)
    queries = choose_queries(records)
    print(f"{briefings} briefings, {len(records)} records, asked for {', '.join(queries)}", file=sys.stderr)
    theirs = material_site(folder / "material", shell)
    written = json.loads((theirs / "search" / "search_index.json").read_text(encoding="utf-8"))
    costs = []
    for number in range(pairs if len(records) < ONCE else 1):
        shutil.rmtree(folder / "index", ignore_errors=True)
        ours_cost = cost(lambda: build_index(records, "fr", folder / "index"))
        costs.append((ours_cost, cost(lambda: write_material_index(theirs, written, records))))
        print(f"indexing {number + 1}: {costs[-1]}", file=sys.stderr)
    index = build_index(records, "fr", folder / "index")  # reuses the last one
    ours = our_site(folder / "ours", shell, index, names)
    visits: list[tuple[Visit, Visit]] = []
    with Site(ours) as our_server, Site(theirs) as their_server:
        visit(browser, our_server, queries, patience)  # warms up Chromium
        for number in range(pairs):
            one = visit(browser, our_server, queries, patience)
            lost = next((other for _, other in visits if other.failed), None)  # a visit that failed is not repeated
            other = lost or visit(browser, their_server, queries, patience)
            visits.append((one, other))
            print(f"pair {number + 1}: {one.first} s, {other.first} s {other.failed}", file=sys.stderr)
    failed = [one.failed for one, _ in visits if one.failed]
    assert not failed, failed
    slip = next(len(gzip.compress(content, 6)) for path, content in names if path == "names/all.json")
    return {
        "briefings": briefings,
        "records": len(records),
        "queries": queries,
        "failed": next((other.failed for _, other in visits if other.failed), ""),
        "parts": parts_of(visits[0][0].sent),
        "names_all": slip,
        "rows": rows_of(visits, costs, len(records)),
    }


def cost(action: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of this process and of its ended children, and seconds of wall time."""

    def used() -> float:
        both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in both)

    cpu, wall = used(), time.perf_counter()
    action()
    return used() - cpu, time.perf_counter() - wall


def parts_of(sent: dict[str, int]) -> dict[str, list[int]]:
    """The files that our search fetches, by kind: number and bytes."""
    parts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    kinds: dict[str, str | tuple[str, ...]] = {
        "scripts": ("assets/javascripts/", "pagefind/pagefind.js"),
        "records": "pagefind/records/",
        "statements": "pagefind/statements/",
        "index": "pagefind/index/",
        "WebAssembly": "pagefind/wasm.",
        "pf_meta and entry": "pagefind/pagefind",
        "names": "names/",
        "index of the hand-written pages": "search/",
    }
    for path, size in sent.items():
        kind = next(kind for kind, begin in kinds.items() if path.startswith(begin))
        parts[kind] = [parts[kind][0] + 1, parts[kind][1] + size]
    return dict(parts)


def rows_of(visits: list[tuple[Visit, Visit]], costs: list[tuple[Any, Any]], records: int) -> list[dict[str, Any]]:
    many = records >= 10_000
    sent = [(sum(one.sent.values()) / 1e3, sum(other.sent.values()) / 1e3) for one, other in visits]
    return [
        row("bytes before the first result, KB", sent, 1 / 30 if many else 1 / 5),
        row("bytes until all results are counted, KB", [(one.whole / 1e3, other.whole / 1e3) for one, other in visits]),
        times("first key to first result, s", visits, "first", 1 / 40 if many else None),
        times("opening the page to first result, s", visits, "opened"),
        times("another query, s", visits, "again"),
        times("heap after the first result, MB", visits, "heap", scale=1e-6),
        times("indexing in the reader's browser, on each page, s", visits, "set_up") | {"ratio": None, "spread": None},
        row("indexing before publishing, CPU s", [(one[0], other[0]) for one, other in costs]),
        row("indexing before publishing, s", [(one[1], other[1]) for one, other in costs]),
    ]


def times(
    what: str, visits: list[tuple[Visit, Visit]], name: str, aim: float | None = None, scale: float = 1
) -> dict[str, Any]:
    """A row of visits. If Material's search was given up, the ratio is to the time waited, an upper bound."""
    values = [(getattr(one, name) * scale, getattr(other, name)) for one, other in visits]
    waited = max((other.waited or 0 for _, other in visits if other.failed), default=None)
    if waited is None:
        return row(what, [(one, other * scale) for one, other in values], aim)
    bound = waited if name in ("first", "opened") else 0
    return row(what, [(one, bound) for one, _ in values], aim) | {"against": None, "at_most": True}


def row(what: str, pairs: list[tuple[float, float]], aim: float | None = None) -> dict[str, Any]:
    ratios = sorted(one / other for one, other in pairs if other)
    return {
        "what": what,
        "ours": round(statistics.median(one for one, _ in pairs), 4),
        "against": round(statistics.median(other for _, other in pairs), 4),
        "ratio": round(statistics.median(ratios), 5) if ratios else None,
        "spread": [round(ratios[0], 5), round(ratios[-1], 5)] if ratios else None,
        "aim": aim,
    }


# ---- The table ------------------------------------------------------------------------------------------------


def table_of(facts: dict[str, Any]) -> list[str]:
    lines = ["Chromium {chromium}, Pagefind {pagefind}, Material {material}, {pairs} pairs.".format(**facts), ""]
    columns = ("briefings (records)", "what", "ours", "Material's own", "ratio (spread)", "aim")
    lines += [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    for size in facts["sizes"]:
        for row in size["rows"]:
            against = size["failed"] if row["against"] is None else short(row["against"])
            cells = [f"{size['briefings']:,} ({size['records']:,})", row["what"], short(row["ours"]), against]
            lines.append(f"| {' | '.join([*cells, compared(row), aimed(row)])} |")
    lines += [
        "",
        "What our bytes are, KB (files); a query without an answer fetches all names, too:",
        "",
    ]
    kinds = list(dict.fromkeys(kind for size in facts["sizes"] for kind in size["parts"]))
    lines += [f"| records | {' | '.join(kinds)} | all names |", f"|{'---|' * (len(kinds) + 2)}"]
    for size in facts["sizes"]:
        parts = (size["parts"].get(kind, (0, 0)) for kind in kinds)
        cells = [f"{bytes_ / 1e3:.1f} ({files})" for files, bytes_ in parts]
        lines.append(f"| {size['records']:,} | {' | '.join(cells)} | {size['names_all'] / 1e3:.1f} |")
    lines += ["", "What was asked, the first with an empty cache, the others after it:", ""]
    lines += [f"- {size['records']:,} records: {', '.join(size['queries'])}" for size in facts["sizes"]]
    return lines


def short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def compared(row: dict[str, Any]) -> str:
    if row["ratio"] is None:
        return ""
    low, high = map(ratio, row["spread"])
    return f"{'< ' if row.get('at_most') else ''}{ratio(row['ratio'])} ({low} to {high})"


def ratio(value: float) -> str:
    return f"1/{short(1 / value)}" if value < 1 else f"{short(value)}"


def aimed(row: dict[str, Any]) -> str:
    if row["aim"] is None:
        return ""
    met = row["ratio"] <= row["aim"]
    return f"<= {ratio(row['aim'])}" + ("" if met else f", missed: {short(row['ratio'] / row['aim'])} times that")


if __name__ == "__main__":
    main()
