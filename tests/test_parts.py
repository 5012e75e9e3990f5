"""Parts: two machines build a share each, and the union is the site that one would have built."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

import commands.progress
from support.projects import call_hooks, replace_text, snapshot
from verbatim.parts import MOST, Part, parse_part
from verbatim.publishing.joining import JoinError, join

LISTING = [f"{folder}assets/javascripts/{name}.js" for folder in ("", "en/") for name in ("query", "verbatim")]
"""The scripts that name the indexes."""

INDEXES = r"^(en/)?pagefind/(statements.*/|index/|filter/|pagefind-entry|pagefind\.\w+\.pf_meta)"
"""Pagefind's files, which differ from run to run."""


@pytest.fixture(scope="module")
def parted(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The sample, built as two parts, and joined; and what that printed in CI."""
    project = shutil.copytree(built, tmp_path_factory.mktemp("parts") / "project", symlinks=True)
    said = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CI", "true")
        patch.setattr(commands.progress, "PATIENCE", 0.0)
        patch.setattr(commands.progress, "EVERY", 0.0)
        for part in ("1/2", "2/2"):
            result = call_hooks("build", "--root", project, "--part", part)
            assert result.returncode == 0, result.stderr
            said += result.stderr
    result = call_hooks("build", "--root", project, "--join", *_folders(project))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    return project, said


def _folders(project: Path) -> list[Path]:
    return [project / f"part-{number}-of-2" for number in (2, 1)]


def test_the_union_is_the_whole(parted: tuple[Path, str], site: Path) -> None:
    """Each file of the whole site is in the joined one, with its bytes, and no other; but for Pagefind's indexes and
    the list of them."""
    whole, joined = snapshot(site), snapshot(parted[0] / "site")
    for name in LISTING:
        assert whole[name] == joined[name].replace(b'"statements-1 statements-2"', b'"statements"') != joined[name]
        del whole[name], joined[name]
    whole, joined = (
        {name: content for name, content in files.items() if not re.search(INDEXES, name)} for files in (whole, joined)
    )
    assert sorted(whole) == sorted(joined)
    assert [name for name in whole if whole[name] != joined[name]] == []


def test_each_part_has_its_share(parted: tuple[Path, str]) -> None:
    """Most pages are in one part alone, some in each, and each part has an index of its own."""
    first, second = (snapshot(folder) for folder in _folders(parted[0]))
    ours = [
        {name for name in part if re.match(r"(en/)?(actors|briefings|issues|sources)/\w", name)}
        for part in (first, second)
    ]
    assert min(len(ours[0] - ours[1]), len(ours[1] - ours[0])) > 10
    indexes = [
        {found[1] for name in part if (found := re.match(r"pagefind/(statements.*?)/", name))}
        for part in (second, first)
    ]
    assert indexes == [{"statements-1"}, {"statements-2"}]


def test_every_language_tells_what_it_does(parted: tuple[Path, str]) -> None:
    """A build in CI counts files, rules, claims, pages and search records of each language, up to the last of each."""
    lines = parted[1]
    for stage in ("files read", "rules applied", "claims verified", "pages written", "search records indexed"):
        for lang in ("fr", "en"):
            done = re.findall(rf"^{stage} \({lang}\): (\d+) of \1, 0:00 left$", lines, re.M)
            assert len(done) >= 2, (stage, lang)  # of either part
    assert "\r" not in lines


FOUND = """async ([query, options]) => {
    const root = new URL("./", location.href);
    const index = (window.index ??= await vbQuery.open(root));
    const all = { facets: { kind: ["event", "position"] }, ...options };
    const results = query ? await vbQuery.search(index, query, options) : await vbQuery.list(root, all);
    const shown = await Promise.all(results.map(vbQuery.shown));
    return shown.map(({ url }) => url);
}"""


@pytest.fixture(scope="module")
def find(
    parted: tuple[Path, str], site: Path, serve: Callable[[Path], str], browser: Browser
) -> Iterator[Callable[..., list[list[Any]]]]:
    """The addresses that a query finds on the whole site, and on the joined one."""
    context = browser.new_context(bypass_csp=True)  # the test itself runs WebAssembly in the page
    pages = [context.new_page() for _ in range(2)]
    for page, folder in zip(pages, (site, parted[0] / "site"), strict=True):
        page.goto(serve(folder))
    yield lambda query, **options: [page.evaluate(FOUND, [query, options]) for page in pages]
    context.close()


@pytest.mark.parametrize(
    "query", ["patrouille", "orane", "Merlow", "corvine", "\u00ab\u00a0le port\u00a0\u00bb", "zzz"]
)
def test_one_search_asks_every_index(find: Callable[..., list[list[Any]]], query: str) -> None:
    """A query finds the same in two indexes as in one, and so it does with a filter."""
    for options in ({}, {"facets": {"kind": "position"}}):
        whole, joined = find(query, **options)
        assert sorted(whole) == sorted(joined)
        assert whole or options or query == "zzz"


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("query", ["", "patrouille", "port"])
def test_one_order_over_every_index(find: Callable[..., list[list[Any]]], query: str, order: str) -> None:
    """Results in the order of days are in the same order in two indexes as in one."""
    whole, joined = find(query, sort=order)
    assert len(whole) > 3
    assert whole == joined


@given(st.lists(st.integers(), max_size=40), st.integers(1, MOST))
def test_a_sequence_is_shared_out_in_stretches(items: list[int], of: int) -> None:
    """One part's share after the other's is the sequence, and none is longer than another by more than one."""
    shares = [Part(number, of).stretch(items) for number in range(1, of + 1)]
    assert [item for share in shares for item in share] == items
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@given(st.text(), st.integers(1, MOST))
def test_a_page_is_in_one_part(url: str, of: int) -> None:
    """Whatever its address, a page is in one part and no other."""
    assert sum(Part(number, of).has(url) for number in range(1, of + 1)) == 1


@pytest.mark.parametrize("text", ["", "2", "0/2", "3/2", "1/0", "1/9", "1/2/3", "a/b", "1 / 2"])
def test_what_is_no_part(text: str) -> None:
    """What does not name one of a number of parts is refused, as a call that cannot be taken."""
    with pytest.raises(ValueError, match="not a part"):
        parse_part(text)
    result = call_hooks("build", "--part", text or "1/")
    assert result.returncode == 2
    assert "write the second of three as 2/3" in result.stderr
    assert "Traceback" not in result.stderr


def test_parts_are_read_back() -> None:
    """A part is written as it is read."""
    assert str(parse_part("2/3")) == "2/3"
    assert parse_part("1/1") == Part()


def test_what_cannot_be_joined(parted: tuple[Path, str], tmp_path: Path) -> None:
    """A part that is missing, is twice, is none or differs is named, and the published site stays."""
    project = parted[0]
    second, first = _folders(project)
    before = snapshot(project / "site")
    other = shutil.copytree(second, tmp_path / "other")
    replace_text(other / "404.html", "<body", "<body class=other")
    for folders, said in (
        ([first], "these are not all parts of one site: 1/2"),
        ([first, first], "these are not all parts of one site: 1/2, 1/2"),
        ([first, tmp_path], f"{tmp_path} is no part of a site"),
        ([first, other], "404.html differs between parts: build all from the same files on the same day"),
    ):
        result = call_hooks("build", "--root", project, "--join", *folders)
        assert (result.returncode, result.stdout, result.stderr) == (1, "", f"build: {said}\n")
    assert snapshot(project / "site") == before


def test_a_join_puts_no_link_to_elsewhere_into_a_site(parted: tuple[Path, str], tmp_path: Path) -> None:
    """A link in a part, which a build never writes, is refused."""
    second, first = _folders(parted[0])
    other = shutil.copytree(second, tmp_path / "other")
    (other / "secret.txt").symlink_to("/etc/hostname")
    with pytest.raises(JoinError, match=r"secret\.txt is a link"):
        join([first, other], tmp_path)
