"""Measures in Chromium when a page of each kind is first painted on a slow line: `make bench`.

The largest page of each kind, of a generated corpus, each visit with an empty cache.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from generate import write_corpus
from playwright.sync_api import Browser, sync_playwright
from report import keep
from wire import Site

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from verbatim.checks.quotations import verify  # noqa: E402
from verbatim.reading.loading import load_corpus  # noqa: E402
from verbatim.reading.lock import format_lock  # noqa: E402

LATENCY, DOWN, UP = 400, 1_600_000, 750_000
"""Milliseconds, and bits per second, of the line."""

KIND = re.compile(r'<div class="vb vb-([a-z-]+)"')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefings", type=int, default=1000)
    parser.add_argument("--visits", type=int, default=3)
    chosen = parser.parse_args()
    programs = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, programs)), None)
    if chromium is None:
        sys.exit("bench/painting.py needs Chromium: install the package 'chromium'")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = build_site(Path(scratch), chosen.briefings)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with Site(folder) as site:
            visit(browser, site, "")  # warms up Chromium
            rows = [measure(browser, site, kind, url, chosen.visits) for kind, url in largest_pages(folder)]
        facts = {"chromium": browser.version, "briefings": chosen.briefings, "visits": chosen.visits, "rows": rows}
        browser.close()
    keep({"painting": facts}, "painting", table_of(facts))


def build_site(project: Path, briefings: int) -> Path:
    """Build the site of a generated corpus, in all languages and with its search."""
    write_corpus(project / "briefings", briefings)
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy(config, project)
    corpus, _ = load_corpus(project / "briefings", "fr")
    lock = project / "briefings" / "sources" / "verified.lock"
    lock.write_text(format_lock(verify(corpus).lock), encoding="utf-8")
    subprocess.run([sys.executable, project / "hooks", "build"], check=True, capture_output=True)
    return project / "site"


def largest_pages(folder: Path) -> list[tuple[str, str]]:
    """The address of the largest page of each kind, in the default language."""
    largest: dict[str, tuple[int, str]] = {}
    for path in folder.rglob("index.html"):
        url = f"{path.parent.relative_to(folder)}/".removeprefix("./")
        kind = KIND.search(path.read_text(encoding="utf-8"))
        if kind and not url.startswith("en/"):
            largest[kind[1]] = max(largest.get(kind[1], (0, "")), (path.stat().st_size, url))
    return sorted((kind, url) for kind, (_, url) in largest.items())


def measure(browser: Browser, site: Site, kind: str, url: str, visits: int) -> dict[str, Any]:
    seen = [visit(browser, site, url) for _ in range(visits)]
    page = site.folder / url / "index.html"
    row = {
        "kind": kind,
        "url": url,
        "page": len(gzip.compress(page.read_bytes(), 6)) / 1e3,
        "requests": seen[0]["requests"],
        "sent": seen[0]["sent"] / 1e3,
        "first": statistics.median(each["first"] for each in seen),
        "largest": statistics.median(each["largest"] for each in seen),
    }
    print(row, file=sys.stderr)
    return row


def visit(browser: Browser, site: Site, url: str) -> dict[str, float]:
    """Seconds to the first and to the largest paint, with the bytes and the requests until the page has loaded."""
    site.sent.clear()
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8},
    )
    page.add_init_script(
        """new PerformanceObserver((seen) => { window.largest = seen.getEntries().at(-1).startTime; })
           .observe({ type: "largest-contentful-paint", buffered: true });"""
    )
    page.goto(f"{site.address}{url}", wait_until="load", timeout=120_000)
    for _ in range(100):
        first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        largest = page.evaluate("window.largest")
        if first and largest:
            break
        page.wait_for_timeout(50)
    assert first, url
    assert largest, url
    context.close()
    return {
        "first": first / 1000,
        "largest": largest / 1000,
        "requests": len(site.sent),
        "sent": sum(size for _, size, _ in site.sent),
    }


def table_of(facts: dict[str, Any]) -> list[str]:
    head = "Chromium {chromium}, {briefings:,} briefings, median of {visits} visits.".format(**facts)
    columns = ("page", "page, KB", "sent, KB", "requests", "first paint, s", "largest paint, s")
    lines = [head, "", f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    for row in facts["rows"]:
        cells = (
            f"{row['page']:.1f}",
            f"{row['sent']:.0f}",
            row["requests"],
            f"{row['first']:.2f}",
            f"{row['largest']:.2f}",
        )
        lines.append(f"| {row['kind']} | {' | '.join(map(str, cells))} |")
    return lines


if __name__ == "__main__":
    main()
