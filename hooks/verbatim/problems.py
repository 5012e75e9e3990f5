"""Problems as values: what is wrong in the input, where, and how to fix it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

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
    """An error for an author to fix, or a warning."""

    where: Where

    field: str
    """Path of the field, `positions[2].actor`; empty for the whole file."""

    message: str
    """What is wrong, in one line."""

    hint: str = ""
    """How to fix it, without parentheses; empty if the message is enough."""

    severity: Severity = "error"

    def __str__(self) -> str:
        warning = "warning: " if self.severity == "warning" else ""
        field = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        line = f"{self.where}: {warning}{field}{self.message}{hint}"
        return line.replace("##[", "# #[")  # CI reads "##[" as a command, anywhere in a line


def field_name(loc: Loc) -> str:
    """Format a path for authors: `("positions", 2, "actor")` is `positions[2].actor`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word closest to `word`; an empty string if none is close."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""


def fatal(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether these problems stop a build: errors always do, warnings only under `strict`."""
    return any(strict or problem.severity == "error" for problem in problems)
