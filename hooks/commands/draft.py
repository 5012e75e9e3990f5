"""`python hooks draft`: make a draft of a briefing from an article's text."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from commands.output import fail, say, translate
from commands.progress import shown_progress
from commands.project import Commands, add_folder, in_project, site_language, site_languages
from verbatim.authoring.editor_schema import SCHEMAS, modeline
from verbatim.drafting.draft import About, draft_article
from verbatim.drafting.formats import MAX_PAGE_BYTES, Saved, read_saved
from verbatim.drafting.request import write_request
from verbatim.drafting.rules import known_languages
from verbatim.drafting.writing import write_briefing, write_source
from verbatim.problems import Message, explain, reason
from verbatim.programs import ask_programs
from verbatim.reading.loading import load_corpus
from verbatim.reading.text_files import PRIVATE

_ENOUGH = 60
"""Characters by which an author knows a line of the article."""


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("draft", help="make a draft of a briefing from an article")
    parser.add_argument("article", help="a text, a Markdown file or a saved HTML page; `-` reads standard input")
    parser.add_argument("--date", type=_day, help="the day of publication: 2017-05-24")
    parser.add_argument("--lang", choices=known_languages(), help="default: the page's, else the site's")
    parser.add_argument("--url", default="", help="where the article stands")
    parser.add_argument("--publisher", default="", help="who published it")
    parser.add_argument("--source-id", default="", help="default: made of the publisher and the day")
    parser.add_argument("--prompt", action="store_true", help="write nothing; print a request for an assistant")
    add_folder(parser, "--into")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write a source, its text and a briefing; none where one of them is there already."""
    folder, lang = arguments.folder, site_language()
    try:
        saved = read_saved(_read_file(arguments.article), arguments.article)
        about = _about(arguments, saved, lang)
        with shown_progress() as progress:
            corpus, _ = load_corpus(folder, lang, ask_programs(folder), texts=False, progress=progress)
        made = draft_article(saved.text, about, corpus)
        source = folder / "sources" / f"{about.id}.yml"
        briefing = folder / f"{about.published:%Y}" / f"{about.id}.yml"
        schemas = folder.parent / SCHEMAS
        if arguments.prompt:
            for line in write_request(made, corpus, in_project(briefing, folder), site_languages()).splitlines():
                say(line)
            if not source.exists():
                say("the source and its text: run the same command without --prompt, before or after", sys.stderr)
            return 0
        files = {
            source: modeline("source", source, schemas) + write_source(made, translate),
            folder.parent / PRIVATE / f"{about.id}.txt": made.text,
            briefing: modeline("briefing", briefing, schemas) + write_briefing(made, corpus, translate),
        }
        for path in files:
            if path.exists():
                raise ValueError(
                    Message("{file} is there already (choose another --source-id)", file=in_project(path, folder))
                )
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
            say(in_project(path, folder))
    except OSError as error:
        return fail(Message("{file}: {reason}", file=error.filename or arguments.article, reason=reason(error)))
    except ValueError as error:
        return fail(explain(error))
    for line in made.article.furniture:
        say(Message("left out: {line}", line=line if len(line) <= _ENOUGH else line[:_ENOUGH] + "…"))
    spoken = [quoted for quoted in made.quotations if quoted.spoken]
    unsure = sum(quoted.speaker is None for quoted in spoken)
    say(
        Message(
            "{paragraphs} paragraphs; {quotations} quotation(s), {unsure} of them without a speaker; "
            "{dates} date expression(s)",
            paragraphs=len(made.article.paragraphs),
            quotations=len(spoken),
            unsure=unsure,
            dates=len(made.dates),
        )
    )
    say("decide every TODO, then run `python hooks check` and `python hooks verify`")
    return 0


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(
            Message("not a day: {written!r} (write it as 2017-05-24)", written=written)
        ) from None


def _about(arguments: argparse.Namespace, saved: Saved, lang: str) -> About:
    """What the author says, then what the file says."""
    published = arguments.date or saved.published
    if not published:
        raise ValueError("the day of publication is not known (add --date, such as --date 2017-05-24)")
    return About(
        lang=arguments.lang or saved.lang or lang,
        published=published,
        title=saved.title,
        url=arguments.url or saved.url,
        publisher=arguments.publisher or saved.publisher,
        source_id=arguments.source_id,
    )


def _read_file(article: str) -> bytes:
    """As much of it as is read; `-` is standard input."""
    if article == "-":
        return sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
    with Path(article).open("rb") as file:
        return file.read(MAX_PAGE_BYTES + 1)
