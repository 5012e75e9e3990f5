"""The formats of what commands say: lines of text, annotations for GitHub's workflows, one JSON document."""

from __future__ import annotations

import json
import os
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO, get_args

from verbatim.problems import LABELS, Message, Problem, Severity, Translate, printable

MOST_ANNOTATIONS = 10
"""Of errors, and of warnings, that GitHub shows for a step; it drops the others."""

MOST_SUMMARY_BYTES = 1_000_000
"""GitHub takes 1 MiB from a step."""

_PUNCTUATION, _BACKSLASHED = re.compile(r"[!-/:-@\[-`{-~]"), r"\\\g<0>"


class Output(ABC):
    """What one command says."""

    def __init__(self, command: str, translate: Translate) -> None:
        self.command = command
        self.translate = translate

    def say(self, line: str, stream: TextIO | None = None) -> None:
        print(printable(self.translate(line)), file=stream or sys.stdout)

    @abstractmethod
    def report(self, problems: Sequence[Problem]) -> None: ...

    @abstractmethod
    def fail(self, problem: Problem) -> None:
        """A problem of the command itself, which is in no file."""

    @abstractmethod
    def finish(self, status: int) -> None:
        """Called once, when all is said, with the command's exit status."""

    def failure(self, problem: Problem) -> str:
        return printable(f"{self.command}: {self.words(problem)}")

    def words(self, problem: Problem) -> str:
        """What is wrong and what to do, without the place."""
        advice = f" ({self.translate(problem.hint)})" if problem.hint else ""
        return f"{self.translate(problem.message)}{advice}"


class TextOutput(Output):
    def report(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            print(problem.line(self.translate))

    def fail(self, problem: Problem) -> None:
        print(self.failure(problem), file=sys.stderr)

    def finish(self, status: int) -> None:
        pass


class GatheringOutput(Output):
    """Keeps all problems for the end."""

    def __init__(self, command: str, translate: Translate) -> None:
        super().__init__(command, translate)
        self.problems: list[Problem] = []

    def report(self, problems: Sequence[Problem]) -> None:
        self.problems += problems

    def fail(self, problem: Problem) -> None:
        self.problems.append(problem)


class GithubOutput(GatheringOutput):
    """Annotations on the lines, and a table of all problems in the job's summary.

    Source: GitHub Docs, "Workflow commands for GitHub Actions", of November 2025.
    """

    def finish(self, status: int) -> None:
        for severity in get_args(Severity):
            self._annotate(severity, [problem for problem in self.problems if problem.severity == severity])
        path = os.environ.get("GITHUB_STEP_SUMMARY")
        if path and self.problems:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(self.summary())

    def _annotate(self, severity: str, problems: list[Problem]) -> None:
        """Where there are more than GitHub shows, the last annotation counts them, and they follow as plain lines."""
        shown = len(problems) if len(problems) <= MOST_ANNOTATIONS else MOST_ANNOTATIONS - 1
        for problem in problems[:shown]:
            print(self._annotation(problem))
        if rest := problems[shown:]:
            count = Message("and {count} more: see the job's summary", count=len(rest))
            print(f"::{severity}::{_escape(self.translate(count))}")
        for problem in rest:
            print(problem.line(self.translate))

    def _annotation(self, problem: Problem) -> str:
        where = problem.where
        if not where.file:
            return f"::{problem.severity}::{_escape(self.failure(problem))}"
        place = f"file={_escape_property(where.file)},line={where.line},col={where.column}"
        field = f"{problem.field}: " if problem.field else ""
        return f"::{problem.severity} {place}::{_escape(printable(field + self.words(problem)))}"

    def summary(self) -> str:
        """All problems in Markdown; nothing in them can style it or end a cell."""
        names = (self.translate(name) for name in ("Place", "Field", "What is wrong", "What to do"))
        lines = [f"### `python hooks {self.command}`\n\n", _row(names), "|---|---|---|---|\n"]
        room = MOST_SUMMARY_BYTES
        for number, problem in enumerate(self.problems):
            place = str(problem.where) if problem.where.file else ""
            severity = self.translate(LABELS[problem.severity])
            message = severity + self.translate(problem.message)
            row = _row((place, problem.field, message, self.translate(problem.hint)))
            room -= len(row.encode())
            if room < 0:
                more = Message("and {count} more in other files", count=len(self.problems) - number)
                row = _row((self.translate(more), "", "", ""))
            lines.append(row)
            if room < 0:
                break
        return "".join(lines) + "\n"


class JsonOutput(GatheringOutput):
    """One document, whatever happens. The author's guide describes it; a change of what is there makes it version 2."""

    def __init__(self, command: str, translate: Translate) -> None:
        super().__init__(command, translate)
        self.said: list[str] = []

    def say(self, line: str, stream: TextIO | None = None) -> None:
        self.said.append(self.translate(line))

    def finish(self, status: int) -> None:
        severities = [problem.severity for problem in self.problems]
        document = {
            "version": 1,
            "command": self.command,
            "status": status,
            "counts": {f"{severity}s": severities.count(severity) for severity in get_args(Severity)},
            "problems": [self._entry(problem) for problem in self.problems],
            "said": self.said,
        }
        print(json.dumps(document, indent=2))  # ASCII, which every terminal and pipe takes

    def _entry(self, problem: Problem) -> dict[str, Any]:
        where = problem.where
        return {
            "file": where.file or None,
            "line": where.line if where.file else None,
            "column": where.column if where.file else None,
            "field": problem.field,
            "message": self.translate(problem.message),
            "hint": self.translate(problem.hint),
            "severity": problem.severity,
        }


FORMATS: dict[str, type[Output]] = {"text": TextOutput, "github": GithubOutput, "json": JsonOutput}


def _row(cells: Iterable[str]) -> str:
    # A backslash before every sign that Markdown, or GitHub's mentions and links, could act on.
    return "".join(f"| {_PUNCTUATION.sub(_BACKSLASHED, printable(cell))} " for cell in cells) + "|\n"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(printable(text)).replace(":", "%3A").replace(",", "%2C")
