"""The documents are true: they agree with the schema, the rules and the Makefile."""

from __future__ import annotations

import re

import yaml

from support import ROOT
from verbatim.checks import RULES
from verbatim.model.entities import Actor, Briefing, Issue, Source


def test_every_rule_says_what_it_holds() -> None:
    """Every rule has a docstring."""
    assert [rule.__name__ for rule in RULES if not rule.__doc__] == []


def test_the_commands_of_the_readme_exist() -> None:
    """The commands that README, CONTRIBUTING and the guide name exist."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*/guide/**/index.md"), *ROOT.glob("docs/*/scale/index.md")]
    assert len(documents) > 3
    for path in documents:
        commands = re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(encoding="utf-8"), re.M)
        assert set(commands) <= targets, path


def test_the_workflow_of_several_machines_is_whole() -> None:
    """The page on scale has one workflow in every language, whose matrix has every part of the parts that it names."""
    pages = [path.read_text(encoding="utf-8") for path in ROOT.glob("docs/*/scale/index.md")]
    first, *others = [yaml.safe_load(re.search(r"```yaml\n(.*?)```", page, re.S)[1]) for page in pages]
    assert all(other == first for other in others)
    parts, joined = first["jobs"]["parts"], first["jobs"]["join"]
    matrix = parts["strategy"]["matrix"]["part"]
    assert matrix == list(range(1, len(matrix) + 1))
    script = "\n".join(step.get("run", "") for step in [*parts["steps"], *joined["steps"]])
    assert f"--part ${{{{ matrix.part }}}}/{len(matrix)}\n" in script
    assert f"--join part-*-of-{len(matrix)}\n" in f"{script}\n"


def test_mandatory_fields_are_named() -> None:
    """CONTRIBUTING names the mandatory fields of each kind of file."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [re.findall(r"`(\w+)`", row.split(" | ")[2]) for row in re.findall(r"^\| `briefings/.*\.yml.*", text, re.M)]
    models = (Briefing, Actor, Issue, Source)
    mandatory = [[name for name, field in each.model_fields.items() if field.is_required()] for each in models]
    assert named == [[name for name in names if name != "id"] for names in mandatory]
