"""Lanes: draws stances through time, one lane per party.

The columns are the days on which something changes, at equal distances, so that every change is legible. The caption
says that the axis is not to scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from ..model.entities import Position
from ..model.standing import Period, Standing
from ..views.as_of import Cell, stops
from ..wording.language import Language
from .shapes import Circle, Path, Words, unit

MOST_LETTERS = 29
"""Greatest length of a party's name, in characters."""

AXIS = 30.0
"""The y where columns begin, below the labels of the axis."""


@dataclass(frozen=True)
class Sizes:
    width: float
    left: float
    """The x where lanes begin, right of the names."""

    right: float
    """Room right of the last column."""

    step: float
    """Distance between lanes."""

    top: float
    """The y where the first lane's row begins."""

    down: float
    """Distance of a lane's line below the middle of its row."""

    name: float
    """Distance from a lane's line down to the baseline of its name; negative if the name is above."""

    row: float
    """Distance from a lane's line down to the bottom line of its row."""


WIDE = Sizes(width=1120, left=224, right=60, step=36, top=44, down=0, name=5, row=18)
NARROW = Sizes(width=350, left=14, right=22, step=46, top=50, down=8, name=-14, row=16)


@dataclass(frozen=True)
class Column:
    day: date
    x: float
    tick: Path
    words: Words | None
    """None if there is no room."""


@dataclass(frozen=True)
class LaneMark:
    """A statement on its day."""

    halo: Circle
    x: float
    """Left edge of the mark, which is 18 units wide and high."""

    y: float
    stance: str
    modality: str


@dataclass(frozen=True)
class Lane:
    row: Path
    name: Words
    segments: tuple[Path, ...]
    """A stance, a possible stance, or nothing, each as long as it lasts."""

    marks: tuple[LaneMark, ...]


@dataclass(frozen=True)
class LaneDrawing:
    width: float
    height: float
    wide: bool
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]


def draw_lanes(cells: Sequence[Cell], language: Language) -> tuple[LaneDrawing, LaneDrawing]:
    """Draw an issue's cells for wide pages, and for phones."""
    return _draw(cells, WIDE, language), _draw(cells, NARROW, language)


def _draw(cells: Sequence[Cell], sizes: Sizes, language: Language) -> LaneDrawing:
    days = stops(cells)
    height = sizes.top + sizes.step * len(cells) + 10
    distance = (sizes.width - sizes.left - sizes.right) / max(1, len(days))
    columns = tuple(
        Column(
            day=day,
            x=(x := round(sizes.left + distance * (index + 0.5), 1)),
            tick=Path("tick", f"M{unit(x)} {unit(AXIS)}V{unit(height)}"),
            words=_day_words(index, days, x, sizes, language),
        )
        for index, day in enumerate(days)
    )
    ys = [sizes.top + sizes.step * (index + 0.5) + sizes.down for index in range(len(cells))]
    lanes = tuple(_lane(cell, y, columns, sizes, language) for cell, y in zip(cells, ys, strict=True))
    return LaneDrawing(sizes.width, height, sizes is WIDE, columns, lanes)


def _day_words(index: int, days: Sequence[date], x: float, sizes: Sizes, language: Language) -> Words | None:
    """In a narrow drawing labels alternate between two rows; from five days on, every second but the last is None."""
    odd = index % 2 == 1
    if sizes is NARROW and len(days) >= 5 and odd and index < len(days) - 1:
        return None
    return Words("ax", x, 28 if sizes is NARROW and odd else 14, language.short_day(days[index]), "middle")


def _lane(cell: Cell, y: float, columns: Sequence[Column], sizes: Sizes, language: Language) -> Lane:
    return Lane(
        row=Path("row", f"M0 {unit(y + sizes.row)}H{unit(sizes.width)}"),
        name=Words("nm", 0, y + sizes.name, _shortened(language.plain(cell.holder.name))),
        segments=tuple(_segments(cell, y, columns, sizes)),
        marks=tuple(_marks(cell, y, columns)),
    )


def _shortened(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"


def _segments(cell: Cell, y: float, columns: Sequence[Column], sizes: Sizes) -> Iterator[Path]:
    edges = [sizes.left, *(column.x for column in columns), sizes.width]
    days = [date.min, *(column.day for column in columns)]
    looks = [_look(_period_on(cell, day).standing) for day in days]
    for look, group in groupby(zip(looks, pairwise(edges), strict=True), lambda each: each[0]):
        spans = [span for _, span in group]
        yield Path(look, f"M{unit(spans[0][0])} {unit(y)}H{unit(spans[-1][1])}")


def _look(standing: Standing) -> str:
    shown = standing.holds or standing.perhaps
    look = f"ln s-{shown[0].stance}" if shown else "sil"
    return f"{look} unsure" if standing.perhaps and not standing.holds else look


def _marks(cell: Cell, y: float, columns: Sequence[Column]) -> Iterator[LaneMark]:
    for column in columns:
        period = _period_on(cell, column.day)
        stated = [each for each in period.standing.holds if _is_marked(each, column.day, period)]
        for place, position in enumerate(stated):
            x = column.x + (place - (len(stated) - 1) / 2) * 20
            yield LaneMark(Circle("halo", x, y, 11), x - 9, y - 9, position.stance, position.modality)


def _period_on(cell: Cell, day: date) -> Period:
    return next(p for p in cell.periods if p.start <= day and (p.end is None or day < p.end))


def _is_marked(position: Position, day: date, period: Period) -> bool:
    """Whether a position is stated, or begins to hold, on a day."""
    return period.start == day or any(edtf and edtf.upper == day for edtf in (position.since, position.date))
