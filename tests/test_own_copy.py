"""Readers' own copies: the script finds in them what Python finds in a source's text, and the page says so."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from support import CASES, SAMPLE
from support.accessibility import faint, violations
from support.characters import characters
from support.projects import build, call_hooks, copy_sample, replace_text
from support.sample import EVE, SOURCE
from verbatim.model.values import GAP
from verbatim.reading.texts import _BETWEEN_WORDS, _KINDS, SourceText, normalise

CASES_OF_TEXTS = yaml.safe_load((CASES / "twins" / "texts.yml").read_text(encoding="utf-8"))
TEXT = (SAMPLE / "briefings" / "sources" / f"{SOURCE}.txt").read_text(encoding="utf-8")
ANOTHER = (SAMPLE / "briefings" / "sources" / "north-quay-2021-05-25.txt").read_text(encoding="utf-8")

SCRIPT = """(cases) => JSON.stringify(JSON.parse(cases).map(({ text, quote, prefix, suffix }) => {
    const copy = new vbTexts.ReaderText(text);
    const joined = copy.paragraphs().join("\\n");
    const place = vbTexts.find(joined, quote, prefix, suffix) ?? [];
    const here = vbTexts.find(copy.text, quote, prefix, suffix) ?? [];
    return {
        text: copy.text,
        paragraphs: copy.paragraphs(),
        place: place.map((span) => span.map((end) => [...joined.slice(0, end)].length)),
        found: place.map(([start, end]) => joined.slice(start, end)),
        here: here.map(([start, end]) => copy.text.slice(start, end)),
        marked: here.map((span) => vbTexts.normalise(text.slice(...copy.rawSpan(span)))),
        closest: copy.closest(vbTexts.normalise(quote)),
    };
}))"""
"""In JSON, which Playwright passes on in one piece."""

KNOWN = ("Cn", "Co", "Cs")
"""Categories of what Python's Unicode has no letter for: a newer browser may have one."""


@pytest.fixture(scope="module")
def script(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the built site, whose script is as it is published."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}about/")
    yield page
    context.close()


def _in_script(script: Page, cases: list[dict]) -> list[dict]:
    return json.loads(script.evaluate(SCRIPT, json.dumps(cases)))


def _in_python(case: dict) -> dict:
    text = SourceText(case["text"])
    places = text.find(case["quote"], case.get("prefix", ""), case.get("suffix", ""))
    place = places[0] if places else ()
    return {
        "text": normalise(case["text"]),
        "paragraphs": text.paragraphs,
        "place": [[span.start, span.end] for span in place],
        "found": [text.text[span.start : span.end] for span in place],
    }


def _assert_alike(script: Page, cases: list[dict]) -> list[dict]:
    answers = _in_script(script, cases)
    for case, answer in zip(cases, answers, strict=True):
        expected = _in_python(case)
        assert {key: answer[key] for key in expected} == expected, case
    return answers


@pytest.mark.parametrize("case", CASES_OF_TEXTS, ids=lambda case: case["promise"])
def test_golden_texts_in_python(case: dict) -> None:
    """Python finds what the case says."""
    assert _in_python(case)["found"] == case["found"]


@pytest.mark.parametrize("case", CASES_OF_TEXTS, ids=lambda case: case["promise"])
def test_golden_texts_in_the_script(script: Page, case: dict) -> None:
    """The script finds what the case says, in the paragraphs and in the text as one."""
    [answer] = _assert_alike(script, [case])
    assert answer["found"] == answer["here"] == answer["marked"] == case["found"]


INSIDE_WORD = """(raw) => {
    const { text } = new vbTexts.ReaderText(raw);
    const found = [];
    for (let at = 0, place = 0; at < text.length; at += String.fromCodePoint(text.codePointAt(at)).length, place += 1) {
        if (vbTexts.isInsideWord(text, at)) found.push(place);
    }
    return JSON.stringify([text, found]);
}"""


def test_every_character_alone(script: Page) -> None:
    """Whatever one character is to Python, beside a letter, a digit and a blank, it is to the script.

    Of the ideographs and of what lies behind them, every fifth; `make fuzz` tries each.
    """
    letters = [letter for letter in characters() if unicodedata.category(letter) not in KNOWN]
    assert len(letters) > 25_000
    count = 0
    for start in range(0, len(letters), 20_000):  # an answer has a limit
        raw = " ".join(f"1{letter}2 a{letter}b {letter} c" for letter in letters[start : start + 20_000])
        text = SourceText(normalise(raw))
        borders = {found.start() for found in _BETWEEN_WORDS.finditer(text.text.translate(_KINDS))}
        inside = [place for place in range(len(text.text)) if place not in borders]
        count += len(inside)
        assert json.loads(script.evaluate(INSIDE_WORD, raw)) == [text.text, inside]
    assert count > 20_000


BLANKS = [" ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\x1c", "\x85"]
SIGNS = [
    "«",
    "»",
    "'",
    "’",
    "“",
    "-",
    "−",
    "·",
    ".",
    ",",
    "/",
    "´",
    "\u0301",
    "\u00ad",
    "\ufeff",
    "\u200b",
    "\u200d",
    GAP,
]
PIECES = st.sampled_from([*BLANKS, *SIGNS, "a", "b", "é", "e\u0301", "1", "2", "333", "_", "東", "あ", "𐐀"])
TEXTS = (
    st.lists(PIECES | st.characters(exclude_categories=KNOWN), max_size=24)
    .map("".join)
    .map(lambda t: t.lstrip("\ufeff"))
)


@st.composite
def _cases(draw: st.DrawFn) -> dict:
    """A text, and mostly something of it as the quotation and the words beside it."""
    text = draw(TEXTS)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    first, second, third, fourth = ends
    quote = draw(st.sampled_from([text[second:third], f"{text[first:second]}{GAP}{text[second:third]}"]) | TEXTS)
    beside = draw(st.booleans())
    return {
        "text": text,
        "quote": quote,
        "prefix": text[first:second] if beside else "",
        "suffix": text[third:fourth] if beside else "",
    }


@given(cases=st.lists(_cases(), max_size=24))
def test_any_text(script: Page, cases: list[dict]) -> None:
    """Python and the script agree on any text; the page finds what Python finds, and marks just these words."""
    for answer in _assert_alike(script, cases):
        if answer["found"]:
            assert answer["here"]
        assert answer["marked"] == answer["here"]


@given(cases=st.lists(_cases(), max_size=24))
def test_what_differs(script: Page, cases: list[dict]) -> None:
    """The pieces of what is closest give back both sides: the quotation, and words that stand in the text."""
    for case, answer in zip(cases, _in_script(script, cases), strict=True):
        if pieces := answer["closest"]:
            was, here = (
                "".join(piece.get("same", "") + piece.get(side, "") for piece in pieces) for side in ("was", "is")
            )
            assert was.strip() == normalise(case["quote"])
            assert here.strip() in answer["text"]


PAGE = f"sources/{SOURCE}/"


def _check(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Texte de l’article")
    if not field.is_visible():
        page.get_by_text("Vous avez l’article").click()
    field.fill(text)
    page.get_by_role("button", name="Vérifier").click()


def _result(page: Page) -> str:
    result = page.locator(".vb-own-result")
    expect(result).not_to_be_empty()
    return result.inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_text_itself(page: Page) -> None:
    """The source's text on its page: each quotation and paragraph is found, it is the text that was verified."""
    page.goto(PAGE, wait_until="networkidle")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    _check(page, TEXT)
    result = _result(page)
    assert "Citations retrouvées mot à mot : 6 sur 6." in result
    assert re.search(r"ont une empreinte : (\d+) sur \1\.", result)
    assert "le texte même qui a été vérifié" in result
    expect(page.locator(".vb-pass .vb-said")).to_have_count(6)
    expect(page.locator(".vb-said.vb-warn")).to_have_count(0)
    words = page.locator(".vb-own-text mark").all_inner_texts()
    assert any(word.endswith("rôle armé") for word in words)
    assert [url for url in sent if not url.endswith("/favicon.png")] == []  # which the browser asks for late


def test_one_changed_letter(page: Page) -> None:
    """One letter that differs is shown, in the quotation and in the copy; everything else is still found."""
    page.goto(PAGE)
    _check(page, TEXT.replace("acceptent de faire", "acceptant de faire"))
    result = _result(page)
    assert "5 sur 6" in result
    assert "n’est pas le texte vérifié" in result
    wrong = page.locator(".vb-pass:has(.vb-warn)")
    expect(wrong).to_have_count(1)
    expect(wrong).to_have_id("quotation-haldenberg-ports-to-act")
    expect(wrong.locator("del")).to_have_text("acceptent")
    expect(wrong.locator("ins")).to_have_text("acceptant")
    expect(page.locator(".vb-plist .vb-warn").first).to_be_visible()


def test_a_copy_from_a_web_page(page: Page) -> None:
    """Menus around the text, other line breaks and curly marks hide neither quotations nor whole paragraphs."""
    page.goto(PAGE)
    lines = [re.sub(r"(\S+ \S+ \S+) ", "\\1\n", line) for line in TEXT.replace("'", "’").split("\n\n")]
    copy = "\n\n".join(["Accueil\nNos dossiers", *lines, "Partager"])
    _check(page, copy)
    result = _result(page)
    assert "6 sur 6" in result
    assert "n’est pas le texte vérifié" in result
    expect(page.locator(".vb-said.vb-warn")).to_have_count(0)
    _check(page, TEXT.replace("\n\n", "\n"))
    assert "le texte même qui a été vérifié" in _result(page)


def test_a_paragraph_without_a_digest(page: Page) -> None:
    """What the lock gives no digest for is proven by the whole text, and left to the reader's eyes otherwise."""
    page.route(f"**/{PAGE}", _without_first_digest)
    page.goto(PAGE)
    first = page.locator('.vb-plist [data-paragraphs="2"]').first
    _check(page, TEXT)
    expect(first).to_contain_text("Tel quel dans votre copie")
    _check(page, f"Menu\n\n{TEXT}")
    expect(first).to_contain_text("n’a pas d’empreinte")
    expect(page.locator(".vb-said.vb-warn")).to_have_count(0)


def _without_first_digest(route: Route) -> None:
    response = route.fetch()
    body, count = re.subn(r'data-paragraphs="2:[0-9a-f]{64} ', 'data-paragraphs="', response.text())
    assert count == 1
    route.fulfill(response=response, body=body)


def test_another_article_and_none(page: Page) -> None:
    """Another article has none of the quotations; no text at all is asked for; what is edited has no result."""
    page.goto(f"en/{PAGE}")
    page.get_by_text("Do you have the article?").click()
    field, button = page.get_by_role("textbox", name="Text of the article"), page.get_by_role("button", name="Check")
    field.fill(ANOTHER)
    button.click()
    assert "Quotations found word for word: 0 of 6." in _result(page)
    expect(page.locator(".vb-own-text")).to_be_hidden()
    field.fill("")
    expect(page.locator(".vb-own-result")).to_be_empty()
    expect(page.locator(".vb-said")).to_have_count(0)
    button.click()
    assert _result(page) == "Paste the text of the article first."


def test_files_and_long_texts(page: Page, tmp_path: Path) -> None:
    """A file is read where it is plain text; of a long one what is around the passages is shown, and no more."""
    page.goto(PAGE)
    page.get_by_text("Vous avez l’article").click()
    chooser = page.locator(".vb-own [type=file]")
    (tmp_path / "article.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    chooser.set_input_files(tmp_path / "article.txt")
    assert "le texte même qui a été vérifié" in _result(page)
    (tmp_path / "article.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe")
    chooser.set_input_files(tmp_path / "article.pdf")
    expect(page.locator(".vb-own-result")).to_contain_text("n’a pas été lu")
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.txt"));
            const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true });
            document.querySelector("#check-text").dispatchEvent(drop);
        }""",
        ANOTHER,
    )
    expect(page.locator(".vb-own-result")).to_contain_text("0 sur 6")
    long = "\n\n".join([ANOTHER * 500, TEXT, ANOTHER * 500])
    (tmp_path / "long.txt").write_text(long, encoding="utf-8")
    chooser.set_input_files(tmp_path / "long.txt")
    expect(page.locator(".vb-own-result")).to_contain_text("6 sur 6")
    assert len(page.locator(".vb-own-text").inner_text()) < len(TEXT) * 5 < len(long) / 10


def test_a_long_text_that_is_pasted(page: Page) -> None:
    """Two megabytes from the clipboard are checked without being laid out in the field."""
    page.goto(PAGE)
    page.get_by_text("Vous avez l’article").click()
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData: data, cancelable: true });
            document.querySelector("#check-text").dispatchEvent(paste);
        }""",
        f"{ANOTHER * 4000}\n\n{TEXT}",
    )
    assert "6 sur 6" in _result(page)
    assert page.get_by_role("textbox", name="Texte de l’article").input_value() == ""
    page.get_by_role("button", name="Effacer la copie").click()
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator(".vb-own-result")).to_have_text("Collez d’abord le texte de l’article.")


def test_the_tick_leads_to_what_it_proves(page: Page) -> None:
    """Each tick is a link, which no text can be, and says on the method page what it stands for."""
    page.goto(PAGE)
    ticks = page.locator(".vb-pass a.vb-ok")
    expect(ticks).to_have_count(6)
    ticks.first.click()
    expect(page.locator("h2:target")).to_have_id("word-for-word")


def test_by_keyboard_from_a_quotation(page: Page) -> None:
    """A quotation's link opens the field; Tab and Enter do the rest, and passages lead there and back."""
    page.goto(f"briefings/{EVE}/")
    row = page.locator("tr", has=page.locator("#quotation-haldenberg-armed-role"))
    row.locator("summary").press("Enter")
    row.get_by_role("link", name="vérifier vous-même").focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Texte de l’article")
    expect(field).to_be_visible()
    field.focus()
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Vérifier")).to_be_focused()
    page.keyboard.press("Enter")
    assert "6 sur 6" in _result(page)
    page.locator("#quotation-haldenberg-armed-role .vb-said").get_by_role("link").focus()
    page.keyboard.press("Enter")
    here = page.locator(":target")
    expect(here).to_be_in_viewport()
    here.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#quotation-haldenberg-armed-role$"))


def test_the_answer_is_accessible(page: Page) -> None:
    """axe finds no violation in the field, in what was found and in what was not, in light and in the dark, and nothing
    runs out of a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="light")
    page.goto(PAGE)
    _check(page, TEXT.replace("acceptent de faire", "acceptant de faire"))
    _result(page)
    assert violations(page) + faint(page) == []
    page.emulate_media(color_scheme="dark")
    assert faint(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_a_command_is_named(plain_page: Page) -> None:
    """Without scripts there is no field, and the command that makes the same check is named."""
    plain_page.goto(PAGE)
    plain_page.get_by_text("Vous avez l’article").click()
    expect(plain_page.locator("#check code")).to_have_text("python hooks verify")
    expect(plain_page.locator("#check-text")).to_be_hidden()


def test_on_paper_there_is_no_field(page: Page) -> None:
    """Nothing of the check is printed."""
    page.goto(PAGE)
    _check(page, TEXT)
    _result(page)
    page.emulate_media(media="print")
    for selector in (".vb-own", ".vb-said", ".vb-self"):
        assert page.locator(f"{selector}:visible").count() == 0, selector


def test_without_digests_quotations_are_checked(page: Page) -> None:
    """Where the browser gives no SHA-256, quotations are checked and the page says what was not compared."""
    with page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })"):
        page.goto(PAGE)
    _check(page, TEXT)
    result = _result(page)
    assert "6 sur 6" in result
    assert "n’ont pas été comparés" in result


def test_gaps_and_the_words_beside(tmp_path: Path, browser: Browser, serve: Callable[[Path], str]) -> None:
    """Each part of a quotation with a gap is marked; words that single out a place must stand beside it here, too."""
    project = copy_sample(tmp_path, in_french_alone=True)
    briefing = project / "briefings" / "2021" / f"{EVE}.yml"
    replace_text(briefing, "Je m'attends à ce que les Ports agissent et", "Je m'attends […] agissent et")
    replace_text(briefing, "quote: rôle armé", "quote: rôle armé\n    prefix: ne veut pas de «")
    assert call_hooks("verify", project / "briefings").returncode == 0
    context = browser.new_context(base_url=serve(build(project) / "site"))
    page = context.new_page()
    page.goto(PAGE)
    _check(page, TEXT)
    assert "6 sur 6" in _result(page)
    assert page.locator(".vb-own-text mark").count() == 7
    _check(page, TEXT.replace("ne veut pas de «", "veut bien un «"))
    assert "5 sur 6" in _result(page)
    expect(page.locator("#quotation-haldenberg-armed-role .vb-warn")).to_contain_text("autrement placés")
    context.close()
