"""Messages: what is said of problems, in the language of whoever has to solve them.

The source says it in English, as a plain string or as a `Message` with values. `messages/<code>.yml` gives each English
template its translation, where a value may be left out or stand elsewhere. What has no translation stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from ..problems import Message, Translate
from .catalogue import read_catalogues

FOLDER = Path(__file__).parent / "messages"

ENGLISH = "en"

VARIABLE = "VERBATIM_LANG"
"""Of the environment: the language of messages, where a command's `--lang` does not say it."""


def known_languages() -> list[str]:
    """The codes of the languages that messages exist in."""
    return sorted([ENGLISH, *(path.stem for path in FOLDER.glob("*.yml"))])


@cache
def load_translation(code: str) -> Translate:
    """What says messages in a language; in English for one that they do not exist in."""
    path = FOLDER / f"{code}.yml"
    if code not in known_languages() or code == ENGLISH:
        return str
    templates = read_templates(path)
    catalogue = read_catalogues()[0].get(code)
    if catalogue:
        templates = {english: catalogue.typography.set(words) for english, words in templates.items()}
    return _Translation(templates)


def read_templates(path: Path) -> dict[str, str]:
    """The translations of a file, by English template. They are as many as lines: keys hold braces and colons."""
    with path.open("rb") as file:
        return dict(yaml.load(file, yaml.CSafeLoader))


class _Translation:
    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates

    def __call__(self, text: str) -> str:
        if not isinstance(text, Message):
            return self._templates.get(text, text)
        template = self._templates.get(text.template, text.template)
        values = {name: self(value) if isinstance(value, Message) else value for name, value in text.values.items()}
        return template.format(**values) if values else template
