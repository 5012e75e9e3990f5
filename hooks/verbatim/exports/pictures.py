"""Pictures: what a shared link to a briefing or a question shows: its title, and who stands where.

Drawn in sixteen colours, so that a picture is small and takes milliseconds. The font comes in a package, because the
same input gives the same bytes on every machine. It has Latin, Greek and Cyrillic letters: names with others are left
out, and so is a title, in whose place the site's name stands.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from ..model.standing import MODALITIES
from ..views.addresses import HOME, Site, page_url, picture_url
from ..views.atlas import Atlas
from ..views.statements import Camp
from ..wording.language import Language
from .table import Statement

WIDTH, HEIGHT = 800, 420
MARGIN = 42
ROOM = WIDTH - 2 * MARGIN
TITLES = (40, 35, 29)
"""Sizes of the title: the largest in which it is short enough."""

BODY, SMALL = 23, 20

INK, GREY, PAPER = 0, 4, 10
"""Shades; those between them are the soft edges of letters. The stances have the numbers after them: sixteen in all."""

INK_COLOUR, PAPER_COLOUR = (23, 33, 43), (255, 255, 255)
STANCES = {
    "for": (23, 89, 156), "reserved": (107, 97, 0), "undecided": (86, 96, 107), "against": (138, 80, 0),
    "declined": (23, 33, 43),
}  # fmt: skip
"""The colours of the light page, as in tokens.css."""

MOST_CAMPS = 4
MOST_TITLE_LINES = 4
BREAKS = re.compile("[ \t\n\r\v\f]+")
MOST_LETTERS = 200
"""More than any line can hold."""

Line = tuple[str, str, list[str]]
"""A stance, its label, and groups of names: who holds it first-hand, then the others, each with how it is known."""


def picture_files(
    atlas: Atlas, statements: Iterable[Statement], language: Language, site: Site
) -> Iterator[tuple[str, bytes]]:
    """Yield the picture of the site, and of each briefing and issue; none where the site does not know its address,
    without which none is found."""
    if not site.url:
        return
    plain = language.plain
    promise = language.t("site.promise", site=site.name).unescape()
    yield picture_url(HOME), draw_picture(site.name, promise, [], "")
    for briefing in atlas.corpus.briefings.values():
        issues = {view.issue.id: view.issue for view in atlas.positions_by_briefing.get(briefing.id, ())}
        found = [(issue, atlas.camps(issue.id, briefing.id)) for issue in issues.values()]
        issue, camps = max(found, key=lambda each: _weight(each[1]), default=(None, []))
        about = plain(issue.short) if issue else ""
        yield (
            picture_url(page_url(briefing)),
            draw_picture(plain(briefing.title), about, _lines(camps, language), site.name),
        )
    for issue in atlas.corpus.issues.values():
        camps = atlas.camps(issue.id)
        yield picture_url(page_url(issue)), draw_picture(plain(issue.question), "", _lines(camps, language), site.name)


def draw_picture(title: str, about: str, lines: Sequence[Line], site: str) -> bytes:
    """A PNG of 800 by 420 pixels. `about` stands above the lines."""
    image = Image.new("L", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    y = _write(draw, MARGIN, MARGIN - 10, [_cut(site, SMALL, "Regular", ROOM)], SMALL, "Regular", GREY) + 10
    words = title if _can_write(title) else site
    size = next((size for size in TITLES if len(_wrap(words, size, "Bold")) < MOST_TITLE_LINES), TITLES[-1])
    y = _write(draw, MARGIN, y, _wrap(words, size, "Bold"), size, "Bold", INK) + 14
    draw.rectangle((MARGIN, y, WIDTH - MARGIN, y + 1), fill=INK)
    y += 12
    if about and _can_write(about):
        y = _write(draw, MARGIN, y, [_cut(about, SMALL, "Regular", ROOM)], SMALL, "Regular", GREY) + 4
    for stance, label, groups in lines[:MOST_CAMPS]:
        draw.rectangle((MARGIN, y + 7, MARGIN + 16, y + 23), fill=PAPER + 1 + list(STANCES).index(stance))
        left = MARGIN + 26
        _write(draw, left, y, [label], BODY, "Bold", INK)
        left += round(_length(label, BODY, "Bold")) + 13
        y = _write(
            draw, left, y, [_cut(" · ".join(groups), BODY, "Regular", WIDTH - MARGIN - left)], BODY, "Regular", INK
        )
    image.putpalette(_palette())
    file = io.BytesIO()
    image.save(file, "PNG", bits=4, compress_level=4)
    return file.getvalue()


def _weight(camps: Sequence[Camp]) -> tuple[int, int]:
    return len(camps), sum(len(camp.positions) for camp in camps)


def _lines(camps: Iterable[Camp], language: Language) -> list[Line]:
    """Each stance with its holders; what is not first-hand says so."""
    found = []
    for camp in camps:
        groups = []
        for modality in MODALITIES:
            views = [view for view in camp.positions if view.position.modality == modality]
            names = [name for name in (language.plain(view.holder.name) for view in views) if _can_write(name)]
            words = ", ".join(names)
            if names and modality != "stated":
                words = f"{language.t(f'modality.{modality}').unescape()}\u00a0: {words}"
            groups += [words] if names else []
        found.append((camp.stance, language.t(f"stance.{camp.stance}").unescape(), groups))
    return found


def _write(draw: ImageDraw.ImageDraw, x: int, y: int, lines: Iterable[str], size: int, weight: str, shade: int) -> int:
    """Write lines below each other; returns where the next one goes. Edges get the shades between letter and paper."""
    for line in lines:
        draw.text((x, y), line, font=_font(size, weight), fill=shade)
        y += round(size * 1.25)
    return y


def _wrap(text: str, size: int, weight: str) -> list[str]:
    """A text in lines, of which the last may be cut; so may a word that is longer than a line."""
    lines = [""]
    for word in BREAKS.split(text.strip()):  # not at no-break spaces
        longer = f"{lines[-1]} {word}".strip()
        if _length(longer, size, weight) <= ROOM:
            lines[-1] = longer
        else:
            lines.append(_cut(word, size, weight, ROOM))
    if len(lines) > MOST_TITLE_LINES:
        lines[MOST_TITLE_LINES - 1 :] = [_cut(" ".join(lines[MOST_TITLE_LINES - 1 :]), size, weight, ROOM)]
    return [line for line in lines if line]


def _cut(text: str, size: int, weight: str, room: float) -> str:
    """A text in one line, with an ellipsis where it is cut."""
    text = BREAKS.sub(" ", text)
    if _length(text, size, weight) <= room:
        return text
    room -= _length("…", size, weight)
    end = bisect_right(range(len(text[:MOST_LETTERS])), room, key=lambda end: _length(text[:end], size, weight)) - 1
    return f"{text[: max(0, end)].rstrip(' ,·')}…"


def _length(text: str, size: int, weight: str) -> float:
    """The width of a text: names and words are the same again and again, and measured once."""
    words = text.split(" ")
    return sum(_word_length(word, size, weight) for word in words) + (len(words) - 1) * _word_length(" ", size, weight)


@lru_cache(maxsize=1 << 16)
def _word_length(word: str, size: int, weight: str) -> float:
    return _font(size, weight).getlength(word)


@cache
def _font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    files = resources.files("fontpkg_noto_sans") / "files"
    [file] = [file for file in files.iterdir() if file.name.startswith("NotoSans[")]
    font = ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_name(weight)
    return font


def _can_write(text: str) -> bool:
    return all(map(_has, text))


@cache
def _has(character: str) -> bool:
    """Whether the font has a character; if not, it draws the same box as for any other that it has not."""
    font = _font(40, "Regular")
    return character.isspace() or bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


@cache
def _palette() -> list[int]:
    """Red, green and blue of each shade, from ink to paper, and of each stance."""
    shades = [
        round(ink + (paper - ink) * shade / PAPER)
        for shade in range(PAPER + 1)
        for ink, paper in zip(INK_COLOUR, PAPER_COLOUR, strict=True)
    ]
    return [*shades, *(part for colour in STANCES.values() for part in colour)]
