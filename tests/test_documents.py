"""The documents are true: they agree with the schema, the rules and the Makefile."""

from __future__ import annotations

import re

import pytest

from support import ROOT
from verbatim.checks import RULES
from verbatim.model import entities
from verbatim.model.entities import Model

MODELS = [each for each in vars(entities).values() if isinstance(each, type) and issubclass(each, Model)]


@pytest.mark.parametrize("record", MODELS, ids=lambda record: record.__name__)
def test_every_field_is_described_to_authors(record: type[Model]) -> None:
    """CONTRIBUTING names every field that a file may have."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml.*?```", text, re.S)
    spans = re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.S))
    named = set(re.findall(r"[a-z_]+", " ".join(blocks + spans)))
    assert {field.alias or name for name, field in record.model_fields.items()} - named == set()


def test_every_rule_says_what_it_holds() -> None:
    """Every rule has a docstring."""
    assert [rule.__name__ for rule in RULES if not rule.__doc__] == []


def test_the_commands_of_the_readme_exist() -> None:
    """The commands that README and CONTRIBUTING name exist."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*/guide/index.md")]
    assert len(documents) > 3
    for path in documents:
        commands = re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(encoding="utf-8"), re.M)
        assert set(commands) <= targets, path
