"""Environment: labels, dates and texts of a language as Jinja globals and filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..drawings.events import draw_events
from ..drawings.lanes import draw_lanes
from ..drawings.shapes import unit
from ..drawings.sketches import sketch_timeline
from ..model.dates import Edtf
from ..model.standing import MODALITIES, STANCES
from ..model.values import Prose, Text
from ..views import addresses
from ..views.archives import MOST_LISTED, MOST_PAST
from ..views.changes import days_of
from ..views.edits import Told
from ..views.questions import Answer
from ..views.statements import Party, independent_sources
from ..wording.language import Language
from ..wording.prose import render_inline, render_prose
from ..wording.words import reads_right_to_left
from .compiled import CompiledTemplates
from .fragments import Fragments

TEMPLATES = Path(__file__).parent / "templates"

CONTENT = "content"
"""The anchor of the start of a page's content."""


@lru_cache(maxsize=8)
def template_environment(language: Language) -> Environment:
    """The Jinja environment of one language; undefined names are errors."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates("pages"),
    )

    environment.globals.update(
        once=Fragments(),
        most_listed=MOST_LISTED,
        most_past=MOST_PAST,
        at=addresses,
        content_anchor=CONTENT,
        t=language.t,
        language=language.code,
        stances=STANCES,
        modalities=MODALITIES,
        quotation_marks=language.quotation_marks,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.tests.update(right_to_left=reads_right_to_left)
    environment.filters.update(_filters(language))
    return environment


def _filters(language: Language) -> dict[str, Callable[..., Any]]:
    """What templates may do to a value, by name."""

    def set_prose(text: Prose, render: Callable[[str], Markup], tag: Literal["div", "span"]) -> Markup:
        lang, words = language.choose(text)
        return language.marked(render(language.set_type(words, lang)), lang, tag)

    def time_tag(date: Edtf) -> Markup:
        text = language.date(date)
        machine = date.html_datetime
        return Markup('<time datetime="{}">{}</time>').format(machine, text) if machine else escape(text)

    def name(party: Party) -> Markup:
        return language.inside(party.name) if party.kind == "voice" else language.text(party.name)

    return {
        "url": addresses.page_url,
        "anchor": addresses.anchor,
        "calendar_url": addresses.calendar_url,
        "text": language.text,
        "line": language.line,
        "plain": language.plain,
        "prose": lambda text: set_prose(text, render_prose, "div"),
        "inline": lambda text: set_prose(text, render_inline, "span"),
        "name": name,
        "opening": lambda text: language.text(opening(text)),
        "quote": language.quote,
        "independent": independent_sources,
        "enumerated": language.join,
        "date": language.date,
        "since": language.since,
        "until": language.until,
        "weekday": language.weekday,
        "day_name": language.day_name,
        "day": language.day,
        "short_day": language.short_day,
        "lanes_of": lambda cells: draw_lanes(cells, language),
        "by_day": days_of,
        "drawn": lambda timeline: draw_events(timeline, language),
        "sketched": lambda drawing, timeline: sketch_timeline(drawing, timeline, language),
        "unit": unit,
        "told": told_attribute,
        "time_tag": time_tag,
        "number": language.number,
        "verdict": lambda answer: counted_answer(answer, language),
        "language_name": language.name_of,
    }


def told_attribute(told: Iterable[Told], *, turned: bool = False) -> Markup:
    """An attribute for `changes.js`: `data-told="2017-05-19 2017-05-25:changed"`; new is said by no word."""
    states = list(told)
    if turned:  # what changed a stance is no news of its own
        states[0] = states[0][0], "changed"
    words = " ".join(state if word == "new" else f"{state}:{word}" for state, word in states)
    return Markup(' data-told="{}"').format(words)


def opening(text: Prose) -> Text:
    """The first sentence of a summary in each language, without marks; with the next one if it is a verdict in bold."""
    return {lang: _opening(words) for lang, words in text.items()}


def _opening(words: str) -> str:
    sentences = re.split(r"(?<=[.!?])\s+|(?<=[.!?]\*\*)\s+", words.strip())
    count = 2 if sentences[0].startswith("**") and sentences[0].endswith("**") else 1
    return " ".join(sentences[:count]).replace("*", "")


def counted_answer(answer: Answer, language: Language) -> Markup:
    """An answer as a sentence made from the counts, for an issue that no briefing answers."""
    if not answer.camps:
        return language.t("verdict.none")
    parts = [
        language.t("verdict.part", count=len(camp.positions), stance=language.t(f"stance.{camp.stance}").lower())
        for camp in answer.camps
    ]
    return language.t("verdict.computed", parts=language.join(parts))
