"""`python hooks format`: put the fields of every file in the order of the model."""

from __future__ import annotations

import argparse

from commands.output import add_lang, fail, report, say
from commands.project import Commands, add_folder
from verbatim.authoring.formatting import format_text
from verbatim.problems import Message, Problem, fatal, reason
from verbatim.publishing.atomic import write_whole
from verbatim.reading.loading import find_files, parse_file
from verbatim.reading.strict_yaml import parse


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("format", help="put the fields of every file in their order")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a field would move")
    add_lang(parser)
    add_folder(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Files that cannot be read are reported and left as they are; the others are put in order all the same."""
    folder, problems, changed = arguments.folder, list[Problem](), 0
    for path, model in find_files(folder, problems):
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        document, found = parse_file(path, name)
        if not document or fatal(found, strict=False):
            problems += found
            continue
        try:
            text = path.read_bytes().decode("utf-8-sig")
            formatted, moved = format_text(text, model)
            if not moved:
                continue
            after, _ = parse(formatted.encode(), name)
            if not after or after.value != document.value:
                problems.append(Problem(document.where(()), "", "its fields cannot be moved as they stand"))
                continue
            changed += 1
            if arguments.check:
                hint = "run `python hooks format`"
                problems += [
                    Problem(document.where_key(loc), document.name(loc), "comes too late", hint) for loc in moved
                ]
            else:
                write_whole(path, formatted)
                say(name)
        except OSError as error:
            return fail(Message("{file} cannot be written: {reason}", file=name, reason=reason(error)))
    if not problems:
        say(Message("{changed} file(s) put in order", changed=changed) if changed else "all fields are in their order")
    return report(problems)
