"""The documents are true: they agree with the schema, the rules and the Makefile."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from types import ModuleType

import pytest
import yaml

from commands import check, verify
from support import CASES, ROOT
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


@pytest.mark.parametrize("command", [check, verify], ids=["check", "verify"])
def test_options_are_described_to_authors(command: ModuleType) -> None:
    """CONTRIBUTING names every option by which authors check and verify."""
    commands = ArgumentParser().add_subparsers()
    command.add_parser(commands)
    (parser,) = commands.choices.values()
    options = {option for option in parser._option_string_actions if option.startswith("--")} - {"--help"}
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {option for option in options if not re.search(rf"`[^`]*{option}\b", text)} == set()


def test_the_document_is_described() -> None:
    """CONTRIBUTING shows the JSON document with the keys that it has, in their order."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = json.loads(re.search(r"```json\n(.*?)```", text, re.S)[1])
    case = yaml.safe_load((CASES / "messages" / "json.yml").read_text(encoding="utf-8"))["expected"]
    assert list(shown) == list(case)
    assert list(shown["counts"]) == list(case["counts"])
    assert list(shown["problems"][0]) == list(case["problems"][0])
