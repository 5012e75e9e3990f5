"""Formatting: fields come in the order of the model, and nothing else about a file changes."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from support import CASES, SAMPLE
from support.corpora import BASE, write_corpus
from support.filling import data_in, records
from support.projects import call_hooks
from verbatim.authoring.formatting import format_text
from verbatim.model.entities import Briefing
from verbatim.model.schema import field_order
from verbatim.problems import fatal
from verbatim.reading.loading import REGISTRIES
from verbatim.reading.strict_yaml import parse

CASE_FILES = [
    pytest.param(name, text, id=f"{path.stem}: {name}")
    for folder in ("yaml", "schema", "checks", "verification")
    for path in sorted((CASES / folder).glob("*.yml"))
    for name, text in (yaml.safe_load(path.read_text(encoding="utf-8")).get("files") or {}).items()
    if name.endswith(".yml")
]
SAMPLE_FILES = [
    pytest.param(f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8"), id=path.stem)
    for path in sorted((SAMPLE / "briefings").glob("*/*.yml"))
]
LATE = (
    BASE["2020/pier.yml"]
    .replace("date: 2020-03-02\n", "")
    .replace("lang: en", "lang: en\n# the day\ndate: 2020-03-02  # as printed")
)


def model_of(name: str) -> type[BaseModel]:
    return REGISTRIES.get(name.split("/")[0], Briefing)


def lines_of(text: str) -> Counter[str]:
    """The lines of a text, however they are indented."""
    return Counter(re.sub(r"^[ -]*", "", line) for line in text.split("\n"))


def assert_same(before: str, after: str) -> None:
    one, other = parse(before.encode(), "x.yml")[0], parse(after.encode(), "x.yml")[0]
    assert one
    assert other
    assert other.value == one.value
    assert lines_of(after) == lines_of(before)


@pytest.mark.parametrize(("name", "text"), [*SAMPLE_FILES, *CASE_FILES])
def test_values_and_comments_stay(name: str, text: str) -> None:
    """A formatted file holds the same values and the same lines, and formatting it again changes nothing."""
    document, problems = parse(text.encode("utf-8", "surrogatepass"), name)
    if not document or fatal(problems, strict=False):
        return  # refused by the command
    formatted, _ = format_text(text, model_of(name))
    assert_same(text, formatted)
    assert format_text(formatted, model_of(name)) == (formatted, [])


@given(st.sampled_from(sorted(records())), st.integers(min_value=0))
def test_any_order_becomes_the_models(name: str, seed: int) -> None:
    """Fields written in any order, with comments above and beside them, come into the order of the model."""
    model, data = records()[name]
    chance = random.Random(seed)
    text = commented(
        yaml.dump(shuffled(data, chance), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=60),
        chance,
    )
    formatted, _ = format_text(text, model)
    assert_same(text, formatted)
    for record, fields in data_in(model, yaml.load(formatted, yaml.CBaseLoader)):
        assert list(fields) == [key for key in field_order(record) if key in fields]


def shuffled(data: Any, chance: random.Random) -> Any:
    """Nested data with the keys of every mapping in another order."""
    if isinstance(data, list):
        return [shuffled(item, chance) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: shuffled(data[key], chance) for key in chance.sample(list(data), len(data))}


def commented(text: str, chance: random.Random) -> str:
    """A text with comments above some fields and behind some values."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        if chance.random() < 0.2 and (field := re.match(r"( *)[a-z_]+:", line)):
            lines += [f"{field[1]}# above {number}", ""]
        lines.append(
            f"{line}  # beside {number}" if chance.random() < 0.2 and re.search(r": [a-z0-9-]+$", line) else line
        )
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "short: |+\n  New\n\n# why\nquestion: >\n  Should\n  it?\n",
            "# why\nquestion: >\n  Should\n  it?\nshort: |+\n  New\n\n",
        ),
        ("topics:\n  - a\n  # last\nshort: b\nquestion: c", "question: c\n  # last\nshort: b\ntopics:\n  - a"),
        (
            "short: 'a\n  b' # c\nquestion: {fr: x,\n  en: y}\r\n",
            "question: {fr: x,\n  en: y}\r\nshort: 'a\n  b' # c\n",
        ),
    ],
)
def test_lines_move_whole(text: str, expected: str) -> None:
    """Folds, marks, line endings and comments are those of the author."""
    assert format_text(text, REGISTRIES["issues"])[0] == expected


def test_check_writes_nothing(tmp_path: Path) -> None:
    """`--check` names each field that comes too late, with its place, and leaves the file as it is."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, "2020/pier.yml": LATE})
    result = call_hooks("format", "--check", folder)
    assert result.stdout == "briefings/2020/pier.yml:4:1: date: comes too late (run `python hooks format`)\n"
    assert result.returncode == 1
    assert (folder / "2020" / "pier.yml").read_text(encoding="utf-8") == LATE


def test_format_writes_and_then_finds_nothing(tmp_path: Path) -> None:
    """`format` writes what `--check` names; then both find nothing."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, "2020/pier.yml": LATE})
    assert call_hooks("format", folder).returncode == 0
    assert "# the day\ndate: 2020-03-02  # as printed\nlang: en\n" in (folder / "2020" / "pier.yml").read_text("utf-8")
    assert call_hooks("format", "--check", folder).returncode == 0
    assert call_hooks("format", folder).stdout == "all fields are in their order\n"


def test_line_endings_of_other_systems_stay(tmp_path: Path) -> None:
    """A file with CRLF line endings keeps them; a byte order mark does not stand in the way."""
    folder = write_corpus(tmp_path / "briefings", BASE)
    path = folder / "2020" / "pier.yml"
    path.write_bytes(b"\xef\xbb\xbf" + LATE.replace("\n", "\r\n").encode())
    assert call_hooks("format", folder).returncode == 0
    assert b"# the day\r\ndate: 2020-03-02  # as printed\r\nlang: en\r\n" in path.read_bytes()


def test_what_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    """A file that does not parse is reported as `check` does, and stays; the others are put in order."""
    broken = "title: a: b\n"
    folder = write_corpus(tmp_path / "briefings", {**BASE, "2020/pier.yml": LATE, "2020/broken.yml": broken})
    result = call_hooks("format", folder)
    assert result.returncode == 1
    assert "briefings/2020/broken.yml:1:9: mapping values are not allowed" in result.stdout
    assert (folder / "2020" / "broken.yml").read_text(encoding="utf-8") == broken
    assert (folder / "2020" / "pier.yml").read_text(encoding="utf-8") != LATE
