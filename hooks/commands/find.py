"""`python hooks find`: look up what exists already, before it is written a second time."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from commands.output import add_lang, say
from commands.progress import shown_progress
from commands.project import Commands, add_folder, site_language
from verbatim.authoring.finding import KINDS, USUAL, Entry, Lookup
from verbatim.problems import Message
from verbatim.reading.loading import load_corpus
from verbatim.wording.language import load_language

MOST_ROWS = 40


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("find", help="look up actors, questions, events, sources and voices that exist")
    parser.add_argument("words", nargs="+", help="names, aliases, words of a title or of an id, or how they begin")
    parser.add_argument(
        "--kind", action="append", choices=KINDS, help="only of this kind; may be repeated; positions are found only so"
    )
    add_lang(parser)
    add_folder(parser, "--in")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    lang, query = site_language(), " ".join(arguments.words)
    with shown_progress() as progress:
        corpus, _ = load_corpus(arguments.folder, lang, texts=False, progress=progress)
    lookup = Lookup(corpus, load_language(lang).elisions, arguments.kind or USUAL)
    if unread := sum(map(len, corpus.unread.values())):
        say(
            Message(
                "{unread} file(s) could not be read, so they are not searched: `python hooks check`", unread=unread
            ),
            sys.stderr,
        )
    found = lookup.find(query)
    if not found:
        nearest = lookup.nearest(query)
        say(
            Message(
                "nothing is called {query!r}; the nearest:" if nearest else "nothing is called {query!r}", query=query
            )
        )
        _print_table(nearest, lang)
        return 1
    _print_table(found, lang)
    return 0


def _print_table(entries: Sequence[Entry], lang: str) -> None:
    rows = [
        (each.kind, each.id, each.when, each.status, each.text.get(lang) or next(iter(each.text.values())))
        for each in entries[:MOST_ROWS]
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if (more := len(entries) - MOST_ROWS) > 0:
        say(Message("and {more} more: add a word, or --kind", more=more))
