"""Saves measurements: one part of `results.json`, and one table of `README.md` between its marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def keep(results: dict[str, Any], mark: str, lines: list[str]) -> None:
    """Replace some keys of the results, and the text between `<!-- mark -->` and `<!-- end -->`."""
    file = HERE / "results.json"
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.write_text(json.dumps(kept | results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    readme = HERE / "README.md"
    head, begin, rest = readme.read_text(encoding="utf-8").partition(f"<!-- {mark} -->\n")
    tail = rest.partition("<!-- end -->\n")[2]
    table = "\n".join(lines)
    readme.write_text(f"{head}{begin}{table}\n<!-- end -->\n{tail}", encoding="utf-8")
    print(table)
