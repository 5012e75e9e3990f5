"""Problems as values: what is wrong in the input, where, and how to fix it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

Severity = Literal["error", "warning", "notice"]
"""A notice is what a draft has yet to settle: it stops nothing, since drafts are not published."""

MAX_PER_FILE = 100
MAX_IN_ALL = 1000
"""Problems that are reported in one run."""

_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, line breaks, lone surrogates, and characters that are invisible or turn the reading order."""

Loc = tuple[str | int, ...]
"""Path of a field in a document, outermost key first: `("positions", 2, "actor")`."""


@dataclass(frozen=True, order=True)
class Where:
    """A place in a file."""

    file: str
    """Relative to the project's folder, with forward slashes."""

    line: int = 1
    """One-based."""

    column: int = 1
    """One-based, in code points."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """Something for an author to fix."""

    where: Where

    field: str
    """Path of the field, `positions[2].actor`; empty for the whole file."""

    message: str
    """What is wrong, in one line."""

    hint: str = ""
    """How to fix it, without parentheses; empty if the message is enough."""

    severity: Severity = "error"

    def __str__(self) -> str:
        severity = "" if self.severity == "error" else f"{self.severity}: "
        field = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        return printable(f"{self.where}: {severity}{field}{self.message}{hint}")


def printable(text: str) -> str:
    """Escape what a terminal or CI would act on; the result is one line."""
    shown = _UNSHOWN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return shown.replace("##[", "# #[")  # CI reads "##[" as a command, anywhere in a line


def field_name(loc: Loc) -> str:
    """Format a path for authors: `("positions", 2, "actor")` is `positions[2].actor`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word closest to `word`; an empty string if none is close."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""


def fatal(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build: errors always do, warnings only under `strict`."""
    return any(problem.severity == "error" or (strict and problem.severity == "warning") for problem in problems)


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
    severity = min((problem.severity for problem in rest), key=get_args(Severity).index)
    return [*problems[:most], Problem(rest[0].where, "", f"and {len(rest)} more {where}", severity=severity)]
