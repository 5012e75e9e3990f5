"""Labels, typography and prose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import ROOT
from verbatim.wording.catalogue import CATALOGUES as FOLDER
from verbatim.wording.language import Language, load_language
from verbatim.wording.prose import render_inline, render_prose, strip_prose

CORE = ROOT / "hooks" / "verbatim"
CATALOGUES = {path.stem: load_language(path.stem) for path in FOLDER.glob("*.yml")}


def _labels(language: Language) -> dict[str, set[str]]:
    """By key: the placeholders of the label."""
    return {
        key: {
            name
            for form in (label.values() if isinstance(label, dict) else [label])
            for name in re.findall(r"{(\w+)}", form)
        }
        for key, label in language._labels.items()
    }


def _keys_in_use() -> tuple[set[str], set[str]]:
    """Keys in code and templates, and prefixes of keys that they complete."""
    theme = ROOT / "hooks" / "theme"
    files = [*CORE.rglob("*.html"), *CORE.rglob("*.py"), *theme.rglob("*.html"), *theme.rglob("*.js")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    named = set(re.findall(r"""["']([a-z][a-z-]*(?:\.[a-z-]+)*)["']""", text))
    begun = set(re.findall(r"""["']((?:[a-z-]+[.])+)["'] ~""", text)) | set(
        re.findall(r"""f["']((?:[a-z-]+[.])+){""", text)
    )
    return named, begun


def test_every_language_is_complete() -> None:
    """Every catalogue has the same keys, and the same placeholders in each label."""
    french = _labels(CATALOGUES["fr"])
    assert {"en", "fr"} <= set(CATALOGUES)
    assert {code for code, language in CATALOGUES.items() if _labels(language) != french} == set()


def test_no_label_is_missing_or_idle() -> None:
    """Every key that is used exists, and every key that exists is used."""
    named, begun = _keys_in_use()
    keys = set(_labels(CATALOGUES["fr"])) - {"name", "locale"}
    idle = {key for key in keys - named if not any(key.startswith(start) for start in begun)}
    assert idle == set()
    calls = re.findall(
        r"""\bt\(["']([a-z.-]+)["'][,)]""", "\n".join(p.read_text(encoding="utf-8") for p in CORE.rglob("*.html"))
    )
    assert set(calls) - keys <= {"locale"}


FRENCH = {
    "« oui »": "«\u00a0oui\u00a0»",
    "«oui»": "«\u00a0oui\u00a0»",
    "Pourquoi ?": "Pourquoi\u202f?",
    "Deux choses : une, deux ; trois !": "Deux choses\u00a0: une, deux\u202f; trois\u202f!",
    "l'OTAN d'abord": "l’OTAN d’abord",
    "https://example.org/a?b=c": "https://example.org/a?b=c",
}


@pytest.mark.parametrize(("typed", "set_"), FRENCH.items())
def test_french_typography(typed: str, set_: str) -> None:
    """French gets its no-break spaces and apostrophes."""
    assert CATALOGUES["fr"].set_type(typed, "fr") == set_


@given(st.text())
def test_setting_twice_changes_nothing(text: str) -> None:
    """Typography is idempotent, and does not change languages without rules."""
    for lang, language in CATALOGUES.items():
        once = language.set_type(text, lang)
        assert language.set_type(once, lang) == once
        assert language.set_type(text, "xx") == text


def test_english_typography() -> None:
    """English gets its apostrophes: inside a word, and after a plural."""
    set_ = CATALOGUES["en"].set_type("it's the allies' answer to 'no'", "en")
    assert set_ == "it’s the allies’ answer to 'no'"


def test_a_name_within_a_sentence() -> None:
    """Inside a sentence, a description loses its capital, and a name keeps it."""
    english = load_language("en")
    assert english.inside({"en": "A diplomatic source"}) == "a diplomatic source"
    assert english.inside({"en": "NATO officials"}) == "NATO officials"
    assert english.inside({"en": "European nations"}) == "European nations"


PROSE = {
    "plain": ("l'un & l'autre", "<p>l&#39;un &amp; l&#39;autre</p>"),
    "paragraphs": ("un\n\ndeux", "<p>un</p>\n<p>deux</p>"),
    "emphasis": ("**un** et *deux*", "<p><strong>un</strong> et <em>deux</em></p>"),
    "list": ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
    "link": ("[un](https://example.org/?a=1)", '<p><a href="https://example.org/?a=1" rel="noopener">un</a></p>'),
    "script": ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    "image": ("![x](https://example.org/x.png)", "<p>![x](https://example.org/x.png)</p>"),
    "script link": ("[x](javascript:alert)", '<p><a rel="noopener">x</a></p>'),
    "entity": ("&lt;b&gt;", "<p>&amp;lt;b&amp;gt;</p>"),
    "attributes": ("x {: onclick=alert}", "<p>x {: onclick=alert}</p>"),
    "snippet": ('--8<-- "mkdocs.yml"', "<p>--8&lt;-- &#34;mkdocs.yml&#34;</p>"),
    "template": ("{{ config }}", "<p>{{ config }}</p>"),
    "heading": ("# un", "<p># un</p>"),
    "reference": ("[un]: https://example.org/", "<p>[un]: https://example.org/</p>"),
    "code": ("`R&D`", "<p>`R&amp;D`</p>"),
    "year": ("1984. Une année", "<p>1984. Une année</p>"),
    "half an address": (
        "[un](//example.org/x) [deux](~/x)",
        '<p><a rel="noopener">un</a> <a rel="noopener">deux</a></p>',
    ),
    "half an address with a scheme": (
        "[un](https:/x) [deux](http:x) [trois](https:///x) [quatre](HTTPS://example.org)",
        '<p><a rel="noopener">un</a> <a rel="noopener">deux</a> <a rel="noopener">trois</a> '
        '<a href="HTTPS://example.org" rel="noopener">quatre</a></p>',
    ),
    "address of ours": ('*un* ="~/deux', "<p><em>un</em> =&#34;~/deux</p>"),
}


@pytest.mark.parametrize(("source", "html"), PROSE.values(), ids=PROSE)
def test_prose(source: str, html: str) -> None:
    """The safe subset of Markdown is rendered; everything else is shown as typed."""
    assert render_prose(source) == html


@given(st.text(max_size=200).filter(lambda t: t.count("[") < 20))
def test_prose_holds_no_element_of_an_authors(text: str) -> None:
    """Any prose gives only the allowed elements."""
    elements = set(re.findall(r"<([a-z0-9]+)", render_prose(text)))
    assert elements <= {"p", "em", "strong", "a", "ul", "ol", "li", "br"}


def test_inline_and_words() -> None:
    """Inside a sentence, a single paragraph loses its element; `strip_prose` gives the text alone."""
    assert render_inline("**un**") == "<strong>un</strong>"
    assert strip_prose("**un** &\n\n- deux") == "un & deux"
