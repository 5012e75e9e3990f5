"""Labels that take a name or words: no name makes one of them ungrammatical, because none agrees or contracts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest
import yaml
from jinja2 import Environment
from markupsafe import Markup

from support import CASES
from verbatim.pages.environment import template_environment
from verbatim.views.statements import Party
from verbatim.wording.catalogue import Catalogue, read_catalogues
from verbatim.wording.language import load_language

CATALOGUES, _ = read_catalogues()
GOLDEN = {code: yaml.safe_load((CASES / "labels" / f"{code}.yml").read_text(encoding="utf-8")) for code in CATALOGUES}

NUMBERS_AND_DATES = {
    "count",
    "number",
    "value",
    "shown",
    "total",
    "found",
    "all",
    "agree",
    "differ",
    "one",
    "date",
    "day",
    "dates",
    "days",
}
CLOCK = {"start", "end", "year", "hour", "minute"}
OURS = NUMBERS_AND_DATES | CLOCK | {"status", "stance", "state", "parts", "command", "method"}
"""Placeholders for numbers, dates and the catalogue's own words. Every other one takes a name or words."""

LEADS = ("chain.", "briefing.silent", "issue.silent", "actor.silent-on")
"""Labels that a template writes before a name, so that each ends like one whose name comes after a colon."""

FREE_BEFORE = re.compile(r"(?:^|[:,;(]\s)$")
FREE_BEHIND = re.compile(r"^(?:$|\s?[:,;.?!)])")


def takers(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Key, label and placeholder of each label that takes a name; those before a name with the placeholder added."""
    for key, label in catalogue.labels.items():
        for text in [label] if isinstance(label, str) else dict.fromkeys(label.values()):
            for name in sorted({name for _, name, _, _ in Formatter().parse(text) if name} - OURS):
                yield key, text, name
            if key.startswith(LEADS):
                yield key, text + " {who}", "who"


def faults(text: str, unfinished: str) -> list[str]:
    """Why a label may clash with a name: words that touch the name, or an end that waits for one."""
    parts = list(Formatter().parse(text))
    found = []
    for i, (before, name, _, _) in enumerate(parts):
        if name is None or name in OURS:
            continue
        behind = parts[i + 1][0] if i + 1 < len(parts) else ""
        if not FREE_BEFORE.search(before):
            found.append(f"{before.split()[-1]} {{{name}}}")
        if not FREE_BEHIND.search(behind):
            found.append(f"{{{name}}} {behind.split()[0]}")
    return found + re.findall(unfinished, text.replace("’", "'"), re.IGNORECASE)


def shown(environment: Environment, kind: str, words: str, code: str) -> Markup:
    """A name as the pages write it inside a line."""
    return environment.filters["name"](Party("", "voice" if kind == "voice" else "actor", {code: words}, ""))


@pytest.mark.parametrize("code", GOLDEN)
def test_labels_with_names_of_every_kind(code: str) -> None:
    """Each label that takes a name or words reads as in the golden lines, whatever the name."""
    language, case = load_language(code), GOLDEN[code]
    environment = template_environment(language)
    names = [(kind, words) for kind, names in case["names"].items() for words in names.values()]
    lines: dict[str, list[str]] = {}
    for key, text, placeholder in takers(CATALOGUES[code]):
        rest = {name: "…" for _, name, _, _ in Formatter().parse(text) if name}
        for kind, words in names:
            line = Markup(text).format(**rest | {placeholder: shown(environment, kind, words, code)})
            lines.setdefault(key, []).append(line.unescape().replace("\u00a0", " ").replace("\u202f", " "))
    assert lines == case["lines"]


@pytest.mark.parametrize("code", GOLDEN)
def test_no_label_agrees_with_a_name(code: str) -> None:
    """Beside a name stands punctuation or nothing: no preposition to contract, no participle to agree."""
    found = {
        key: found
        for key, label in CATALOGUES[code].labels.items()
        for text in ([label] if isinstance(label, str) else label.values())
        if (found := faults(text, GOLDEN[code]["unfinished"]))
    }
    assert found == {}
    assert [key for key, text, _ in takers(CATALOGUES[code]) if faults(text, GOLDEN[code]["unfinished"])] == []


@pytest.mark.parametrize(("code", "text"), [(code, text) for code in GOLDEN for text in GOLDEN[code]["wrong"]])
def test_assembled_grammar_is_found(code: str, text: str) -> None:
    """A label that joins words to a name, or that ends in a preposition, is a fault."""
    assert faults(text, GOLDEN[code]["unfinished"])
