"""`python hooks draft`: make a draft of a briefing from an article's text."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from commands.output import fail, say
from commands.project import Commands, add_folder, site_language
from verbatim.authoring.editor_schema import SCHEMAS, modeline
from verbatim.drafting.article import MAX_ARTICLE_BYTES
from verbatim.drafting.draft import About, draft_article
from verbatim.drafting.rules import known_languages
from verbatim.drafting.writing import write_briefing, write_source
from verbatim.problems import Message, explain, reason
from verbatim.programs import ask_programs
from verbatim.reading.loading import load_corpus
from verbatim.reading.text_files import PRIVATE


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("draft", help="make a draft of a briefing from an article's text")
    parser.add_argument("article", help="a text file, blank lines between paragraphs; `-` reads standard input")
    parser.add_argument("--date", required=True, type=_day, help="the day of publication: 2017-05-24")
    parser.add_argument("--lang", choices=known_languages(), help="default: the site's default language")
    parser.add_argument("--url", default="", help="where the article stands")
    parser.add_argument("--publisher", default="", help="who published it")
    parser.add_argument("--source-id", default="", help="default: made of the publisher and the day")
    add_folder(parser, "--into")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    lang = site_language()
    about = About(
        lang=arguments.lang or lang,
        published=arguments.date,
        url=arguments.url,
        publisher=arguments.publisher,
        source_id=arguments.source_id,
    )
    return _draft(arguments.folder, lang, arguments.article, about)


def _draft(folder: Path, lang: str, article: str, about: About) -> int:
    """Write a source, its text and a briefing; none where one of them is there already."""
    try:
        raw = _read_article(article)
        if len(raw) > MAX_ARTICLE_BYTES:
            raise ValueError(Message("larger than {most} KiB", most=MAX_ARTICLE_BYTES // 1024))
        corpus, _ = load_corpus(folder, lang, ask_programs(folder), texts=False)
        made = draft_article(raw.decode("utf-8-sig"), about, corpus)
        source = folder / "sources" / f"{about.id}.yml"
        briefing = folder / f"{about.published:%Y}" / f"{about.id}.yml"
        schemas = folder.parent / SCHEMAS
        files = {
            source: modeline("source", source, schemas) + write_source(made),
            folder.parent / PRIVATE / f"{about.id}.txt": made.text,
            briefing: modeline("briefing", briefing, schemas) + write_briefing(made, corpus),
        }
        for path in files:
            if path.exists():
                raise ValueError(Message("{file} is there already (choose another --source-id)", file=path))
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
            say(path)
    except UnicodeDecodeError:
        return fail("not UTF-8", "save the text as UTF-8")
    except OSError as error:
        return fail(Message("{file}: {reason}", file=error.filename or article, reason=reason(error)))
    except ValueError as error:
        return fail(explain(error))
    spoken = [quoted for quoted in made.quotations if quoted.spoken]
    unsure = sum(quoted.speaker is None for quoted in spoken)
    say(
        Message(
            "{paragraphs} paragraphs, {furniture} lines around them left out; {quotations} quotation(s), {unsure} of "
            "them without a speaker; {dates} date expression(s)",
            paragraphs=len(made.article.paragraphs),
            furniture=len(made.article.furniture),
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
        raise argparse.ArgumentTypeError(f"not a day: {written!r} (write it as 2017-05-24)") from None


def _read_article(article: str) -> bytes:
    """As much of it as is read; `-` is standard input."""
    if article == "-":
        return sys.stdin.buffer.read(MAX_ARTICLE_BYTES + 1)
    with Path(article).open("rb") as file:
        return file.read(MAX_ARTICLE_BYTES + 1)
