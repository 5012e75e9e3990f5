"""Generated pages inside MkDocs: a few go its whole way, the others are stamped with the shell around those.

Pages of one section and depth have one shape. The first of each is rendered by MkDocs; its shell is cut out
(`publishing/stamping.py`) and proven: stamped, the first page must be as MkDocs wrote it, byte for byte, and the last
as it is rendered in full. Where they are not, as with a theme or a plugin that treats each page apart, all are rendered
in full.
"""

import html
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date

from verbatim.pages.environment import CONTENT
from verbatim.pages.fingerprints import Fingerprints
from verbatim.pages.rendering import Page as ReadyPage
from verbatim.parts import Part
from verbatim.progress import Count, Progress
from verbatim.publishing.earlier import EarlierPages
from verbatim.publishing.stamping import TOKENS, Shell, Value, cut

Shape = tuple[str, int]
"""A section and a depth: `("actors/", 2)`."""


class GeneratedPage(Page):
    """A page whose HTML is ready: nothing is read from disk, and no Markdown is converted."""

    def __init__(self, page: ReadyPage, file: File, config: MkDocsConfig) -> None:
        self.ready = page
        super().__init__(quoted(page.title), file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        # The search index gets the core's own records.
        self.meta = {
            "description": self.ready.describe(),
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.show(self.ready.view())

    def show(self, view: Any) -> None:
        """Take what the page shows from its view; the theme prints `head` at the end of the page's."""
        self.content, self.head, self.toc = self.ready.render(view), self.ready.render_head(view), _contents(self)


class StampedFile(File):
    """The file of a page that MkDocs does not render: links find it, and it is written last."""

    def __init__(self, page: ReadyPage, config: MkDocsConfig) -> None:
        super().__init__(
            _uri(page),
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=f"{page.url}index.html",
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.ready = page

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


@dataclass
class WrittenPage:
    """A page that is written by hand, and that a generated one is joined to."""

    page: Page
    content: str
    """Its own, without the generated one."""

    context: dict[str, Any] = field(default_factory=dict)
    """What the theme is given for it."""


@dataclass(frozen=True)
class Listed:
    """What the sitemap says of a page."""

    url: str
    canonical_url: str
    update_date: str


class Stamps:
    """The generated pages of one build."""

    def __init__(
        self, pages: Iterable[ReadyPage], config: MkDocsConfig, files: Files, part: Part, progress: Progress
    ) -> None:
        """Add the pages to `files`; one at the address of a hand-written page is left to it.

        MkDocs renders the same ones in every `part`; of the others only those that fall to it are written.
        """
        self.config, self.part = config, part
        self.stamped: dict[Shape, list[StampedFile]] = defaultdict(list)
        self.samples: dict[Shape, GeneratedPage] = {}
        self.contexts: dict[Shape, dict[str, Any]] = {}
        self.shells: dict[Shape, Shell] = {}
        self.written: dict[str, WrittenPage] = {}
        self._indexes: dict[str, GeneratedPage] = {}
        self.show(pages)
        ours = [page for page in self.pages.values() if not files.get_file_from_path(_uri(page))]
        # Of two pages MkDocs renders both: the shell would cost a third rendering.
        many = {shape for shape, count in Counter(map(_shape, ours)).items() if count > 2}
        for page in ours:
            shape = _shape(page)
            if shape in self.samples and shape in many and config.extra.get("stamp", True):
                file = StampedFile(page, config)
                self.stamped[shape].append(file)
                files.append(file)
            else:
                generated = self._generated(page)
                self.samples.setdefault(shape, generated)
                files.append(generated.file)

        mine = sum(part.has(file.ready.url) for several in self.stamped.values() for file in several)
        self.count = Count("pages written", len(ours) - sum(map(len, self.stamped.values())) + mine, progress)

    def join(self, page: Page, content: str) -> str:
        """The content of a hand-written page with that of the generated page of its URL, if there is one."""
        url = page.file.src_uri.removesuffix("index.md")
        if url not in self.pages:
            return content
        self.written[url] = WrittenPage(page, content)
        self._fill(self.written[url], self.pages[url])
        return str(page.content)

    def remember(self, page: Page, context: dict[str, Any]) -> None:
        """Keep what the theme is given for a page, since pages of its shape are given the same."""
        if isinstance(page, GeneratedPage) and self.samples.get(_shape(page.ready)) is page:
            self.contexts[_shape(page.ready)] = context
        if isinstance(page, GeneratedPage):
            self.count.step()
        for written in self.written.values():
            if written.page is page:
                written.context = context

    def can_show(self, pages: Iterable[ReadyPage]) -> bool:
        """Whether these pages can be shown without a build of MkDocs': whether each has a shell, or had one."""
        return all(page.url in self.written or _shape(page) in self.contexts for page in pages)

    def show(self, pages: Iterable[ReadyPage]) -> None:
        """Let these be the pages."""
        self.pages = {page.url: page for page in pages}

    def html(self, url: str) -> str | None:
        """A page in full, as it is now; None where there is none that is generated."""
        page, written = self.pages.get(url), self.written.get(url)
        if page and written:
            self._fill(written, page)
            written.page.active = True
            output = self._template.render({**written.context, "page": written.page})
            written.page.active = False
            return str(self.config.plugins.on_post_page(output, page=written.page, config=self.config))
        return self._output(page, page.view()) if page else None

    @staticmethod
    def _fill(written: WrittenPage, ready: ReadyPage) -> None:
        """Put what is generated for an address behind what is written there by hand, and into its head."""
        view = ready.view()
        written.page.content = written.content + ready.render(view)
        written.page.head = ready.render_head(view)  # type: ignore[attr-defined]

    def prove(self, env: Environment) -> list[str]:
        """Cut the shells, once MkDocs has written its pages; returns the sections whose pages cannot be stamped."""
        self._template = env.get_template("main.html")
        in_vain = []
        for shape, files in self.stamped.items():
            sample, last = self.samples[shape], files[-1].ready
            shell = cut(self._in_full(_tokens(sample.ready), sample.ready.view()))
            first = Path(str(sample.file.abs_dest_path)).read_text("utf-8")
            proofs = (sample.ready, first), (last, self._in_full(last, last.view()))
            if shell and all(shell.around(_values(page, page.view())) == full for page, full in proofs):
                self.shells[shape] = shell
            else:
                in_vain.append(shape[0])
        return in_vain

    def write(self, earlier: EarlierPages, engine: str) -> None:
        """Write what MkDocs did not. A page of the published site that was made of the same is taken over.

        `engine` tells this version of the code from others.
        """
        fingerprints = Fingerprints()
        for shape, files in self.stamped.items():
            shell = self.shells.get(shape)
            around = fingerprints(engine, shell.pieces) if shell else None
            for file in filter(lambda file: self.part.has(file.ready.url), files):
                page, place, view = file.ready, Path(str(file.abs_dest_path)), file.ready.view()
                fingerprint = around and fingerprints(around, page.title, page.describe(), page.made_of, view)
                if not earlier.place(page.url, fingerprint, place):
                    earlier.write(page.url, fingerprint, place, self._output(page, view).encode())
                self.count.step()

    def _output(self, page: ReadyPage, view: Any) -> str:
        """A page with the theme's shell."""
        shell = self.shells.get(_shape(page))
        return shell.around(_values(page, view)) if shell else self._in_full(page, view)

    def _in_full(self, ready: ReadyPage, view: Any) -> str:
        """A page as MkDocs would write it."""
        page = self._generated(ready)
        page.read_source(self.config)
        page.meta = escaped(page.meta)
        page.show(view)
        page.active = True
        output = self._template.render({**self.contexts[_shape(ready)], "page": page})
        page.active = False  # and so is the index above it
        return str(self.config.plugins.on_post_page(output, page=page, config=self.config))

    def listed(self, files: Files) -> Iterator[Listed]:
        """Every page of the site, for the sitemap, in the order of the files."""
        for file in files:
            if isinstance(file, StampedFile):
                address = urljoin(self.config.site_url or "", file.url) if self.config.site_url else ""
                yield Listed(file.url, address, get_build_date())
            elif file.page:
                yield Listed(file.page.url, file.page.canonical_url or "", file.page.update_date)

    def _generated(self, page: ReadyPage) -> GeneratedPage:
        file = File.generated(self.config, _uri(page), content="", inclusion=InclusionLevel.NOT_IN_NAV)
        generated = GeneratedPage(page, file, self.config)
        # A page below its index lights up the index's tab: MkDocs asks any ancestor, and types only sections.
        generated.parent = self._indexes.get(page.section)  # type: ignore[assignment]
        self._indexes.setdefault(page.section, generated)
        return generated


def quoted(text: str) -> str:
    """A text as it stands in a tag and in an attribute, in one line, since blank lines are taken out of pages."""
    return html.escape(text).replace("\n", "&#10;")


def escaped(value: Any) -> Any:
    """Escape every string of a value from front matter."""
    match value:
        case str():
            return quoted(value)
        case dict():
            return {escaped(key): escaped(item) for key, item in value.items()}
        case list():
            return [escaped(item) for item in value]
        case _:
            return value


def _uri(page: ReadyPage) -> str:
    return f"{page.url}index.md"


def _shape(page: ReadyPage) -> Shape:
    return page.section, page.url.count("/")


def _tokens(sample: ReadyPage) -> ReadyPage:
    """A page of the sample's shape whose values are tokens."""
    plain = {value: html.unescape(token) for value, token in TOKENS.items()}
    depth = sample.url.removeprefix(sample.section).count("/")
    url = sample.section + f"{TOKENS['slug']}/" * depth
    return replace(
        sample,
        url=url,
        title=plain["title"],
        describe=lambda: plain["description"],
        render=lambda view: TOKENS["content"],
        render_head=lambda view: TOKENS["head"],
    )


def _contents(page: Page) -> TableOfContents:
    return TableOfContents([AnchorLink(str(page.title), CONTENT, 1)])


def _values(page: ReadyPage, view: Any) -> dict[Value, str]:
    return {
        "title": quoted(page.title),
        "description": quoted(page.describe()),
        "head": page.render_head(view),
        "content": page.render(view),
        "slug": page.url.removeprefix(page.section).rstrip("/"),
    }
