"""`python hooks check`: print every problem of the briefings."""

from __future__ import annotations

import argparse

from commands.output import add_format, report, say
from commands.progress import shown_progress
from commands.project import Commands, add_folder, languages_of, site_language
from verbatim.checks import checked_corpus
from verbatim.problems import Message, fatal
from verbatim.programs import ask_programs


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("check", help="report every problem of the briefings")
    parser.add_argument("--strict", action="store_true", help="count warnings as errors, as the published build does")
    add_format(parser)
    add_folder(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    folder = arguments.folder
    outside, languages = ask_programs(folder), languages_of(folder)
    with shown_progress() as progress:
        corpus, problems = checked_corpus(folder, site_language(), outside, languages, progress=progress)
    count = len(corpus.briefings)
    status = report(problems, strict=arguments.strict)
    if not fatal(problems, strict=True):
        say("1 briefing, no problem" if count == 1 else Message("{count} briefings, no problem", count=count))
    return status
