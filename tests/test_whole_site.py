"""What concerns the site as a whole, in all of its languages: the sitemap, robots.txt, and missing addresses."""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from support.projects import build, copy_sample

ROOT = "https://example.org/a/"
NAMESPACE = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, built for an address below a path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ROOT)
        return build(copy_sample(tmp_path_factory.mktemp("whole"))) / "site"


def addresses_in(content: bytes) -> list[str]:
    return [str(place.text) for place in ElementTree.fromstring(content).findall("url/loc", NAMESPACE)]


def test_the_sitemap_lists_every_page_of_every_language(published: Path) -> None:
    """The root's sitemap, plain and packed, names each page once; a language's own names that language's."""
    pages = {path.parent.relative_to(published.resolve()) for path in published.resolve().rglob("index.html")}
    moved = {path for path in pages if 'http-equiv="refresh"' in (published / path / "index.html").read_text("utf-8")}
    expected = sorted(f"{ROOT}{path.as_posix()}/".replace("/./", "/") for path in pages - moved)
    content = (published / "sitemap.xml").read_bytes()
    assert sorted(addresses_in(content)) == expected
    assert gzip.decompress((published / "sitemap.xml.gz").read_bytes()) == content
    english = addresses_in((published / "en/sitemap.xml").read_bytes())
    assert sorted(english) == [address for address in expected if address.startswith(f"{ROOT}en/")]


def test_every_page_has_a_picture_to_share(published: Path) -> None:
    """Each page names one picture by its whole address, which is there in the size that it says; briefings and
    questions have their own."""
    own = set()
    for page in published.resolve().rglob("index.html"):
        text = page.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        [address] = re.findall(r'<meta property="og:image" content="([^"]+)">', text)
        assert text.index("og:image:width") > text.index('"og:image"')
        picture = published.resolve() / address.removeprefix(ROOT)
        with Image.open(picture) as image:
            size = f'og:image:width" content="{image.width}"', f'og:image:height" content="{image.height}"'
        assert all(each in text for each in size)
        if picture.parent == page.parent:
            own.add(page.parent.relative_to(published.resolve()).as_posix())
        else:
            assert picture.parent in page.parents
    assert {path.split("/")[-2] for path in own if path.count("/")} >= {"briefings", "issues"}


def test_robots_are_led_to_the_sitemap(published: Path, site: Path) -> None:
    """There is one robots.txt, which names the sitemap where the site knows its address."""
    assert (published / "robots.txt").read_text() == f"User-agent: *\nDisallow:\n\nSitemap: {ROOT}sitemap.xml\n"
    assert (site / "robots.txt").read_text() == "User-agent: *\nDisallow:\n"
    assert not (published / "en/robots.txt").exists()


@pytest.fixture
def host(published: Path, tmp_path: Path) -> Iterator[str]:
    """A host that shows the root's page for whatever is missing, as most static hosts do."""
    (tmp_path / "a").symlink_to(published.resolve())

    class Handler(http.server.SimpleHTTPRequestHandler):
        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            content = (published / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/a/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("path", "title", "link"), [
    ("nowhere/", "Page introuvable", "Dossiers"), ("en/actors/nowhere/", "Page not found", "Briefings"),
])  # fmt: skip
def test_a_missing_address_speaks_its_language(
    browser: Browser, host: str, path: str, title: str, link: str, scripts: bool
) -> None:
    """The one page that hosts show speaks the language of the missing address; without scripts it speaks all."""
    context = browser.new_context(base_url=host, java_script_enabled=scripts)
    page = context.new_page()
    assert page.goto(path).status == 404
    article = page.locator("article")
    expect(article.get_by_role("heading", name=title)).to_be_visible()
    if scripts:
        expect(page).to_have_title(f"{title} - Sextant")
        expect(article.get_by_role("heading")).to_have_count(1)
    else:
        expect(article.get_by_role("heading")).to_have_text(["Page introuvable", "Page not found"])
        expect(article.locator("[lang=en]")).to_be_visible()
    article.get_by_role("link", name=link, exact=True).click()
    expect(page).to_have_url(f"{host}{'en/' if path.startswith('en/') else ''}briefings/")
    context.close()
