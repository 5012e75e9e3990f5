"""Writes the tables of whole builds from their results: figures, aims, pages by kind, and stages."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from math import log
from typing import Any

Row = dict[str, Any]

SIDES = {
    "ours": "ours, one language",
    "indexed": "ours, with the search index",
    "both": "ours, both languages, each with its index",
    "hugo": "Hugo, bare tables",
    "templated": "Hugo, our pages' HTML",
    "material": "mkdocs-material, bare tables",
    "eleventy": "Eleventy, bare tables",
    "check": "`python hooks check`",
    "yamllint": "yamllint",
}
EVEN = ("ours", "hugo", "templated", "material")
"""The sides that build the even corpus, too."""


def tables_of(facts: Row) -> list[str]:
    zipf = [row for row in facts["rows"] if not row.get("even")]
    versions = ", ".join(f"{name} {number}" for name, number in facts["versions"].items())
    left_out = "" if "Eleventy" in facts["versions"] else " Eleventy is left out, since there is no Node.js."
    lines = [f"{versions}; {facts['processors']} processors.{left_out}", ""]
    lines += [*_aims(zipf), "", *_figures(facts["rows"])]
    for row in zipf:
        lines += ["", *_kinds(row)] if "kinds" in row else []
        lines += ["", *_stages(row)] if "stages" in row else []
    return lines


# ---- Aims -----------------------------------------------------------------------------------------------------


def _aims(rows: list[Row]) -> Iterator[str]:
    yield "| what | briefings | measured (spread) | aim | |"
    yield "|---|---|---|---|---|"
    for what, other, aim in (
        ("CPU against Hugo on bare tables", "hugo", 1.0),
        ("CPU against Hugo writing our pages' HTML", "templated", 0.45),
        ("CPU against mkdocs-material on bare tables", "material", 0.25),
        ("CPU against Eleventy on bare tables", "eleventy", None),
    ):
        for row in rows:
            if other in row["runs"]:
                yield _ratio(row, what, "ours", other, "cpu", aim)
    searched = [row for row in rows if "indexed" in row["runs"]]
    for row in searched:
        if "both" not in row["runs"]:
            continue
        yield _ratio(row, "both languages and the index, wall, against one without it", "both", "ours", "wall", 1.3)
    for row in searched:
        yield _ratio(row, "with the index, CPU, against without it", "indexed", "ours", "cpu", None)
    for row in rows:
        if "yamllint" in row["runs"]:
            yield _ratio(row, "`check`, CPU, against yamllint", "check", "yamllint", "cpu", 0.25)
    for row in rows:
        if "serving" in row:
            yield from _serving(row)
    if len(rows) > 1:
        for what, key, aim in (
            ("CPU", "cpu", 1.05),
            ("output bytes", "output", 1.05),
            ("files", "files", None),
            ("peak memory", "memory", None),
        ):
            yield _exponent(rows[0], rows[-1], what, key, aim)
    for row in rows:
        yield _amount(row, "peak memory, MB", _middle(row, "ours", "memory"), 500 if row["briefings"] == 5000 else None)
    for row in searched:
        limit = row["briefings"] == 1000
        yield _amount(row, "output with the search, MB", _middle(row, "indexed", "output"), 90 if limit else None)
        yield _amount(row, "files with the search", _middle(row, "indexed", "files"), 12_000 if limit else None)
    for row in rows:
        pages = row["pages"]
        yield _amount(row, f"largest page, gzip, KB: `{pages['largest_url']}`", pages["largest"], 60)
        yield _amount(row, f"median of {pages['count']:,} pages, gzip, KB", pages["median"], 12)


def _serving(row: Row) -> Iterator[str]:
    edits, cold = row["serving"], _middle(row, "indexed", "cpu")
    for what, key, part, aim in (
        ("under `serve`, one language: a saved briefing to its page, s", "wall", 1.0, 1.0),
        ("its CPU against a cold build with the index", "cpu", cold, 0.05),
    ):
        values = sorted(edit[key] / part for edit in edits)
        middle = statistics.median(values)
        yield _line(row, what, f"{middle:.3f} ({values[0]:.3f} to {values[-1]:.3f})", middle, aim)


def _ratio(row: Row, what: str, one: str, other: str, key: str, aim: float | None) -> str:
    pairs = zip(row["runs"][one], row["runs"][other], strict=True)
    ratios = sorted(first[key] / second[key] for first, second in pairs)
    middle = statistics.median(ratios)
    spread = f" ({ratios[0]:.2f} to {ratios[-1]:.2f})" if len(ratios) > 1 else ""
    return _line(row, what, f"{middle:.2f}{spread}", middle, aim)


def _amount(row: Row, what: str, value: float, aim: float | None) -> str:
    return _line(row, what, _short(value), value, aim)


def _exponent(first: Row, last: Row, what: str, key: str, aim: float | None) -> str:
    growth = log(_middle(last, "ours", key) / _middle(first, "ours", key))
    exponent = growth / log(last["briefings"] / first["briefings"])
    span = {"briefings": f"{first['briefings']:,} to {last['briefings']:,}"}
    return _line(span, f"growth exponent of {what}", f"{exponent:.2f}", exponent, aim)


def _line(row: Row, what: str, shown: str, value: float, aim: float | None) -> str:
    count = row["briefings"]
    size = count if isinstance(count, str) else f"{count:,}"
    said = "" if aim is None else "met" if value <= aim else f"missed: {value / aim:.2f} times that"
    return f"| {what} | {size} | {shown} | {'' if aim is None else f'<= {_short(aim)}'} | {said} |"


# ---- Figures --------------------------------------------------------------------------------------------------


def _figures(rows: list[Row]) -> Iterator[str]:
    yield "Medians; of the CPU seconds the spread as well. Memory is that of the largest process."
    yield ""
    yield "| briefings | what | rounds | CPU, s (spread) | wall, s | peak memory, MB | output, MB | files |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        size = f"{row['briefings']:,}{', evenly spread' if row.get('even') else ''}"
        for side, runs in row["runs"].items():
            middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
            low, high = (choose(run["cpu"] for run in runs) for choose in (min, max))
            spread = f" ({_short(low)} to {_short(high)})" if len(runs) > 1 else ""
            cells = [size, SIDES[side], str(len(runs)), f"{_short(middle['cpu'])}{spread}"]
            cells += [_short(middle["wall"]), _short(middle["memory"])]
            cells += [_short(middle["output"]), f"{middle['files']:,.0f}"] if middle["files"] else ["", ""]
            yield f"| {' | '.join(cells)} |"


def _kinds(row: Row) -> Iterator[str]:
    yield f"Our pages and those that Hugo writes in their likeness, {row['briefings']:,} briefings, without the shell:"
    yield ""
    yield "| kind | pages: ours, Hugo's | same but for white space | words, thousands | KB | bytes, Hugo's / ours |"
    yield "|---|---|---|---|---|---|"
    for kind, sides in row["kinds"].items():
        ours, hugo = sides["one"], sides["other"]
        pages, words, size = (
            f"{show(ours[index])}, {show(hugo[index])}" for index, show in enumerate((_count, _thousands, _thousands))
        )
        ratio = f"{hugo[2] / ours[2]:.3f}" if hugo[2] and ours[2] else ""
        yield f"| {kind} | {pages} | {_count(sides['same'][0])} | {words} | {size} | {ratio} |"


def _stages(row: Row) -> Iterator[str]:
    stages = row["stages"]
    whole = _middle(row, "ours", "cpu")
    yield f"Where the CPU goes, {row['briefings']:,} briefings, in one process without MkDocs:"
    yield ""
    yield "| stage | CPU, s | part of the build | pages | each, ms | each, KB |"
    yield "|---|---|---|---|---|---|"
    rest = whole
    for name, (seconds, *pages) in stages.items():
        each = (
            [f"{pages[0]:,}", f"{seconds / pages[0] * 1000:.1f}", f"{pages[1] / pages[0] / 1e3:.1f}"] if pages else []
        )
        if name == "search records":
            name += ", not part of this build"
        else:
            rest -= seconds
        yield f"| {' | '.join([name, f'{seconds:.2f}', f'{seconds / whole:.0%}', *(each or ['', '', ''])])} |"
    shell = "the rest: starting Python, MkDocs, Material's shell, writing"
    yield f"| {shell} | {rest:.2f} | {rest / whole:.0%} | | | |"


def _middle(row: Row, side: str, key: str) -> float:
    return float(statistics.median(run[key] for run in row["runs"][side]))


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


_count: Callable[[int], str] = "{:,}".format


def _thousands(value: int) -> str:
    return f"{value / 1e3:,.0f}"
