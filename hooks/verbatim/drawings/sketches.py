"""Sketches: the drawing of a timeline as shapes and words, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..views.timelines import Timeline
from ..wording.language import Language
from .labels import LINE
from .marks import Caption, EventMark, Fold
from .scale import Cut, Tick
from .shapes import Anchor, Circle, Path, Rect, Shape, Words, unit
from .timeline_figure import TimelineDrawing

AXIS = 40.0
"""In a wide drawing, the y where the background begins, below the labels of the axis."""

MARGIN = 72.0
"""In a narrow drawing, the x where the background begins, beside the labels of the axis."""

FADE = 22.0
"""Greatest length of a bar's fading edge."""

HEAD = 14.0
"""Length of an arrowhead."""

BAR = 4.0
"""Half the thickness of a bar."""

PILL = 11.0
"""Half the thickness of a count."""


@dataclass(frozen=True)
class EventSketch:
    """A mark with its label, which links to the event's row in the list."""

    anchor: str
    state: Literal["happened", "ahead", "cancelled"]
    shapes: tuple[Shape, ...]
    words: tuple[Words, ...]
    """Lines of the label, all with the same anchor."""


@dataclass(frozen=True)
class FoldSketch:
    target: str
    """The anchor of the element that it opens."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Sketch:
    width: float
    height: float
    wide: bool
    ground: tuple[Shape, ...]
    """Ticks, cuts, and the line between past and announced events."""

    events: tuple[EventSketch, ...]
    folds: tuple[FoldSketch, ...]


def sketch_timeline(drawing: TimelineDrawing, timeline: Timeline, language: Language) -> Sketch:
    """Turn one of the two drawings of a timeline into shapes."""
    frame = _Frame(drawing.axis)
    return Sketch(
        width=drawing.width,
        height=drawing.height,
        wide=drawing.axis == "x",
        ground=tuple(_ground(drawing, timeline, language)),
        events=tuple(_event(mark, frame) for mark in drawing.marks),
        folds=tuple(_fold(fold, frame, language) for fold in drawing.folds),
    )


@dataclass(frozen=True)
class _Frame:
    """Converts coordinates along and across the axis to x and y."""

    axis: Literal["x", "y"]

    def at(self, along: float, across: float) -> tuple[float, float]:
        return (along, across) if self.axis == "x" else (across, along)

    def band(self, look: str, start: float, end: float, across: float, half: float) -> Rect:
        """A rectangle along the axis; a fade spans its whole length."""
        x, y = self.at(start, across - half)
        width, height = self.at(end - start, half * 2)
        return Rect(look, x, y, width, height)

    def head(self, at: float, across: float, turn: int) -> Path:
        """An arrowhead, turned by `turn` degrees from the direction of the axis."""
        x, y = self.at(at, across)
        turn += 90 if self.axis == "y" else 0
        return Path("bd", "M-1-6.500 12 0-1 6.500Z", f"translate({unit(x)} {unit(y)}) rotate({turn})")


def _ground(drawing: TimelineDrawing, timeline: Timeline, language: Language) -> Iterator[Shape]:
    wide = drawing.axis == "x"
    if drawing.now is not None:
        yield _later(drawing, drawing.now)
    for tick in drawing.ticks:
        yield from (_tick_across if wide else _tick_down)(tick, drawing, language)
    for cut in drawing.cuts:
        yield from (_cut_across if wide else _cut_down)(cut, language)
    if drawing.now is not None:
        yield from (_now_across if wide else _now_down)(drawing, drawing.now, timeline, language)


def _later(drawing: TimelineDrawing, now: float) -> Rect:
    """The background of announced events."""
    if drawing.axis == "x":
        return Rect("later", now, AXIS, drawing.width - now, drawing.height - AXIS)
    return Rect("later", MARGIN, now, drawing.width - MARGIN, drawing.height - now)


def _tick_across(tick: Tick, drawing: TimelineDrawing, language: Language) -> Iterator[Shape]:
    yield Path("tick", f"M{unit(tick.at)} {unit(AXIS)}V{unit(drawing.height)}")
    yield Words("ax", tick.at + 4, 34, language.tick(tick.day, tick.unit, tick.first))


def _tick_down(tick: Tick, drawing: TimelineDrawing, language: Language) -> Iterator[Shape]:
    yield Path("tick", f"M{unit(MARGIN)} {unit(tick.at)}H{unit(drawing.width)}")
    yield Words("ax", 0, tick.at + 5, language.tick(tick.day, tick.unit, tick.first))


def _cut_across(cut: Cut, language: Language) -> Iterator[Shape]:
    middle = (cut.start + cut.end) / 2
    yield Path("cut", f"m{unit(middle - 7)} {unit(AXIS)} 6 8-4 0 6 8m1-16 6 8-4 0 6 8")
    yield Words("ax", middle, 34, language.t("timeline.cut", count=cut.years), "middle")


def _cut_down(cut: Cut, language: Language) -> Iterator[Shape]:
    middle = (cut.start + cut.end) / 2
    yield Path("cut", f"m{unit(MARGIN)} {unit(middle - 3)} 8-5 8 10 8-10 8 5m-32 6 8-5 8 10 8-10 8 5")
    yield Words("ax", 0, middle + 5, language.t("timeline.cut", count=cut.years))


def _now_across(drawing: TimelineDrawing, now: float, timeline: Timeline, language: Language) -> Iterator[Shape]:
    key = "timeline.briefing-now" if timeline.briefing else "timeline.now"
    anchor: Anchor = "start" if now + 210 < drawing.width else "end"
    yield Path("now", f"M{unit(now)} 0V{unit(drawing.height)}")
    yield Words(
        "nw", now + (7 if anchor == "start" else -7), 14, language.t(key, date=language.day(timeline.as_of)), anchor
    )


def _now_down(drawing: TimelineDrawing, now: float, timeline: Timeline, language: Language) -> Iterator[Shape]:
    key = "timeline.briefing-now-short" if timeline.briefing else "timeline.now-short"
    yield Path("now", f"M0 {unit(now)}H{unit(drawing.width)}")
    yield Words("nw", 0, now - 6, language.t(key))
    yield Words("nw", 0, now + 16, language.short_day(timeline.as_of))


def _event(mark: EventMark, frame: _Frame) -> EventSketch:
    shapes = [*(_point(mark, frame) if mark.item.is_point else _bar(mark, frame))]
    if mark.item.state == "cancelled":
        x, y = frame.at(mark.extent.middle, mark.extent.across)
        shapes.append(Path("xx", f"m{unit(x - 8)} {unit(y + 8)} 16-16"))
    return EventSketch(mark.item.anchor, mark.item.state, tuple(shapes), tuple(_words(mark.caption)))


def _bar(mark: EventMark, frame: _Frame) -> Iterator[Shape]:
    start = mark.extent.start + (HEAD if mark.open_start else 0)
    end = mark.extent.end - (HEAD if mark.open_end else 0)
    fade, across = min(FADE, (end - start) / 2), mark.extent.across
    first = start + (fade if mark.fade_start else 0)
    last = end - (fade if mark.fade_end else 0)
    if mark.fade_start:
        yield frame.band("fi", start, first, across, BAR)
    yield frame.band("bd", first, last, across, BAR)
    if mark.fade_end:
        yield frame.band("fo", last, end, across, BAR)
    if mark.open_start:
        yield frame.head(start, across, 180)
    if mark.open_end:
        yield frame.head(end, across, 0)


def _point(mark: EventMark, frame: _Frame) -> Iterator[Shape]:
    extent = mark.extent
    x, y = frame.at(extent.middle, extent.across)
    if extent.end > extent.start:
        yield frame.band("fi", extent.start - 8, extent.middle, extent.across, BAR)
        yield frame.band("fo", extent.middle, extent.end + 8, extent.across, BAR)
    yield Circle("pt", x, y, 5.5)
    if mark.item.derived and mark.item.state == "happened":
        yield Circle("der", x, y, 8.5)


def _words(caption: Caption) -> Iterator[Words]:
    lines = [("nm", line) for line in caption.label.title] + [("ax", line) for line in caption.label.detail]
    for number, (look, line) in enumerate(lines):
        yield Words(look, caption.x, caption.y + 5 + LINE * number, line, caption.side)


def _fold(fold: Fold, frame: _Frame, language: Language) -> FoldSketch:
    extent = fold.extent
    x, y = frame.at(extent.middle, extent.across)
    count = len(fold.items)
    shapes: list[Shape] = [frame.band("pill", extent.start, extent.end, extent.across, PILL)]
    shapes.append(Words("", x, y + 5, language.number(count), "middle"))
    if frame.axis == "y":
        shapes.append(Words("ax", extent.across + 20, y + 5, language.t("timeline.folded", count=count)))
    return FoldSketch(fold.target, tuple(shapes))
