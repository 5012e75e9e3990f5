"""What commands say, in the format and the language that were asked for: `say` a line, `report` problems, or `fail`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from commands.formats import FORMATS, Output, TextOutput
from commands.project import site_language
from verbatim.problems import Problem, Where, fatal, in_bounds
from verbatim.publishing.editions import ConfigurationError
from verbatim.wording.messages import ENGLISH, VARIABLE, known_languages, load_translation

_output: Output = TextOutput("", str)


def add_lang(parser: argparse.ArgumentParser) -> None:
    """Let a command take the language of its messages, as `messages`."""
    explained = "the language of messages; default: the site's default language"
    parser.add_argument("--lang", dest="messages", choices=known_languages(), help=explained)


def add_format(parser: argparse.ArgumentParser) -> None:
    """Let a command take the format of what it says, and the language."""
    explained = "lines of text; annotations and a summary for GitHub's workflows; one JSON document. Default: text"
    parser.add_argument("--format", choices=list(FORMATS), default="text", help=explained)
    add_lang(parser)


@contextmanager
def output_of(command: str, format: str = "text", lang: str | None = None) -> Iterator[Output]:
    """The output of one command, which `say`, `report` and `fail` write to; the caller ends it by `finish`.

    Without `lang` its language is that of the environment's `VERBATIM_LANG`, or else the site's.
    """
    global _output
    _output = FORMATS[format](command, load_translation(lang or os.environ.get(VARIABLE) or _site_language()))
    try:
        yield _output
    finally:
        _output = TextOutput("", str)


def say(line: object, stream: TextIO | None = None) -> None:
    """Print one line, whatever is in it; what is known as a message in the language of messages."""
    _output.say(line if isinstance(line, str) else str(line), stream)


def report(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Print problems in the order of files; the exit status that they ask for."""
    problems = in_bounds(problems)
    _output.report(problems)
    return 1 if fatal(problems, strict=strict) else 0


def fail(message: str, hint: str = "") -> int:
    """Say on standard error why a command cannot do its work; its exit status."""
    _output.fail(Problem(Where(""), "", message, hint))
    return 1


def translate(text: str) -> str:
    """In the language of messages, for what is printed line by line."""
    return _output.translate(text)


def _site_language() -> str:
    try:
        return site_language()
    except ConfigurationError:
        return ENGLISH
