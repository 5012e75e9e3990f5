"""The pictures of shared links: the same each time, small, and of what their page says."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from support import ROOT
from support.payloads import PAYLOADS
from support.sample import EVE, ISSUE, sample_atlas
from verbatim.exports.pictures import HEIGHT, MARGIN, PAPER, PAPER_COLOUR, STANCES, WIDTH, draw_picture, picture_files
from verbatim.views.addresses import Site
from verbatim.wording.language import load_language

SITE = Site("Sextant", "https://site.test/")
LINES = [("for", "Pour", ["Ada Brun"]), ("against", "Contre", ["rapporté : Port Council"])]


def read(content: bytes) -> Image.Image:
    """A picture as it is decoded, in sixteen colours or fewer."""
    image = Image.open(io.BytesIO(content))
    image.verify()
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(image.getcolors() or ()) <= PAPER + 1 + len(STANCES) == 16
    return image.convert("RGB")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that pictures get."""
    lines: list[str] = []
    text = ImageDraw.ImageDraw.text

    def note(draw: Any, place: Any, line: str, **more: Any) -> None:
        lines.append(line)
        text(draw, place, line, **more)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", note)
    return lines


def of(path: str, code: str = "fr", site: Site = SITE) -> bytes:
    return dict(picture_files(sample_atlas(), [], load_language(code), site))[path]


def test_who_has_a_picture() -> None:
    """The site, each briefing and each question have one, if the site knows its address; it is some kilobytes large."""
    atlas = sample_atlas()
    files = dict(picture_files(atlas, [], load_language("fr"), SITE))
    expected = [f"briefings/{id}/" for id in atlas.corpus.briefings] + [f"issues/{id}/" for id in atlas.corpus.issues]
    assert list(files) == ["preview.png", *(f"{page}preview.png" for page in expected)]
    for content in files.values():
        read(content)
        assert len(content) < 16_000
    assert list(picture_files(atlas, [], load_language("fr"), Site("Sextant"))) == []


def test_it_says_who_stands_where(written: list[str]) -> None:
    """A question's has its words, each stance that holds, and its holders: first-hand first, others with their sort."""
    list(picture_files(sample_atlas(), [], load_language("fr"), SITE))
    told = " | ".join(written)
    assert (
        "Sextant | L’ARPO doit-elle devenir membre à | part entière de la patrouille | commune\u202f? | Pour | ARPO"
        in told
    )
    assert "Pour | rapporté\u00a0: Érane-Unie, De nombreux ports" in told
    assert "Contre | ARPO, Nils Haldenberg · rapporté\u00a0: Anna Merlow" in told


def test_a_briefing_shows_what_divides_it(written: list[str]) -> None:
    """A briefing's has its title, and its own state of the question with most stances."""
    list(picture_files(sample_atlas(), [], load_language("en"), SITE))
    start = written.index("ORPA pressed to do more against")
    assert written[start + 2 : start + 4] == ["Joining the patrol", "For"]
    assert "ORPA" not in written[start + 4]  # which leaves it open on that day
    assert EVE in "".join(dict(picture_files(sample_atlas(), [], load_language("en"), SITE)))


def test_the_same_is_drawn_the_same() -> None:
    """Two drawings have the same bytes; another title, stance or name has others."""
    drawn = draw_picture("A pier", "Piers", LINES, "Gazette")
    assert drawn == draw_picture("A pier", "Piers", LINES, "Gazette")
    others = [
        draw_picture("A quay", "Piers", LINES, "Gazette"),
        draw_picture("A pier", "", LINES, "Gazette"),
        draw_picture("A pier", "Piers", LINES[:1], "Gazette"),
        draw_picture("A pier", "Piers", [("against", *LINES[0][1:]), LINES[1]], "Gazette"),
        draw_picture("A pier", "Piers", LINES, "Post"),
    ]
    assert len({drawn, *others}) == 6
    assert of(f"issues/{ISSUE}/preview.png") != of(f"issues/{ISSUE}/preview.png", "en")


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_any_text_is_only_drawn(payload: str) -> None:
    """Whatever is typed gives a picture of the same size, and nothing of it stands in the file as text."""
    content = draw_picture(payload, payload, [("for", "For", [payload])], payload)
    read(content)
    assert payload.encode() not in content


@settings(max_examples=30)
@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_leaves_the_margins(title: str, name: str) -> None:
    """No title and no name, however long, is drawn at the edge."""
    image = read(draw_picture(title, name, [("for", "For", [name])] * 4, name))
    paper = Image.new("RGB", (MARGIN // 2, HEIGHT), PAPER_COLOUR)
    for left in (0, WIDTH - paper.width):
        assert image.crop((left, 0, left + paper.width, HEIGHT)).tobytes() == paper.tobytes()
    bottom = image.crop((0, HEIGHT - 4, WIDTH, HEIGHT))
    assert bottom.getcolors() == [(WIDTH * 4, PAPER_COLOUR)]


def test_stances_have_the_colours_of_pages() -> None:
    """They are those of a light page."""
    tokens = (ROOT / "hooks/theme/assets/stylesheets/verbatim/tokens.css").read_text("utf-8")
    for stance, colour in STANCES.items():
        assert f"--vb-{stance}: #{bytes(colour).hex()};" in tokens


def test_what_the_font_has_not(written: list[str]) -> None:
    """A title in letters that the font has not is replaced by the site's name, and such a name is left out."""
    draw_picture("שלום", "", [], "Gazette")
    assert written == ["Gazette", "Gazette"]
    written.clear()
    draw_picture("Ça grève à Évreux : œufs « cassés » — où ?", "", [], "Gazette")
    assert "".join(written[1:]).startswith("Ça grève à Évreux")
