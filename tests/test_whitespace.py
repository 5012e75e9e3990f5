"""Whitespace: what browsers ignore is taken out, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.pages.whitespace import compact

html = st.lists(
    st.sampled_from(["<p>", "</p>", "<pre>", "</pre>", "<b>a</b>", " ", "\n", "\n\n  ", "\t", "word"]), max_size=20
).map("".join)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<ul>\n\n    <li>a\n    b</li>  \n</ul>", "<ul>\n<li>a\nb</li>\n</ul>"),
        ("<b>a</b>  <i>b</i>\n <i>c</i>", "<b>a</b>  <i>b</i>\n<i>c</i>"),
        ("<p>\n  <pre>\n\n  a\n</pre>\n\n</p>", "<p>\n<pre>\n\n  a\n</pre>\n</p>"),
        (
            "<textarea>\n\n a</textarea >\n\n<script>\n\n a</script>",
            "<textarea>\n\n a</textarea >\n<script>\n\n a</script>",
        ),
    ],
)
def test_blank_lines_and_indents(given: str, expected: str) -> None:
    """Line breaks become one, without the blanks around them; code, fields and scripts stay as they are."""
    assert compact(given) == expected


@given(html)
def test_words_stay_apart(text: str) -> None:
    """What blanks part stays parted, and nothing else is lost; a second time changes nothing."""
    made = compact(text)
    assert made.split() == text.split()
    assert compact(made) == made


@given(html, html)
def test_a_page_is_its_parts(before: str, after: str) -> None:
    """Content put into a shell gives what the whole gives: the adapter and the core may each do their own."""
    shell, content = f"<main>{before}\n<br>", f"<div>{after}</div>"
    if "<pre>" not in before:
        assert compact(shell) + compact(content) == compact(shell + content)
