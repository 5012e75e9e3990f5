"""`python hooks schema`: write the JSON Schema by which editors complete and check the files of briefings."""

from __future__ import annotations

import argparse

from commands.output import add_lang, fail, say
from commands.progress import shown_progress
from commands.project import Commands, add_folder, site_language
from verbatim.authoring.editor_schema import IDS, SCHEMAS, editor_schemas, ids_schema, known_ids
from verbatim.problems import Message, reason
from verbatim.programs.git import keep_local
from verbatim.publishing.atomic import write_whole
from verbatim.reading.loading import load_corpus


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("schema", help="write the JSON Schema for editors")
    parser.add_argument("--ids", action="store_true", help="with the ids that exist, on this machine only")
    add_lang(parser)
    add_folder(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    files, schemas = editor_schemas(), arguments.folder.parent / SCHEMAS
    if arguments.ids:
        lang = site_language()
        with shown_progress() as progress:
            corpus, _ = load_corpus(arguments.folder, lang, texts=False, progress=progress)
        files[IDS] = ids_schema(known_ids(corpus, lang))
    try:
        schemas.mkdir(exist_ok=True)
        for name, text in files.items():
            write_whole(schemas / name, text)
    except OSError as error:
        return fail(Message("cannot be written: {reason}", reason=reason(error)))
    keep_local(schemas / IDS, arguments.ids)
    say(Message("written: {files} in {folder}/", files=", ".join(files), folder=SCHEMAS))
    if arguments.ids:
        say(
            Message(
                "{file} holds the ids of now; git passes over it until `python hooks schema` empties it again", file=IDS
            )
        )
    return 0
