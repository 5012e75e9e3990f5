"""Problems are values: what is wrong with an input, where, and what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Severity = Literal["error", "warning"]

MAX_PER_FILE = 100
MAX_IN_ALL = 1000
"""Problems that are reported in one run."""

_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, line breaks, lone surrogates, and characters that are invisible or turn the reading order."""

Loc = tuple[str | int, ...]
"""A field's place in a document, outermost first: `("positions", 2, "actor")`."""


@dataclass(frozen=True, order=True)
class Where:
    """A place in a file."""

    file: str
    """The file as the author names it, relative to the project's folder, with forward slashes."""

    line: int = 1
    """One-based."""

    column: int = 1
    """One-based, in code points."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing for an author to fix, or a warning."""

    where: Where

    field: str
    """The field as the author would write it, `positions[2].actor`; empty for the file as a whole."""

    message: str
    """What is wrong, in one line."""

    hint: str = ""
    """What to do about it, without parentheses; empty if the message says it all."""

    severity: Severity = "error"

    def __str__(self) -> str:
        warning = "warning: " if self.severity == "warning" else ""
        field = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        return printable(f"{self.where}: {warning}{field}{self.message}{hint}")


def printable(text: str) -> str:
    """A text in one line of characters that a terminal only shows and that CI does not take for a command."""
    shown = _UNSHOWN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return shown.replace("##[", "# #[")  # a command wherever it stands


def field_name(loc: Loc) -> str:
    """Write a place as an author reads it: `("positions", 2, "actor")` is `positions[2].actor`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, or nothing where none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""


def fatal(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build: errors always do, warnings only under `strict`."""
    return any(strict or problem.severity == "error" for problem in problems)


def in_bounds(problems: Iterable[Problem]) -> list[Problem]:
    """Distinct problems in the order of files: `MAX_PER_FILE` of each file and `MAX_IN_ALL`, then how many more."""
    kept: list[Problem] = []
    for _, group in groupby(sorted(set(problems)), key=lambda problem: problem.where.file):
        kept += _first(list(group), MAX_PER_FILE, "in this file")
    return _first(kept, MAX_IN_ALL, "in other files")


def _first(problems: list[Problem], most: int, where: str) -> list[Problem]:
    rest = problems[most:]
    if not rest:
        return problems
    severity: Severity = "error" if fatal(rest, strict=False) else "warning"
    return [*problems[:most], Problem(rest[0].where, "", f"and {len(rest)} more {where}", severity=severity)]
