"""The author's guide is true: what it prints, every field, every command and every option."""

from __future__ import annotations

import json
import re
import runpy
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import CASES, ROOT
from support.guide import guide_pages, replay
from verbatim.authoring.editor_schema import KINDS, editor_schemas

PAGES = guide_pages()
LANGS = sorted({name.split("/")[0] for name in PAGES})
COMMANDS = runpy.run_path(str(ROOT / "hooks" / "__main__.py"), run_name="command_line")["COMMANDS"]


def _read(lang: str, page: str) -> str:
    return PAGES[f"{lang}/guide{page}"].read_text(encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    """What stands below each heading with an anchor, until the next one."""
    parts = re.split(r"^#+ .*\{: #([\w-]+) \}$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _rows(section: str) -> dict[str, str]:
    """The rows of its tables by the first word in backquotes, `name` or `--option`; a row may have several."""
    rows: dict[str, str] = {}
    for row in re.findall(r"^\| .*", section, re.M):
        for name in re.findall(r"`([\w-]+)[^`]*`", row.split(" | ")[0]):
            rows[name] = row
    return rows


@pytest.mark.parametrize("name", PAGES)
def test_commands_print_what_the_guide_shows(name: str, tmp_path: Path) -> None:
    """Every command of the guide, run on the sample, prints the lines below it (`make guide` renews them)."""
    text = PAGES[name].read_text(encoding="utf-8")
    assert replay(text, name[:2], tmp_path) == text


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_goes_all_the_way(lang: str) -> None:
    """The worked example drafts, checks and verifies, and ends with a notice on its one language alone."""
    text = _read(lang, "")
    run = re.findall(r"^\$ python hooks (\w+)", text, re.M)
    assert list(dict.fromkeys(run)) == ["draft", "check", "find", "verify", "coverage"]
    last = text[text.index("\nstatus: published\n```") :]
    notice = r"[^\n]+: not(?:ic)?e\W*: 9 [^\n]+\n"
    assert re.search(rf"^\$ python hooks check --strict\n{notice}[^\n:]+\n```", last, re.M)


def test_languages_say_the_same() -> None:
    """The guide has the same pages, anchors, commands and rows in every language."""

    def outline(lang: str) -> dict[str, Any]:
        pages = {name[len(lang) :]: _read(lang, name[len(lang + "/guide") :]) for name in PAGES if name[:2] == lang}
        return {
            name: (
                {anchor: list(_rows(section)) for anchor, section in _sections(text).items()},
                re.findall(r"^\$ python hooks (\w+)", text, re.M),
                text.count("\n## "),
            )
            for name, text in pages.items()
        }

    if len(LANGS) < 2:
        pytest.skip("the guide is in one language")
    first, *others = [outline(lang) for lang in LANGS]
    for other in others:
        assert other == first


def _records() -> dict[str, dict[str, Any]]:
    """The JSON Schema of every record that has fields, by its name."""
    found = {}
    for kind, model in KINDS.items():
        schema = json.loads(editor_schemas()[f"{kind}.json"])
        found[model.__name__] = schema
        found |= {name: each for name, each in schema["definitions"].items() if "properties" in each}
    return found


RECORDS = _records()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("record", RECORDS)
def test_every_field_has_its_row(record: str, lang: str) -> None:
    """Each field has a row, in the model's order, with all its values, and in bold where it is mandatory."""
    schema = RECORDS[record]
    rows = _rows(_sections(_read(lang, "/fields"))[record.lower()])
    assert list(rows) == list(schema["properties"])
    for name, field in schema["properties"].items():
        assert rows[name].startswith("| **") == (name in schema["required"]), name
        values = [
            value
            for choices in re.findall(r'"(?:enum|const)": (\[.*?\]|".*?")', json.dumps(field))
            for value in re.findall(r'"(.*?)"', choices)
        ]
        assert [value for value in values if f"`{value}`" not in rows[name]] == [], name
        if lang == "en":
            assert " ".join(field["description"].split()) in rows[name], name


def _options(parser: ArgumentParser) -> Iterator[tuple[str, list[str]]]:
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for name, inner in action.choices.items():
                yield name, []
                yield from ((option, []) for option, _ in _options(inner))
        for option in action.option_strings:
            if option.startswith("--") and option != "--help":
                yield option, [str(choice) for choice in action.choices or []]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__.split(".")[-1])
def test_every_option_has_its_row(command: Any, lang: str) -> None:
    """Each command has its table, with every option and no other, and every value that an option takes."""
    commands = ArgumentParser().add_subparsers()
    command.add_parser(commands)
    ((name, parser),) = commands.choices.items()
    sections = _sections(_read(lang, "/commands"))
    rows, options = _rows(sections[f"command-{name}"]), dict(_options(parser))
    assert {row for row in rows if row.startswith("--")} == {each for each in options if each.startswith("--")}
    assert options.keys() <= rows.keys()
    for option, values in options.items():
        assert [value for value in values if f"`{value}`" not in rows[option]] == [], option
    assert f"python hooks {name}" in sections[f"command-{name}"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_target_of_make_has_its_row(lang: str) -> None:
    """The guide lists what `make` offers."""
    offered = re.match(r"# make (.*)", (ROOT / "Makefile").read_text(encoding="utf-8"))[1].split(" | ")
    assert list(_rows(_sections(_read(lang, "/commands"))["make"])) == offered


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_is_described(lang: str) -> None:
    """The guide shows the JSON document with the keys that it has, in their order."""
    shown = json.loads(re.search(r"```json\n(.*?)```", _read(lang, "/commands"), re.S)[1])
    case = yaml.safe_load((CASES / "messages" / "json.yml").read_text(encoding="utf-8"))["expected"]
    assert list(shown) == list(case)
    assert list(shown["counts"]) == list(case["counts"])
    assert list(shown["problems"][0]) == list(case["problems"][0])
