"""Stamping: a page put together from a shell that was cut once is the page that the theme would have rendered."""

from __future__ import annotations

import html
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from support.projects import build, copy_sample, replace_text
from verbatim.publishing.stamping import MARK, TOKENS, Value, cut

THEME = Environment(autoescape=False)
PAGE = THEME.from_string(
    '<title>{{ title }} - Site</title><meta content="{{ description }}">{{ head }}'
    '<link href="../en/actors/{{ slug }}/">'
    '<header>{{ title }}</header><link href="https://site.test/actors/{{ slug }}/">{{ content }}<p>{{ title }}</p>'
)

texts = st.text(st.characters(exclude_characters=MARK, exclude_categories=("Cs",)), max_size=30)
slugs = st.lists(st.text("abc019-", min_size=1, max_size=6), min_size=1, max_size=3).map("/".join)


@given(title=texts, description=texts, head=texts, content=texts, slug=slugs)
def test_a_stamped_page_is_the_rendered_one(title: str, description: str, head: str, content: str, slug: str) -> None:
    """Whatever the values are, tokens and marks of templates included, the page is the same."""
    values: dict[Value, str] = {
        "title": html.escape(title),
        "description": html.escape(description),
        "head": f"<script>{head}</script>",
        "content": f"<h1>{content}</h1>",
        "slug": slug,
    }
    depth = slug.count("/") + 1
    shell = cut(PAGE.render(TOKENS | {"slug": "/".join([TOKENS["slug"]] * depth)}))
    assert shell
    assert shell.around(values) == PAGE.render(values)


def test_a_theme_that_changes_a_value_is_not_stamped() -> None:
    """A filter that strips tags and entities, cuts or encodes a value, or leaves it out, is noticed."""
    for template in (
        "<title>{{ title | striptags }}</title>{{ head }}{{ content }}",
        '<meta content="{{ description | truncate(9, true) }}">{{ title }}{{ head }}{{ content }}',
        "<title>{{ title }}</title>{{ head }}{{ content | upper }}",
        "<title>{{ title }}</title>{{ head | e }}{{ content }}",
        "<title>{{ title }}</title>{{ content }}",
        "<title>{{ title }}</title>{{ head }}",
    ):
        assert cut(THEME.from_string(template).render(TOKENS)) is None, template


APART = """def on_post_page(output, page, config):
    return output + f"<!-- {page.url} -->"
"""


def test_what_treats_each_page_apart_reaches_each(tmp_path: Path) -> None:
    """Where a hook of the project changes each page by its address, every page is as that hook wants it."""
    project = copy_sample(tmp_path, in_french_alone=True)
    (project / "apart.py").write_text(APART)
    replace_text(project / "project.yml", "hooks:\n", "hooks:\n  - apart.py\n")
    site = build(project) / "site"
    pages = [path for path in site.resolve().glob("*/*/index.html") if 'http-equiv="refresh"' not in path.read_text()]
    assert len(pages) > 20
    for path in pages:
        assert path.read_text().endswith(f"<!-- {path.parent.relative_to(site.resolve())}/ -->")
