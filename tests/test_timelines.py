"""Timelines as drawings: places, folding, what is left out, and the drawings in a browser.

    python tests/test_timelines.py

rewrites the golden files, after a change that was looked at.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from support import CASES
from support.accessibility import open_everything
from support.corpora import BASE
from support.projects import build, copy_sample
from support.sample import EVE, sample_atlas
from verbatim.drawings.events import draw_events
from verbatim.drawings.marks import Item
from verbatim.drawings.rows import ROWS, WIDE
from verbatim.drawings.scale import CUT, Scale
from verbatim.drawings.timeline_figure import NARROW, TimelineFigure, draw_timeline
from verbatim.model.dates import parse_edtf
from verbatim.pages.environment import template_environment
from verbatim.views.timelines import Timeline, timeline_in, timeline_of
from verbatim.wording.language import load_language

ENGLISH = load_language("en")
NOW = date(2017, 5, 24)
FORMS = {
    "day": "{day}",
    "about": "{day}~",
    "month": "{day:%Y-%m}",
    "year": "{day:%Y}",
    "around": "{day:%Y}~",
    "interval": "{day}/{later}",
    "open": "{day}/..",
    "until": "../{day}",
}
WORDS = ["ministers", "meet", "vote on", "the text", "agreement", "about", "summit", "in Brussels", "attack"]


def make_item(number: int, text: str, title: str = "A title", state: str = "", derived: bool = False) -> Item:
    edtf = parse_edtf(text)
    state = state or ("ahead" if edtf.lower > NOW else "happened")
    return Item(f"event-{number}", edtf, state, derived, title, ENGLISH.date(edtf))


def make_items(count: int, years: int) -> list[Item]:
    """Invented events until shortly after NOW; the same each time."""
    rng = random.Random(count)
    items = []
    for number in range(count):
        day = NOW + timedelta(days=20 - int(rng.random() * 365 * years))
        kind = rng.choices(list(FORMS), [12, 2, 3, 1, 1, 2, 1, 0 if number else 1])[0]
        text = FORMS[kind].format(day=day, later=day + timedelta(days=rng.randint(2, 80)))
        state = "cancelled" if rng.random() < 0.06 else ""
        title = " ".join(rng.choices(WORDS, k=rng.randint(2, 10))).capitalize()
        items.append(make_item(number, text, title, state, kind == "day" and rng.random() < 0.4))
    return items


FIGURES = {"three": (3, 6), "thirty": (30, 5), "three-hundred": (300, 10)}


def draw(name: str) -> TimelineFigure:
    """Draw a figure as HTML, with only its first stretch, since all are drawn alike."""
    figure = draw_timeline(make_items(*FIGURES[name]), now=NOW)
    return replace(figure, stretches=figure.stretches[:1])


def render(figure: TimelineFigure) -> str:
    template = template_environment(ENGLISH).from_string(
        "{% from 'timeline-drawing.html' import timeline_figure %}{{ timeline_figure(figure, timeline) }}"
    )
    return template.render(figure=figure, timeline=Timeline((), NOW))


@pytest.mark.parametrize("name", FIGURES)
def test_drawings_stay_as_they_were_looked_at(name: str) -> None:
    """The drawings of 3, 30 and 300 events equal the golden files."""
    assert render(draw(name)) == (CASES / "timelines" / f"{name}.html").read_text("utf-8")


# ---- The scale -----------------------------------------------------------------------------------------------------

days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
spans = st.lists(st.tuples(days, st.integers(0, 4000)), min_size=1, max_size=12).map(
    lambda pairs: [(day, day + timedelta(days=length)) for day, length in pairs]
)


@given(spans, st.lists(days, min_size=2, max_size=8))
def test_later_is_never_before_earlier(spans: list[tuple[date, date]], asked: list[date]) -> None:
    """With any cuts, later days are further along, and the first and the last day are at the ends."""
    scale = Scale(spans, 10, 1000)
    places = [scale.at(day) for day in sorted(asked)]
    assert all(a <= b for a, b in pairwise(places))
    assert scale.at(min(first for first, _ in spans)) == pytest.approx(10)
    assert scale.at(max(last for _, last in spans), 1) == pytest.approx(1000)
    assert all(10 <= tick.at <= 1000 for tick in scale.ticks({"day": 80, "month": 80, "year": 60}))


def test_an_empty_decade_takes_no_width() -> None:
    """The years 2001 and 2017 keep their room; those between are cut, and the cut has their number."""
    scale = Scale([(date(2001, 1, 1), date(2001, 12, 31)), (date(2017, 1, 1), date(2017, 12, 31))], 0, 1000)
    (cut,) = scale.cuts
    assert (cut.end - cut.start, cut.years) == (pytest.approx(CUT), 15)
    assert scale.at(date(2001, 12, 31), 1) == pytest.approx((1000 - CUT) / 2)


def test_two_quiet_years_stay_in_proportion() -> None:
    """A gap of at most a third of the whole is not cut."""
    edges = [date(2014, 1, 1), date(2016, 1, 1), date(2017, 5, 25)]
    year = (date(2011, 1, 1), date(2011, 12, 31))
    assert Scale([year, *((day, day) for day in edges)], 0, 1000).cuts == ()


# ---- What is drawn -------------------------------------------------------------------------------------------------

texts = st.tuples(st.sampled_from(sorted(FORMS)), days, st.integers(1, 900)).map(
    lambda drawn: FORMS[drawn[0]].format(day=drawn[1], later=drawn[1] + timedelta(days=drawn[2]))
)


@given(st.lists(texts, min_size=1, max_size=40), st.one_of(st.none(), days))
def test_every_event_is_drawn_once(texts: list[str], now: date | None) -> None:
    """Each event is a mark, or in a count with a stretch, or counted as left out; all marks are inside the drawing."""
    items = [make_item(number, text) for number, text in enumerate(texts)]
    figure = draw_timeline(items, now=now)
    for drawing, width in zip(figure.drawings, (WIDE, NARROW), strict=True):
        shown = [mark.item.anchor for mark in drawing.marks]
        shown += [item.anchor for fold in drawing.folds for item in fold.items]
        assert len(set(shown)) == len(shown) == len(items) - figure.left_out
        length = width if drawing.axis == "x" else drawing.height
        for mark in drawing.marks:
            assert -12 <= mark.extent.start <= mark.extent.end <= length + 12
    folded = [item for fold in figure.drawings[0].folds for item in fold.items]
    assert [item for stretch in figure.stretches for item in stretch.items] == folded


def test_what_is_not_known_is_not_drawn_as_known() -> None:
    """A day is a point, a year fades at both ends, an open end is an arrow, an approximate day is a faded point."""
    figure = draw_timeline(
        [
            make_item(0, "2016-03-01"),
            make_item(1, "2015"),
            make_item(2, "2014-05-01/.."),
            make_item(3, "../2013-02-01"),
            make_item(4, "2012-06-01/2012-09-30"),
            make_item(5, "2011-06-01~"),
        ],
        now=None,
    )
    day, year, since, until, interval, about = sorted(figure.drawings[0].marks, key=lambda mark: mark.item.anchor)
    assert day.item.is_point
    assert day.extent.start == day.extent.end
    assert (year.fade_start, year.fade_end) == (True, True)
    assert (since.open_start, since.open_end, since.fade_start) == (False, True, False)
    assert (until.open_start, until.open_end) == (True, False)
    assert (interval.item.is_point, interval.fade_start, interval.fade_end) == (False, False, False)
    assert about.item.is_point
    assert about.extent.start < about.extent.end


def test_points_on_one_another_are_folded_into_a_count() -> None:
    """Four days of one week are folded on a scale of years, and drawn apart on a scale of their own."""
    week = [make_item(number, f"2017-05-{22 + number}") for number in range(4)]
    years = [make_item(year, f"{year}-06-01") for year in range(2010, 2017)]
    figure = draw_timeline([*years, *week], now=None)
    (fold,) = figure.drawings[0].folds
    (stretch,) = figure.stretches
    assert fold.target == stretch.anchor
    assert stretch.dates.text == "2017-05-22/2017-05-25"
    places = [mark.extent.middle for mark in stretch.drawings[0].marks]
    assert all(b - a > 200 for a, b in pairwise(places))


def test_more_periods_than_rows_are_counted() -> None:
    """Parallel years without a row are counted as only in the list."""
    figure = draw_timeline([make_item(number, "2010/2016") for number in range(ROWS + 5)], now=None)
    assert figure.left_out == 5


# ---- The sample's timeline -----------------------------------------------------------------------------------------


def test_the_eve_knows_what_is_to_come() -> None:
    """On the briefing's page the next day is ahead, hollow; on the whole timeline it is past, with all its statuses."""
    atlas = sample_atlas()
    then, now = timeline_in(atlas, atlas.corpus.briefings[EVE]), timeline_of(atlas, atlas.events)
    summit = "event-orane-summit-2021-05-25"
    assert summit in [occurrence.view.anchor for occurrence in then.ahead]
    assert summit not in [occurrence.view.anchor for occurrence in now.ahead]
    states, details = [], []
    for timeline in (then, now):
        figure = draw_events(timeline, ENGLISH)
        (item,) = [item for stretch in figure.stretches for item in stretch.items if item.anchor == summit]
        states.append(item.state)
        details.append(item.detail.replace("\xa0", " "))
    assert states == ["ahead", "happened"]
    assert details[0].endswith("25 May 2021 · planned")
    assert details[1].endswith("planned (briefing of 24 May 21), happened (briefing of 25 May 21)")


def test_six_years_are_told_apart() -> None:
    """2015, since 2018 and since about 2020 are different bars; the days of May 2021 are in a count."""
    atlas = sample_atlas()
    figure = draw_events(timeline_in(atlas, atlas.corpus.briefings[EVE]), ENGLISH)
    marks = {mark.item.anchor: mark for mark in figure.drawings[0].marks}
    blockade = marks["event-blockade-2015"]
    patrol = marks["event-patrol-in-the-lisme-sea"]
    asks = marks["event-erane-asks-orpa-to-join"]
    assert (blockade.fade_start, blockade.fade_end, blockade.open_end) == (True, True, False)
    assert (patrol.fade_start, patrol.open_end) == (True, True)
    assert (asks.fade_start, asks.open_end) == (True, True)
    assert blockade.extent.end < patrol.extent.start < asks.extent.start < figure.drawings[0].now
    days = {str(item.date) for stretch in figure.stretches for item in stretch.items}
    assert days == {"2021-05-22", "2021-05-24", "2021-05-25"}


# ---- In a browser --------------------------------------------------------------------------------------------------

OVERLAPS = """() => {
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const found = [];
  for (const svg of document.querySelectorAll("svg.vb-tl")) {
    if (!svg.getClientRects().length) continue;
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("g.ev text, .nw")];
    const places = texts.map((text) => text.getBoundingClientRect());
    texts.forEach((text, index) => {
      const place = places[index];
      if (place.left < frame.left - 2 || place.right > frame.right + 2) found.push(text.textContent);
      places.slice(0, index).forEach((other, earlier) => {
        if (meet(place, other)) found.push([text.textContent, texts[earlier].textContent]);
      });
    });
  }
  return found;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_labels_keep_clear_of_each_other(page: Page, width: int) -> None:
    """No label overlaps another or leaves its drawing, in the golden drawings and on every page with a drawing."""
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("timeline/", f"briefings/{EVE}/", "actors/dora-quill/"):
        page.goto(path)
        open_everything(page)
        assert page.locator("svg.vb-tl:visible").count() > 0, path
        assert page.evaluate(OVERLAPS) == [], path
    for name in FIGURES:
        figure = (CASES / "timelines" / f"{name}.html").read_text("utf-8")
        page.goto("timeline/")
        page.evaluate("html => { document.querySelector('.vb').innerHTML = html }", figure)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.locator("svg.vb-tl:visible").count() > 0, name
        assert page.evaluate(OVERLAPS) == [], name


def test_a_count_opens_its_stretch(page: Page) -> None:
    """A click on a count opens its stretch, without our scripts."""
    page.goto("timeline/")
    stretch = page.locator(".vb-stretch").first
    stretch.locator("summary").click()
    expect(stretch.locator("svg.vb-wide")).to_be_hidden()
    page.locator("svg.vb-wide .fold").first.click()
    expect(stretch.locator("svg.vb-wide")).to_be_visible()


def test_filters_narrow_the_list_and_dim_the_drawing(page: Page) -> None:
    """A choice by keyboard filters rows and drawing, is in the address, survives a reload, and can be undone."""
    page.goto("timeline/")
    rows = page.locator(".vb-events tr[data-id]:visible")
    everything = rows.count()
    actor = page.get_by_role("combobox", name="Acteur")
    actor.focus()
    page.keyboard.type("ARPO")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("actor=actor%2Forpa"))
    narrowed = rows.count()
    assert 0 < narrowed < everything
    expect(page.locator(".vb-count")).to_contain_text(str(narrowed))
    assert page.locator("svg.vb-wide .ev.off").count() > 0
    page.get_by_role("combobox", name="De l’année").select_option("2021")
    page.get_by_role("combobox", name="À l’année").select_option("2021")
    expect(page.locator("#event-blockade-2015")).to_be_hidden()
    expect(page.locator("#event-erane-asks-orpa-to-join")).to_be_visible()  # it continues in 2021
    page.reload()
    expect(page.get_by_role("combobox", name="De l’année")).to_have_value("2021")
    assert rows.count() < everything
    page.get_by_role("button", name="Tout remontrer").click()
    expect(rows).to_have_count(everything)
    page.go_back()
    expect(page.locator("#event-blockade-2015")).to_be_hidden()


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of 440 invented events in ten years, too many for one page."""
    events = "".join(
        f"  - {{id: meeting-{number}, date: {2010 + number // 44}-{1 + number % 12:02}-{1 + number % 28:02},"
        f" title: Meeting {number}, kind: meeting, status: happened, evidence: [we-need-it],"
        f" actors: [{('ada-brun', 'port-council')[number % 2]}]}}\n"
        for number in range(440)
    )
    dated = BASE["2020/pier.yml"] + f"events:\n{events}"
    return (
        build(copy_sample(tmp_path_factory.mktemp("long"), {**BASE, "2020/pier.yml": dated}, in_french_alone=True))
        / "site"
    )


def test_a_long_timeline_has_chapters(long_site: Path, serve: Callable[[Path], str], browser: Browser) -> None:
    """Each year has a page with all its events; without scripts the years are links."""
    address = serve(long_site)
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("timeline/")
    years = page.locator(".vb-chapters > li > a")
    counts = [int(text.split()[0]) for text in page.locator(".vb-chapters .vb-mut").all_inner_texts()]
    assert (years.count(), sum(counts)) == (10, 440)
    years.nth(3).click()
    expect(page).to_have_url(f"{address}timeline/2013/")
    expect(page.locator(".vb-events tbody tr")).to_have_count(counts[3])
    page.get_by_role("link", name="2014 →").click()
    expect(page).to_have_url(f"{address}timeline/2014/")
    context.close()


def test_filters_reach_into_chapters(long_site: Path, serve: Callable[[Path], str], browser: Browser) -> None:
    """A choice fetches the years that it needs, and shows their events with correct links."""
    context = browser.new_context(base_url=serve(long_site))
    page = context.new_page()
    page.goto("timeline/?actor=actor/ada-brun&from=2012&to=2014")
    rows = page.locator(".vb-chapters tr[data-id]:visible")
    expect(rows.first).to_be_visible()
    expect(page.locator(".vb-count:not([aria-busy])")).to_be_attached()
    assert all("actor/ada-brun" in row.get_attribute("data-actor") for row in rows.all())
    expect(page.locator(".vb-count")).to_contain_text(f"Résultats : {rows.count()} ")
    shown = page.locator(".vb-chapters > li:visible > a").all_inner_texts()
    assert set(shown) <= {"2012", "2013", "2014"}
    rows.first.locator("td.w a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/actors/" in page.url
    page.go_back()
    page.get_by_role("button", name="Tout remontrer").click()
    expect(rows).to_have_count(0)
    expect(page.locator(".vb-chapters > li:visible")).to_have_count(10)
    context.close()


if __name__ == "__main__":
    for name in FIGURES:
        path = Path(CASES / "timelines" / f"{name}.html")
        path.write_text(render(draw(name)), encoding="utf-8")
        sys.stdout.write(f"{path.stat().st_size} {path}\n")
