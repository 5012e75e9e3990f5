"""The adapter: MkDocs' events on one side, the core on the other. The only file that imports mkdocs.

MkDocs gives this module the name of its path, keeps it for the life of the process, and takes every name that
begins with `on_` for an event. Whatever can fail is done in `on_config`, before MkDocs empties the site's folder.
"""

import html
import logging
import os
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar
from urllib.parse import urljoin

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date

from verbatim.checks import checked_corpus
from verbatim.pages.environment import CONTENT
from verbatim.problems import Problem, Where, fatal
from verbatim.publishing.atomic import place_index
from verbatim.publishing.editions import ConfigurationError, default_language, edition_of, language_problems
from verbatim.publishing.policy import content_security_policy
from verbatim.search.indexing import IndexingError, start_indexing
from verbatim.site import Output, make_output, show_problems
from verbatim.wording.catalogue import REFERENCE
from verbatim.wording.language import load_languages

log = logging.getLogger("mkdocs.verbatim")  # `--strict` counts only what is logged below `mkdocs`


class _State:
    """What one event leaves for the next; `on_config` renews it for every build."""

    serving = False
    language, edition, others = None, None, ()
    languages: ClassVar = {}  # by code, with those of earlier builds
    policy = ""  # none under `serve`, where live reload is inline, nor for a folder, which is no origin
    last_good: ClassVar = {}  # by language
    output, index = Output(), None


class GeneratedPage(Page):
    """A page whose HTML is ready: nothing is read from disk, and no Markdown is converted."""

    def __init__(self, page, file, config):
        self.ready = page
        super().__init__(html.escape(page.title), file, config)

    def read_source(self, config):
        self.markdown = ""
        # The search index gets the core's own records.
        self.meta = {
            "description": self.ready.description,
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},
        }

    def render(self, config, files):
        self.content = self.ready.html
        self.toc = TableOfContents([AnchorLink(self.title, CONTENT, 1)])


def on_startup(command, dirty):
    _State.serving = command == "serve"


def on_config(config):
    root, offline = Path(config.config_file_path).parent, not config.use_directory_urls
    try:
        _State.edition, _State.others = edition_of(Path(config.config_file_path))
        corpus, problems = checked_corpus(root / config.extra["briefings"], default_language(root))
    except ConfigurationError as error:
        raise PluginError(str(error)) from None
    languages, found = load_languages({edition.lang for edition in (_State.edition, *_State.others)} | {REFERENCE})
    problems = [*language_problems(_State.edition, config.theme["language"]), *found, *problems]
    _State.languages |= languages
    _State.language = _State.languages.get(_State.edition.lang) or _State.languages.get(REFERENCE)
    if not fatal(problems, strict=config.strict and not _State.serving):
        for problem in problems:
            log.warning(str(problem))
        today = date.fromisoformat(get_build_date())  # heeds SOURCE_DATE_EPOCH
        _State.policy = "" if _State.serving or offline else content_security_policy(_inline_scripts(config))
        site = {"site_url": config.site_url or "", "offline": offline, "policy": _State.policy}
        _State.output = make_output(corpus, _State.language, today=today, drafts=_State.serving, **site)
        _State.last_good[_State.language.code] = _State.output
    elif _State.serving and _State.language:  # without any language there is no page to show them on
        log.error("\n".join(map(str, problems)))
        _State.output = show_problems(_State.last_good.get(_State.language.code, Output()), problems, _State.language)
    else:
        raise PluginError("the site cannot be built:\n" + "\n".join(map(str, problems)))
    cache = root / ".build" / "search"
    _State.index = None if offline else start_indexing(_State.output.records, _State.language.code, cache)


def on_files(files, config):
    """Add the generated pages; a hand-written page at the same address stays, and is joined by `on_page_content`."""
    indexes = {}
    for page in _State.output.pages:
        uri = f"{page.url}index.md"
        if files.get_file_from_path(uri):
            continue
        file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        generated = GeneratedPage(page, file, config)
        generated.parent = indexes.get(page.section)  # a page below its index lights up the index's tab
        indexes.setdefault(page.section, generated)
        files.append(file)
    for ready in _State.output.files:
        files.append(File.generated(config, ready.path, content=ready.content))


def on_page_markdown(markdown, page, config, files):
    """Escape what a page says about itself, because the theme writes it into tags and attributes as it is."""
    if page.meta.pop("template", None) is not None:  # one without the policy would let the page's own scripts run
        where = Where(os.path.relpath(page.file.abs_src_path, Path(config.config_file_path).parent))
        log.warning(str(Problem(where, "template", "a page chooses none", "delete it", "warning")))
    page.meta = _escape(page.meta)


def on_page_content(content, page, config, files):
    """Put what is generated for an address after what is written there by hand."""
    if not isinstance(page, GeneratedPage):
        page.title = html.escape(html.unescape(str(page.title)))  # a heading's is escaped in part, a file's name not
        here = page.file.src_uri.removesuffix("index.md")
        return content + "".join(ready.html for ready in _State.output.pages if ready.url == here)


def on_env(env, config, files):
    """Give the theme's overrides the labels, the other languages, and what an address of a folder ends in."""
    known = _State.languages
    env.globals.update(
        t=_State.language.t,
        folder_index="" if config.use_directory_urls else "index.html",
        edition=_State.edition,
        policy=_State.policy,
        languages={other: known[other.lang].t("name") for other in _State.others if other.lang in known},
        elisions=" ".join(sorted(_State.language.elisions)),
        absolute=partial(urljoin, config.site_url or ""),
    )


def on_post_build(config):
    """Put the search index into the site; under `serve` without waiting for it, and with the other languages' sites."""
    place = partial(place_index, site=Path(config.site_dir))
    if _State.serving:
        if _State.index:
            _State.index.add_done_callback(lambda index: index.exception() or place(index.result()))
        if not _State.edition.folder:
            for other in _State.others:
                place_of_it = str(Path(config.site_dir) / other.folder)
                build(load_config(str(other.config), site_dir=place_of_it, site_url=config.site_url + other.folder))
    elif _State.index:
        try:
            place(_State.index.result())
        except (IndexingError, OSError) as error:
            raise PluginError(str(error)) from None


def _escape(value):
    """Escape every string of a value from front matter."""
    match value:
        case str():
            return html.escape(value)
        case dict():
            return {_escape(key): _escape(item) for key, item in value.items()}
        case list():
            return [_escape(item) for item in value]
        case _:
            return value


def _inline_scripts(config):
    """The theme's own, as they will stand in every page."""
    for name in ("base", "palette", "content"):
        template = config.theme.get_env().get_template(f"partials/javascripts/{name}.html")
        yield template.render(config=config, features=config.theme["features"])
