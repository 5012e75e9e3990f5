"""`python hooks coverage`: show which sentences of its sources a briefing rests on."""

from __future__ import annotations

import argparse
from pathlib import PurePath

from commands.output import add_lang, fail, say
from commands.progress import shown_progress
from commands.project import Commands, add_folder, site_language
from verbatim.authoring.coverage import Sentence, cited_sources, source_sentences
from verbatim.problems import Message, did_you_mean
from verbatim.programs import ask_programs
from verbatim.reading.loading import load_corpus
from verbatim.reading.text_files import text_name


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("coverage", help="show which sentences of its sources a briefing rests on")
    parser.add_argument("named", metavar="briefing", help="a briefing or a source: its id, or the path of its file")
    add_lang(parser)
    add_folder(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    folder, id = arguments.folder, _id_of(arguments.named)
    with shown_progress() as progress:
        corpus, _ = load_corpus(folder, site_language(), ask_programs(folder), progress=progress)
    briefing = corpus.briefings.get(id)
    # A draft and its source have one id: before anything is cited, that is the source to read.
    sources = [*(cited_sources(briefing) if briefing else []), *([id] if id in corpus.sources else [])]
    if any(id in ids for ids in corpus.unread.values()):
        fail(Message("{id!r} cannot be read, or not all of it", id=id), "`python hooks check` says why")
    elif not briefing and not sources:
        hint = did_you_mean(id.lower(), {*corpus.briefings, *corpus.sources})
        fail(Message("no briefing and no source {id!r}", id=id), hint)
    elif not sources:
        fail(Message("{id!r} cites no source yet", id=id), "name a source instead")
    read = [source for source in dict.fromkeys(sources) if source in corpus.texts]
    for source in dict.fromkeys(sources):
        if source not in corpus.texts and (known := corpus.sources.get(source)):
            where = text_name(known, folder.name)
            fail(Message("no text of {source!r} is here", source=source), Message("put it at {file}", file=where))
    for source in read:
        sentences = source_sentences(corpus, source, [briefing] if briefing else corpus.briefings.values())
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
    if not read:
        return 1
    say('"  quoted    ~  paraphrased    blank: supports no claim')
    return 0


def _id_of(named: str) -> str:
    """The id in a file's path; an id is its own."""
    path = PurePath(named)
    return path.stem if path.suffix in (".yml", ".txt") else path.name


def _mark(sentence: Sentence) -> str:
    if sentence.quoted:
        return '"'
    return "~" if sentence.paraphrased else " "
