"""Measures whole builds against other generators on the same facts: `make bench` runs it; `--help` has the sizes.

Every build starts from nothing, in a process of its own, and the sides take turns. Times are CPU seconds of the process
and its children. `--table` writes the tables anew from the last results.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from building_table import EVEN, tables_of
from generate import write_corpus
from page_sizes import compare_kinds, compressed_sizes
from report import HERE, keep
from serving import follow_edits

ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "hooks"))

from peers import bare_pages, write_eleventy, write_hugo, write_material  # noqa: E402
from shell import go_layouts  # noqa: E402
from templated import write_templated  # noqa: E402

from verbatim.checks.quotations import verify  # noqa: E402
from verbatim.reading.loading import load_corpus  # noqa: E402
from verbatim.reading.lock import format_lock  # noqa: E402
from verbatim.views.atlas import Atlas, build_atlas  # noqa: E402
from verbatim.wording.language import load_language  # noqa: E402

ONCE = 5000
"""From this number of briefings on there is one round, without the sides that have a search index."""

MIDDLE = 1000
"""The size, or the largest one below it, at which the rest is measured, too: the even corpus, `check`, `serve`,
stages, and whether Hugo's pages are ours."""

EDITS = 5
"""While a site is served."""

LANG = "fr"
SCALE_DAY = date(2030, 1, 1)


@dataclass(frozen=True)
class Programs:
    hugo: str
    eleventy: str
    """Empty where it is not installed."""

    yamllint: str


@dataclass(frozen=True)
class Side:
    """A command that builds a site, or only checks."""

    command: list[str]
    folder: Path
    output: str = ""
    """The folder that it fills, below its own; empty for none."""

    online: bool = False
    """Whether ours has its search index."""

    may_complain: bool = False


@dataclass(frozen=True)
class Run:
    """One build: seconds of CPU and of wall time, peak memory of the largest process and output in MB, files."""

    cpu: float
    wall: float
    memory: float
    output: float
    files: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="numbers of briefings")
    parser.add_argument("--rounds", type=int, default=3, help=f"of a size; one from {ONCE} briefings on")
    parser.add_argument("--hugo", default="hugo", help="Hugo's program")
    parser.add_argument("--eleventy", help="Eleventy's program; left out without it")
    parser.add_argument("--yamllint", default="yamllint")
    parser.add_argument("--table", action="store_true", help="only write the tables from results.json")
    arguments = parser.parse_args()
    if not arguments.table:
        programs = Programs(
            _absolute(arguments.hugo), _absolute(arguments.eleventy or ""), _absolute(arguments.yamllint)
        )
        middle = max((size for size in arguments.sizes if size <= MIDDLE), default=min(arguments.sizes))
        facts: dict[str, Any] = {"versions": versions(programs), "processors": os.cpu_count(), "rows": []}
        for size in sorted(arguments.sizes):
            with tempfile.TemporaryDirectory() as scratch:
                rounds = arguments.rounds if size < ONCE else 1
                facts["rows"].append(measure(Path(scratch), size, rounds, programs, more=size == middle))
            if size == middle:
                with tempfile.TemporaryDirectory() as scratch:
                    facts["rows"].append(measure_even(Path(scratch), size, programs))
            keep({"building": facts}, "building", tables_of(facts))  # a long run that is stopped leaves what it has
    else:
        facts = json.loads((HERE / "results.json").read_text(encoding="utf-8"))["building"]
        keep({}, "building", tables_of(facts))


def _absolute(program: str) -> str:
    """A program as any folder can call it."""
    return str(Path(program).absolute()) if "/" in program else program


def versions(programs: Programs) -> dict[str, str]:
    hugo = re.search(r"v([\d.]+)", _said([programs.hugo, "version"]))
    assert hugo
    named = {"Python": platform.python_version(), "mkdocs-material": version("mkdocs-material")}
    named |= {"Pagefind": version("pagefind"), "Hugo": hugo[1]}
    if programs.eleventy:
        named |= {"Eleventy": _said([programs.eleventy, "--version"]), "Node.js": _said(["node", "--version"])[1:]}
    return named | {"yamllint": _said([programs.yamllint, "--version"]).split()[-1]}


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def measure(scratch: Path, size: int, rounds: int, programs: Programs, *, more: bool) -> dict[str, Any]:
    """All sides by turns on a corpus by Zipf's law; with `more`, all else that is measured."""
    sides = ours(scratch) | peers(scratch, prepare(scratch, size, even=False), programs)
    if size >= ONCE:
        sides = {name: side for name, side in sides.items() if not side.online}
    if more:
        sides |= {
            "check": Side([sys.executable, "hooks", "check"], scratch / "ours"),
            "yamllint": Side([programs.yamllint, "-d", "relaxed", "briefings"], scratch / "ours", may_complain=True),
        }
    runs = by_turns(sides, rounds)
    row = {"briefings": size, "runs": runs, "pages": compressed_sizes(scratch / "ours" / "public")}
    if more:
        row["kinds"] = compare_kinds(scratch / "ours" / "indexed", scratch / "templated" / "public")
        stages = _said([sys.executable, str(HERE / "stages.py"), str(scratch / "ours" / "briefings")])
        row["stages"] = json.loads(stages)
        row["serving"] = follow_edits(scratch / "ours", EDITS)
    return row


def measure_even(scratch: Path, size: int, programs: Programs) -> dict[str, Any]:
    """One round on a corpus in which actors and questions are evenly frequent."""
    sides = ours(scratch) | peers(scratch, prepare(scratch, size, even=True), programs)
    chosen = {name: sides[name] for name in EVEN}
    return {"briefings": size, "even": True, "runs": by_turns(chosen, 1)}


def by_turns(sides: dict[str, Side], rounds: int) -> dict[str, list[dict[str, float]]]:
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in sides}
    for number in range(rounds):
        for name, side in sides.items():
            done = asdict(run(side))
            runs[name].append({key: round(value, 3) for key, value in done.items()})
            print(f"round {number + 1} of {rounds}: {name}: {runs[name][-1]}", file=sys.stderr)
    return runs


def run(side: Side) -> Run:
    """Build a site from nothing, and look at what came of it."""
    target = side.folder / side.output
    for left in (".build", "resources", side.output):
        if left and (side.folder / left).is_symlink():
            (side.folder / left).unlink()
        elif left:
            shutil.rmtree(side.folder / left, ignore_errors=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VERBATIM_ONLINE": str(side.online).lower()}
    launch = [sys.executable, "-I", "-S", str(HERE / "launch.py"), *side.command]
    done = subprocess.run(launch, cwd=side.folder, env=environment, capture_output=True, text=True, check=True)
    took = json.loads(done.stdout)
    assert not took["status"] or side.may_complain, (side.command, done.stderr[-2000:])
    files = [path for path in target.resolve().rglob("*") if path.is_file()] if side.output else []
    output = sum(path.stat().st_size for path in files)
    return Run(took["cpu"], took["wall"], took["memory"], output / 1e6, len(files))


# ---- The projects ---------------------------------------------------------------------------------------------


def ours(scratch: Path) -> dict[str, Side]:
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir"]
    folder = scratch / "ours"
    return {
        "ours": Side([*build, "public"], folder, "public"),
        "indexed": Side([*build, "indexed"], folder, "indexed", online=True),
        "both": Side([sys.executable, "hooks", "build"], scratch / "both", "site", online=True),
    }


def peers(scratch: Path, atlas: Atlas, programs: Programs) -> dict[str, Side]:
    """Write the projects of the others."""
    pages, shell = list(bare_pages(atlas)), scratch / "shell"
    write_hugo(scratch / "hugo", pages, shell)
    write_material(scratch / "material", pages)
    write_templated(scratch / "templated", atlas, load_language(LANG), go_layouts(shell))
    sides = {
        "hugo": Side([programs.hugo, "--quiet"], scratch / "hugo", "public"),
        "templated": Side([programs.hugo, "--quiet"], scratch / "templated", "public"),
        "material": Side([sys.executable, "-m", "mkdocs", "build", "--quiet"], scratch / "material", "public"),
    }
    if programs.eleventy:
        write_eleventy(scratch / "eleventy", pages, shell)
        sides["eleventy"] = Side([programs.eleventy, "--quiet"], scratch / "eleventy", "public")
    return sides


def prepare(scratch: Path, size: int, *, even: bool) -> Atlas:
    """Write our project, for one language and for both, and build a small one, of which the others get the shell."""
    folder = scratch / "ours"
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / LANG, folder / "docs" / LANG)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    _write_briefings(folder / "briefings", 10, even=even)
    run(ours(scratch)["indexed"])  # compiles, too
    (folder / "indexed").rename(scratch / "shell")
    shutil.rmtree(folder / "briefings")
    shutil.rmtree(folder / ".texts")
    atlas = _write_briefings(folder / "briefings", size, even=even)
    shutil.copytree(folder, scratch / "both", ignore=shutil.ignore_patterns(".build"))
    for config in ROOT.glob("mkdocs.*.yml"):
        shutil.copy(config, scratch / "both")
        code = config.name.split(".")[1]
        shutil.copytree(ROOT / "docs" / code, scratch / "both" / "docs" / code)
    return atlas


def _write_briefings(folder: Path, size: int, *, even: bool) -> Atlas:
    write_corpus(folder, size, even=even)
    corpus, problems = load_corpus(folder, LANG)
    assert not problems
    lock = verify(corpus).lock
    (folder / "sources" / "verified.lock").write_text(format_lock(lock), encoding="utf-8")
    return build_atlas(load_corpus(folder, LANG, texts=False)[0].published(), SCALE_DAY)


if __name__ == "__main__":
    main()
