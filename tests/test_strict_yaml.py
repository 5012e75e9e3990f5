"""Strict YAML on bytes: cases that a golden file cannot have, and properties of any input."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from verbatim.problems import fatal
from verbatim.reading.strict_yaml import MAX_BYTES, MAX_PROBLEMS, Document, Marks, parse

BYTES = {
    "latin-1": (b"a: 1\nb: caf\xe9\n", "f.yml:2:7: not UTF-8 (save the file as UTF-8)"),
    "utf-16": ("a: 1\n".encode("utf-16"), "f.yml:1:1: encoded in UTF-16 (save the file as UTF-8)"),
    "lone surrogate": (b"a: \xed\xa0\x80\n", "f.yml:1:4: not UTF-8 (save the file as UTF-8)"),
    "nul": (b"a: 1\nb: \x00\n", "f.yml:2:4: invisible or control character U+0000 (delete it)"),
    "escape": (b"a: \x1b[31m\n", "f.yml:1:4: invisible or control character U+001B (delete it)"),
    "five megabytes": (
        b"a: " + b"x" * 5_000_000,
        f"f.yml:1:1: larger than {MAX_BYTES // 1024} KiB (split it into several files)",
    ),
    "500 levels": (b"a: " + b"[" * 500, "f.yml:1:23: a" + "[0]" * 19 + ": nested more than 20 levels deep"),
    "100,000 levels": (b"a: " + b"[" * 100_000, "f.yml:1:23: a" + "[0]" * 19 + ": nested more than 20 levels deep"),
    "latin-1 after a byte order mark": (
        b"\xef\xbb\xbfa: \xc3\xa9\xe9\n",
        "f.yml:1:5: not UTF-8 (save the file as UTF-8)",
    ),
    "a key that forges a line": (
        b'"a\\n::error file=x::forged": y\n',
        "f.yml:1:1: a key that is not a word (fields are named in lower-case letters)",
    ),
    "text with a comma between braces": (
        b"a: {fr: b, or what?: }\n",
        "f.yml:1:12: a: a key that is not a word (between braces a comma ends a text: put it in quotes)",
    ),
    "complex key": (b"? [a]\n: b\n", "f.yml:1:3: a key that is not a word"),
}

keys = st.from_regex(r"[a-z<][a-z<_.-]{0,8}", fullmatch=True)
words = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\u034f\u2800\u3164"), min_size=1, max_size=20
)
values = st.recursive(
    words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


@pytest.mark.parametrize(("data", "line"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_refused(data: bytes, line: str) -> None:
    """One line has the location and the reason, and there is no document."""
    document, problems = parse(data, "f.yml")
    assert document is None
    assert list(map(str, problems)) == [line]


def test_an_explosion_of_aliases_stays_small() -> None:
    """Nested aliases are refused one by one, and not expanded."""
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    document, problems = parse("\n".join(rows).encode(), "f.yml")
    assert len(problems) == MAX_PROBLEMS + 1
    assert document is None


def test_reading_that_stops_early_is_an_error() -> None:
    """A file with more warnings than are reported is an error, not silently dropped."""
    rows = [f"  - word #{number}" for number in range(MAX_PROBLEMS + 5)]
    document, problems = parse("\n".join(["aliases:", *rows]).encode(), "f.yml")
    assert document is None
    assert [problem.severity for problem in problems] == ["warning"] * MAX_PROBLEMS + ["error"]
    assert str(problems[-1]) == (
        "f.yml:102:10: more than 100 problems: the rest of the file is not read (correct those above first)"
    )


@given(st.dictionaries(keys, values, min_size=1, max_size=5))
def test_what_yaml_writes_is_read_back(value: dict) -> None:
    """Any nested value of strings, written with quotes, is read back unchanged, with a place for every part."""
    document, problems = parse(yaml.safe_dump(value, default_style='"', allow_unicode=True).encode(), "f.yml")
    assert problems == []
    assert document.value == value
    assert _places(document.marks) == _parts(value)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_give_a_document_or_problems(data: bytes) -> None:
    """Any bytes give a document or problems; nothing raises."""
    document, problems = parse(data, "f.yml")
    assert isinstance(document, Document) or fatal(problems, strict=False)
    for problem in problems:
        assert problem.where.line >= 1
        assert problem.where.column >= 1


def _places(marks: Marks) -> int:
    return 1 + sum(map(_places, marks.children.values()))


def _parts(value: object) -> int:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + sum(map(_parts, children))
