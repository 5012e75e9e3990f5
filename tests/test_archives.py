"""Archives: what is too long for a page stands on pages by year, and nothing of it is lost."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.projects import generate
from verbatim.model.dates import Edtf, parse_edtf
from verbatim.pages.rendering import Page, render_pages
from verbatim.reading.loading import load_corpus
from verbatim.views.addresses import Site
from verbatim.views.archives import MOST_ROWS, by_letter, volumes
from verbatim.views.atlas import Atlas, build_atlas
from verbatim.wording.language import load_language
from verbatim.wording.words import fold

days = st.dates(date(2015, 1, 1), date(2019, 12, 31)).map(lambda day: parse_edtf(day.isoformat()))


@given(st.lists(days, max_size=60), st.integers(1, 20))
def test_volumes_hold_everything_once(dated: list[Edtf], most: int) -> None:
    """Each item is in one volume, that of its day; a volume is longer than allowed only for a single day."""
    items = list(enumerate(dated))
    made = volumes(items, lambda item: item[1], "issues/pier/", most)
    assert sorted(item for volume in made for item in volume.items) == items
    for volume in made:
        assert all(str(date).startswith(str(volume.dates)) for _, date in volume.items)
        assert len(volume.items) <= most or volume.dates.is_day
        assert volume.url == f"issues/pier/{volume.dates}/"
    starts = [volume.dates.first_day for volume in made]
    assert starts == sorted(starts, reverse=True)


@given(st.lists(st.text(max_size=5), max_size=60), st.integers(1, 20))
def test_letters_hold_everything_once(names: list[str], most: int) -> None:
    """Each name is below one letter, in its order; a letter has more than allowed only for names that are the same."""
    made = by_letter(list(enumerate(names)), lambda item: item[1], "actors/by-letter/", most)
    assert sorted(item for letter in made for item in letter.items) == list(enumerate(names))
    spelt = [[_letters(name) for _, name in letter.items] for letter in made]
    calls = [*chain(*spelt)]
    assert calls == sorted(calls)
    for letter, calls in zip(made, spelt, strict=True):
        assert all(call.startswith(letter.letters) for call in calls)
        assert len(calls) <= most or len(set(calls)) == 1
        assert re.fullmatch(r"actors/by-letter/([a-z]+|u-[0-9a-f-]*)/", letter.url)
    assert len({letter.url for letter in made}) == len(made)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, fold(name)))


@pytest.mark.parametrize(
    ("names", "most", "ends"),
    [
        (["Évreux", "Elia", "l'Est", "Ostre"], 9, ["e", "l", "o"]),
        (["Mara", "Marek", "Milo", "M", "Nils"], 2, ["m", "ma", "mi", "n"]),
        (["Mara", "Mara", "Mara"], 2, ["mara"]),
        (["Ирина", "2017", "★"], 9, ["u-", "u-32", "u-438"]),
    ],
)
def test_letters_are_folded_and_split(names: list[str], most: int, ends: list[str]) -> None:
    """Accents and case do not count; a crowded letter is split; what is no Latin letter has an address in ASCII."""
    made = by_letter(names, str, "", most)
    assert [letter.url.rstrip("/") for letter in made] == ends


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Of a generated corpus in which one question and one actor have more positions than a page holds."""
    folder = generate(tmp_path_factory.mktemp("crowded") / "briefings", briefings=80)
    corpus, problems = load_corpus(folder, "fr")
    assert not problems
    return build_atlas(corpus, date(2030, 1, 1))


@pytest.fixture(scope="module")
def pages(atlas: Atlas) -> dict[str, Page]:
    return {page.url: page for page in render_pages(atlas, load_language("fr"), list, Site("Gazette"))}


@pytest.mark.parametrize(("kind", "key"), [("issues", "issue-0"), ("actors", "actor-0")])
def test_a_crowded_page_leads_to_its_past(atlas: Atlas, pages: dict[str, Page], kind: str, key: str) -> None:
    """It has the newest statements in full, and each of its volumes one step away; they lead to every statement."""
    url, html = f"{kind}/{key}/", pages[f"{kind}/{key}/"].html
    assert 0 < len(re.findall(r'<tr[^>]* id="position-', html)) <= MOST_ROWS
    below = {other for other in pages if other.startswith(url) and other != url}
    assert {f"{url}{end}" for end in re.findall(rf'href="[./]*{url}([\d-]+/)"', html)} == below
    volumes = "".join(pages[other].html for other in below)
    views = atlas.positions_by_issue[key] if kind == "issues" else atlas.positions_held[f"actor/{key}"]
    assert len(views) > MOST_ROWS
    assert [view.url for view in views if f'{view.url}"' not in volumes] == []


def test_an_index_leads_to_every_page(atlas: Atlas, pages: dict[str, Page]) -> None:
    """Briefings and sources that the index has no room for are in its volumes."""
    for section, count in (("briefings/", len(atlas.corpus.briefings)), ("sources/", len(atlas.corpus.sources))):
        volumes = "".join(page.html for url, page in pages.items() if url.startswith(f"{section}by-year/"))
        led_to = set(re.findall(rf'href="[./]*({section}[a-z]+-\d+/)"', volumes))
        assert len(led_to) == count > MOST_ROWS
        assert led_to <= set(pages)


def test_an_index_leads_to_every_name(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where actors and questions are too many for their index, it leads to each letter, and these to every page, each
    with a breadcrumb, the way back and the way to its neighbours."""
    limits = (
        ("content.MOST_LINES", 5),
        ("content.MOST_ROWS", 3),
        ("site_map.MOST_ROWS", 3),
        ("site_map.MOST_CELLS", 0),
    )
    for name, most in limits:
        monkeypatch.setattr(f"verbatim.pages.{name}", most)
    pages = {page.url: page for page in render_pages(atlas, load_language("fr"), list, Site("Gazette"))}
    for section, count in (("actors/", len(atlas.corpus.actors)), ("issues/", len(atlas.corpus.issues))):
        letters = {url: page.html for url, page in pages.items() if url.startswith(f"{section}by-letter/")}
        index = pages[section].html
        assert set(re.findall(rf'href="[./]*({section}by-letter/[a-z]+/)"', index)) == set(letters)
        assert len(set(re.findall(rf'href="[./]*({section}[a-z]+-\d+/)"', index))) == 3
        led_to = {url for html in letters.values() for url in re.findall(rf'href="[./]*({section}[a-z]+-\d+/)"', html)}
        assert led_to == {url for url in pages if re.fullmatch(rf"{section}[a-z]+-\d+/", url)}
        assert len(led_to) == count
        for html in letters.values():
            assert f'<li><a href="../../../{section}">' in html  # in the breadcrumb
            assert len(re.findall(r' rel="(?:prev|next)"', html)) == (2 if html not in _ends(letters) else 1)


def _ends(letters: dict[str, str]) -> list[str]:
    """The pages of the first letter and of the last."""
    return [letters[min(letters)], letters[max(letters)]]
