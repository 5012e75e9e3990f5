"""`python hooks new`: begin the file of an actor, an issue, a source or a briefing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commands.output import fail, say
from commands.progress import shown_progress
from commands.project import Commands, add_folder, in_project, site_language
from verbatim.drafting.forms import FORMS, Form
from verbatim.model.entities import Briefing
from verbatim.problems import Message
from verbatim.reading.loading import load_corpus, problems_of


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("new", help="begin the file of an actor, an issue, a source or a briefing")
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    for form in FORMS:
        kind = kinds.add_parser(form.name, help=f"{form.folder or '<year>'}/<id>.yml")
        for field in form.fields:
            kind.add_argument(
                f"--{field.key.replace('_', '-')}", action="append" if field.many else "store",
                choices=field.choices or None, help=f"{field.hint}{'; may be repeated' if field.many else ''}",
            )  # fmt: skip
        kind.add_argument("--id", default="", help="the file's name; default: made of what you say of it")
        add_folder(kind, "--into")
        kind.set_defaults(run=run, form=form, usage_error=kind.error)


def run(arguments: argparse.Namespace) -> int:
    form: Form = arguments.form
    lang = site_language()
    values = {field.key: getattr(arguments, field.key) for field in form.fields if getattr(arguments, field.key)}
    if any(field.key == "lang" for field in form.fields):
        values.setdefault("lang", lang)
    missing = [field for field in form.fields if field.asked and field.key not in values]
    if sys.stdin.isatty():
        for field in missing:
            values[field.key] = _ask(field.key, field.hint)
        missing = [field for field in missing if not values[field.key]]
    if missing:
        arguments.usage_error(f"missing: {', '.join(f'--{field.key}' for field in missing)}")
    id = arguments.id or form.make_id(values)
    if not id:
        arguments.usage_error("missing: --id (none can be made of the name)")
    return _write(form, id, values, arguments.folder, lang)


def _ask(key: str, hint: str) -> str:
    try:
        return input(f"{key}{f' ({hint})' if hint else ''}: ").strip()
    except EOFError:
        return ""


def _write(form: Form, id: str, values: dict[str, str | list[str]], folder: Path, lang: str) -> int:
    """Write the file if what it says can be read, and nothing is there under its id."""
    text = form.fill(values)
    problems = [each for each in problems_of(text, id, form.model, lang) if each.severity == "error"]
    for problem in problems:
        fail(Message("--{field}: {message}", field=problem.field, message=problem.message), problem.hint)
    if problems:
        return 1
    path = folder / form.place(values) / f"{id}.yml"
    with shown_progress() as progress:
        corpus, _ = load_corpus(folder, lang, texts=False, progress=progress)
    taken = corpus.briefings.keys() if form.model is Briefing else ()
    try:
        if id in taken or path.exists():
            raise FileExistsError
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return fail(Message("{kind} {id!r} is there already", kind=form.name, id=id), "choose another --id")
    say(in_project(path, folder))
    say("read it, then run `python hooks check`")
    return 0
