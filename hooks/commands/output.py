"""What commands print: one safe line at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from verbatim.problems import Problem, fatal, in_bounds, printable


def say(line: object, stream: TextIO | None = None) -> None:
    """Print one line, whatever is in it."""
    print(printable(str(line)), file=stream or sys.stdout)


def report(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Print problems in the order of files; the exit status that they ask for."""
    problems = in_bounds(problems)
    for problem in problems:
        say(problem)
    return 1 if fatal(problems, strict=strict) else 0
