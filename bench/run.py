"""Measures every claim on speed except search's; writes `results.json` and the table in `README.md`: `make bench`.

Times are CPU seconds of this process, which vary less than wall time. The two sides of a comparison alternate in one
run; the ratio is the median of the pairs' ratios, with the smallest and the largest.
"""

from __future__ import annotations

import argparse
import gzip
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

from generate import write_corpus
from report import keep

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "hooks"))

from verbatim.checks import check_corpus  # noqa: E402
from verbatim.checks.quotations import unverified, verify  # noqa: E402
from verbatim.pages.rendering import render_pages  # noqa: E402
from verbatim.reading.loading import load_corpus  # noqa: E402
from verbatim.reading.text_files import read_texts  # noqa: E402
from verbatim.views.addresses import Site  # noqa: E402
from verbatim.views.atlas import build_atlas  # noqa: E402
from verbatim.wording.language import load_language  # noqa: E402

PAIRS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefings", type=int, default=1000)
    count = parser.parse_args().briefings
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "briefings"
        write_corpus(folder, count)
        facts, rows = measure(folder)
    keep({"facts": facts, "rows": rows}, "table", table_of(facts, rows))


def measure(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    corpus, problems = load_corpus(folder, "fr")
    verification = verify(corpus)
    assert not problems
    assert not verification.problems
    locked = replace(corpus, texts={}, lock=verification.lock)
    assert not list(unverified(locked))

    def load() -> object:
        return load_corpus(folder, "fr", texts=False)

    def check() -> object:
        return check_corpus(locked)

    def verify_afresh() -> object:
        return verify(replace(corpus, texts=read_texts(folder, corpus.sources)[0]))

    def verify_by_the_lock() -> object:
        return list(unverified(locked))

    atlas = build_atlas(locked, date(2030, 1, 1))
    french = load_language("fr")
    pages = render_pages(atlas, french, list, Site("Gazette"))
    first = takewhile(lambda page: page.section != "briefings/" or page.url == page.section, pages)
    sizes = [len(gzip.compress(page.html.encode(), 6)) for page in first if page.section == "timeline/"]
    facts = {
        "briefings": len(corpus.briefings),
        "quotations": len(verification.lock.quotations),
        "events": len(atlas.events),
        "timeline_pages": len(sizes),
        "largest_timeline_kb": round(max(sizes) / 1000, 1),
        "python": platform.python_version(),
        "pairs": PAIRS,
    }
    rows = [
        compare("checking references and rules, against loading", "< 0.5", check, load),
        compare("verifying each quotation in its text, texts read, against loading", "< 1", verify_afresh, load),
        compare("verifying by the lock alone, against loading", "< 0.2", verify_by_the_lock, load),
    ]
    return facts, rows


def compare(what: str, aim: str, one: Callable[[], object], other: Callable[[], object]) -> dict[str, Any]:
    pairs = [(cpu(one), cpu(other)) for _ in range(PAIRS)]
    ratios = sorted(first / second for first, second in pairs)
    return {
        "what": what,
        "seconds": round(statistics.median(first for first, _ in pairs), 3),
        "against_seconds": round(statistics.median(second for _, second in pairs), 3),
        "ratio": round(statistics.median(ratios), 3),
        "spread": [round(ratios[0], 3), round(ratios[-1], 3)],
        "aim": aim,
    }


def cpu(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def table_of(facts: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    lines = ["{briefings} briefings, {quotations} quotations, Python {python}, {pairs} pairs.".format(**facts)]
    timeline = "The timeline of {events} events: {timeline_pages} pages of at most {largest_timeline_kb} KB, gzip."
    lines += ["", timeline.format(**facts), ""]
    lines += ["| what | CPU s | against, CPU s | ratio (spread) | aim |", "|---|---|---|---|---|"]
    for row in rows:
        low, high = row["spread"]
        seconds = f"{row['seconds']} | {row['against_seconds']}"
        lines.append(f"| {row['what']} | {seconds} | {row['ratio']} ({low} to {high}) | {row['aim']} |")
    return lines


if __name__ == "__main__":
    main()
