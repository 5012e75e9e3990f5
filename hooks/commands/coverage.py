"""`python hooks coverage`: show which sentences of its sources a briefing rests on."""

from __future__ import annotations

import argparse

from commands.output import add_lang, fail, say
from commands.project import Commands, add_folder, site_language
from verbatim.authoring.coverage import Sentence, source_sentences
from verbatim.problems import Message, did_you_mean
from verbatim.programs import ask_programs
from verbatim.reading.loading import load_corpus
from verbatim.reading.text_files import PRIVATE


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("coverage", help="show which sentences of its sources a briefing rests on")
    parser.add_argument("briefing", help="its id")
    add_lang(parser)
    add_folder(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    folder, id = arguments.folder, arguments.briefing
    corpus, _ = load_corpus(folder, site_language(), ask_programs(folder))
    briefing = corpus.briefings.get(id)
    if briefing is None:
        hint = did_you_mean(id, corpus.briefings)
        return fail(Message("unknown or unreadable briefing {id!r}", id=id), hint)
    sources = source_sentences(corpus, briefing)
    if not sources:
        return fail("no text of its sources is here", Message("put it at {file}", file=f"{PRIVATE}/<source>.txt"))
    for source, sentences in sources.items():
        used = sum(sentence.used for sentence in sentences)
        say(
            Message(
                "{source}: {used} of {all} sentences support a claim ({share})",
                source=source,
                used=used,
                all=len(sentences),
                share=f"{used / max(len(sentences), 1):.0%}",
            )
        )
        for sentence in sentences:
            line = f"{_mark(sentence)} {sentence.paragraph:>3}  {sentence.text}"
            say(line)
    say('"  quoted    ~  paraphrased    blank: supports no claim')
    return 0


def _mark(sentence: Sentence) -> str:
    if sentence.quoted:
        return '"'
    return "~" if sentence.paraphrased else " "
