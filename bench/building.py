"""Measures whole builds against other generators on the same facts: `make bench` runs it; `--help` has the sizes.

Ours is one language without the search index. The others get the facts that our pages show as bare Markdown tables, a
page for each briefing, actor, issue and source: plain mkdocs-material, and Hugo, whose layout is our theme's shell.
Every side starts from nothing, by turns. Times are CPU seconds of the process and its children.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from math import log
from pathlib import Path

from generate import write_corpus
from report import keep

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "hooks"))

from verbatim.checks.quotations import verify  # noqa: E402
from verbatim.reading.loading import load_corpus  # noqa: E402
from verbatim.reading.lock import format_lock  # noqa: E402
from verbatim.views.addresses import page_url  # noqa: E402
from verbatim.views.atlas import Atlas, build_atlas  # noqa: E402
from verbatim.views.statements import PositionView  # noqa: E402

SIDES = ("ours", "Hugo", "Material")


@dataclass(frozen=True)
class Run:
    """One build: seconds of CPU and of wall time, peak memory and output in MB, and the number of files."""

    cpu: float
    wall: float
    memory: float
    output: float
    files: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="numbers of briefings")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--hugo", default="hugo", help="Hugo's program")
    arguments = parser.parse_args()
    rows = []
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as scratch:
            rows.append({"briefings": size, "runs": measure(Path(scratch), size, arguments.pairs, arguments.hugo)})
    hugo = subprocess.run([arguments.hugo, "version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"hugo v([\d.]+)", hugo)
    assert number, hugo
    facts = {
        "versions": f"Python {platform.python_version()}, Material {version('mkdocs-material')}, Hugo {number[1]}",
        "pairs": arguments.pairs,
    }
    keep({"building": facts | {"rows": rows}}, "building", table_of(facts, rows))


def measure(scratch: Path, size: int, pairs: int, hugo: str) -> dict[str, list[dict[str, float]]]:
    """The runs of each side, by turns."""
    prepare(scratch, size)
    config = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    commands = {
        "ours": ([*config, "--strict"], scratch / "ours"),
        "Hugo": ([hugo, "--quiet"], scratch / "hugo"),
        "Material": (config, scratch / "material"),
    }
    runs: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    for _ in range(pairs):
        for side in SIDES:
            command, folder = commands[side]
            runs[side].append(asdict(run(command, folder)))
    return runs


def run(command: list[str], folder: Path) -> Run:
    """Build a site from nothing, and look at what came of it."""
    target = folder / "public"
    for left in (target, folder / "resources", folder / ".build"):
        shutil.rmtree(left, ignore_errors=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VERBATIM_ONLINE": "false"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    assert not status, command
    files = [path for path in target.rglob("*") if path.is_file()]
    output = sum(path.stat().st_size for path in files)
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1e3, output / 1e6, len(files))


def prepare(scratch: Path, size: int) -> None:
    """Write the corpus, our project, and the same facts as bare tables for the others."""
    ours, material, hugo = scratch / "ours", scratch / "material", scratch / "hugo"
    write_corpus(ours / "briefings", size)
    shutil.copytree(ROOT / "hooks", ours / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "fr", ours / "docs" / "fr")
    shutil.copy(ROOT / "mkdocs.yml", ours / "project.yml")
    (ours / "mkdocs.yml").write_text(
        "INHERIT: project.yml\nsite_dir: public\ntheme: {language: fr}\n", encoding="utf-8"
    )
    corpus, _ = load_corpus(ours / "briefings", "fr")
    lock = format_lock(verify(corpus).lock)
    (ours / "briefings" / "sources" / "verified.lock").write_text(lock, encoding="utf-8")
    atlas = build_atlas(corpus, date(2030, 1, 1))
    run([sys.executable, "-m", "mkdocs", "build", "--quiet"], ours)  # compiles, and gives the shell
    page = next((ours / "public" / "sources").glob("source-*/index.html")).read_text(encoding="utf-8")
    start, end = page.index('<div class="vb '), page.index("</article>")
    layout = f"{page[:start]}{{{{ .Content }}}}{page[end:]}"
    for folder, ending in ((material / "docs", "{}.md"), (hugo / "content", "{}.md")):
        for url, title, text in bare_pages(atlas):
            path = folder / ending.format(f"{url}index" if folder.parent == material else url.rstrip("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\ntitle: {json.dumps(title)}\n---\n\n# {title}\n\n{text}", encoding="utf-8")
    (material / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    plain = "site_name: Bare\nsite_dir: public\ntheme: {name: material, font: false}\nplugins: []\n"
    (material / "mkdocs.yml").write_text(f"{plain}markdown_extensions: [tables]\nnav: [index.md]\n", encoding="utf-8")
    (hugo / "layouts" / "_default").mkdir(parents=True)
    for name in ("single", "list"):
        (hugo / "layouts" / "_default" / f"{name}.html").write_text(layout, encoding="utf-8")
    kinds = "disableKinds: [taxonomy, term, rss]\n"
    (hugo / "hugo.yaml").write_text(f"title: Bare\nbaseURL: https://bare.test/\n{kinds}", encoding="utf-8")


def bare_pages(atlas: Atlas) -> Iterator[tuple[str, str, str]]:
    """The address, the title and the Markdown of each page of a briefing, an actor, an issue and a source."""
    corpus = atlas.corpus
    for briefing in corpus.briefings.values():
        text = f"{_words(briefing.summary)}\n\n" + "".join(f"- {_words(p.summary)}\n" for p in briefing.key_points)
        text += positions_table(atlas.positions_by_briefing[briefing.id])
        text += "\n| date | event |\n|---|---|\n"
        for event in atlas.events_by_briefing[briefing.id]:
            text += f"| {event.event.date} | {_words(event.event.title)} |\n"
        yield page_url(briefing), _words(briefing.title), text
    for actor in corpus.actors.values():
        yield page_url(actor), _words(actor.name), positions_table(atlas.positions_held[f"actor/{actor.id}"])
    for issue in corpus.issues.values():
        yield page_url(issue), _words(issue.question), positions_table(atlas.positions_by_issue[issue.id])
    for source in corpus.sources.values():
        rows = "".join(f"| {q.speaker.key} | {q.quotation.quote} |\n" for q in atlas.quotations_by_source[source.id])
        yield page_url(source), _words(source.title), f"\n| who | words |\n|---|---|\n{rows}"


def positions_table(views: list[PositionView]) -> str:
    table = "\n| who | question | stance | known | says | words | date |\n|---|---|---|---|---|---|---|\n"
    for view in views:
        words = " / ".join(quotation.quotation.quote for quotation in view.quotations)
        cells = (_words(view.holder.name), _words(view.issue.short), view.position.stance, view.position.modality)
        table += f"| {' | '.join([*cells, _words(view.position.summary), words, str(view.position.date)])} |\n"
    return table


def _words(text: dict[str, str]) -> str:
    return next(iter(text.values())).strip()


def table_of(facts: dict[str, object], rows: list[dict[str, object]]) -> list[str]:
    lines = ["{versions}; median of {pairs} runs of each, by turns.".format(**facts), ""]
    lines += ["| briefings | what | ours | Hugo, bare | Material, bare | ours / Hugo (spread) | ours / Material |"]
    lines += ["|---|---|---|---|---|---|---|"]
    units = {"cpu": "CPU, s", "wall": "wall, s", "memory": "peak memory, MB", "output": "output, MB", "files": "files"}
    for row in rows:
        runs: dict[str, list[dict[str, float]]] = row["runs"]  # type: ignore[assignment]
        for key, unit in units.items():
            middle = {side: statistics.median(one[key] for one in runs[side]) for side in SIDES}
            ratios = sorted(a[key] / b[key] for a, b in zip(runs["ours"], runs["Hugo"], strict=True))
            spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
            other = middle["ours"] / middle["Material"]
            shown = " | ".join(f"{middle[side]:.3g}" if key != "files" else f"{middle[side]:,.0f}" for side in SIDES)
            lines.append(f"| {row['briefings']:,} | {unit} | {shown} | {spread} | {other:.2f} |")
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        parts = []
        for key in ("cpu", "memory", "output", "files"):
            low, high = (statistics.median(one[key] for one in row["runs"]["ours"]) for row in (first, last))  # type: ignore[index]
            parts.append(f"{key} {log(high / low) / log(last['briefings'] / first['briefings']):.2f}")  # type: ignore[operator]
        lines += [
            "",
            f"Growth exponents of ours from {first['briefings']:,} to {last['briefings']:,}: {', '.join(parts)}.",
        ]
    return lines


if __name__ == "__main__":
    main()
