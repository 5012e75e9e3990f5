"""Measures what hostile files within the limits cost: one file each, checked, and built in both languages.

`python bench/hostile.py` prints a row for each: CPU seconds and peak memory of a process of its own. SECURITY.md
quotes the largest.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "hooks"))

from verbatim.checks import checked_corpus  # noqa: E402
from verbatim.problems import fatal  # noqa: E402
from verbatim.site import make_output  # noqa: E402
from verbatim.views.addresses import Site  # noqa: E402
from verbatim.wording.language import load_language  # noqa: E402

BASE = {
    "actors/ada.yml": "kind: person\nname: Ada\n",
    "issues/pier.yml": "question: A pier?\nshort: Pier\n",
    "sources/gazette.yml": "kind: press\ntitle: Gazette\nlang: en\npublished: 2020\ntext: public\n",
    "sources/gazette.txt": "we need it\n",
}
HEAD = "title: Pier\ndate: 2020-03-02\nlang: en\nstatus: published\nsummary: A pier.\n"
QUOTATION = "quotations:\n  - {id: q, source: gazette, speaker: ada, quote: we need it}\n"
EVIDENCE = "evidence: [{source: gazette, locator: page 1}]"
PROSE = ("- - - `\n" * 600)[:3990]
"""The slowest that a search among pieces of Markdown found."""


def briefing(body: str) -> dict[str, str]:
    return {"2020/hostile.yml": f"{HEAD}{body}"}


def positions(count: int, field: str = "date: 201X") -> str:
    rows = [
        f"  - {{id: p{n}, actor: ada, issue: pier, stance: {('for', 'against')[n % 2]}, modality: stated, summary: S,"
        f" {field.format(n=n, before=n - 1)}, {EVIDENCE}}}\n"
        for n in range(count)
    ]
    return "positions:\n" + "".join(rows)


def events(count: int, summary: str = "S") -> str:
    dates = ("2020", "2019~/2020", "201X", "../2020", "2020-02/..")
    rows = [
        f"  - {{id: e{n}, date: {dates[n % 5]}, title: T, kind: vote, status: happened, actors: [ada], {EVIDENCE},"
        f" summary: {summary}}}\n"
        for n in range(count)
    ]
    return "events:\n" + "".join(rows)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def quotations(count: int) -> str:
    rows = [
        f"  - {{id: q{n}, source: gazette, speaker: ada, quote: '{' […] '.join(['a aa ' * (n % 15 + 1)] * 11)}'}}\n"
        for n in range(count)
    ]
    return "quotations:\n" + "".join(rows)


CASES = {
    "a megabyte of slow Markdown": briefing(events(200, quoted(PROSE))),
    "a megabyte of blank lines": briefing(events(120, quoted("a" + "\n" * 3990 + "b"))),
    "500 quotations with ten gaps in 2 MiB of text": {
        "sources/gazette.txt": "a aa " * ((2 << 20) // 5),
        **briefing(quotations(500)),
    },
    "500 positions on one question, of uncertain dates": briefing(positions(500)),
    "500 positions on days of their own": briefing(positions(500, "date: 1{n:03}-01-01")),
    "500 positions that replace each other": briefing(
        positions(500, "date: 2019, replaces: p{before}").replace(", replaces: p-1", "")
    ),
    "500 events of uncertain dates": briefing(events(500)),
    "300,000 empty items": briefing("events: [" + "{}," * 300_000 + "]\n"),
    "20,000 values of the wrong kind": briefing("events: [" + "{}," * 19_000 + "]\n"),
    "10,000 unknown ids": briefing(
        "open_questions:\n"
        + "".join(
            f"  - {{id: o{n}, summary: S, actors: [{','.join(f'ad{n}x{m}' for m in range(100))}]}}\n"
            for n in range(100)
        )
    ),
    "a lock of 2 MB without sense": {"sources/verified.lock": "x\n" * 1_000_000},
    "a lock of 30 MB that is left over": {
        "sources/verified.lock": "".join(f"paragraph s{n} 1 {'a' * 64} {'b' * 64}\n" for n in range(200_000))
    },
}


def main() -> None:
    print("| one hostile file | CPU s | MB | what comes of it |\n|---|---|---|---|")
    for name, files in CASES.items():
        with tempfile.TemporaryDirectory() as scratch:
            for file, text in {**BASE, **files}.items():
                path = Path(scratch) / "briefings" / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            row = subprocess.run([sys.executable, __file__, scratch], capture_output=True, text=True, check=True).stdout
        print(f"| {name} | {row.strip()} |", flush=True)


def measure(folder: Path) -> None:
    """Check and build a folder, and print what that took."""
    corpus, problems = checked_corpus(folder, "en")
    outcome = f"{len(problems)} lines: {problems[0].message}" if problems else "a site"
    if not fatal(problems, strict=False):
        for code in ("fr", "en"):
            make_output(corpus, load_language(code), Site("Hostile"), today=date(2030, 1, 1), drafts=False)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{time.process_time():.1f} | {memory} | {outcome}")


if __name__ == "__main__":
    measure(Path(sys.argv[1]) / "briefings") if len(sys.argv) > 1 else main()
