"""The adapter: MkDocs' events on one side, the core on the other. Only `mkdocs_*.py` import mkdocs.

MkDocs gives this module the name of its path, keeps it for the life of the process, and takes every name that
begins with `on_` for an event. Whatever briefings can have wrong is found in `on_config`, before MkDocs empties the
site's folder; pages are rendered when they are written.
"""

import gc
import html
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_outputs import Outputs, Setting, cache_of, log, place_if_built, root_of
from mkdocs_pages import GeneratedPage, Stamps, escaped, quoted
from mkdocs_serving import LiveEdition, LiveSite
from mkdocs_watch import BriefingsWatch
from verbatim.exports.pictures import HEIGHT as PICTURE_HEIGHT
from verbatim.exports.pictures import WIDTH as PICTURE_WIDTH
from verbatim.pages.compiled import CompiledTemplates
from verbatim.pages.whitespace import compact
from verbatim.parts import VARIABLE as PART
from verbatim.parts import Part, parse_part
from verbatim.problems import Message, Problem, Where, explain
from verbatim.publishing.atomic import place_index, refuse_links
from verbatim.publishing.earlier import EarlierPages, engine_digest
from verbatim.publishing.earlier_state import VARIABLE as SINCE
from verbatim.publishing.earlier_state import StateError, state_in
from verbatim.publishing.editions import (
    ConfigurationError,
    Edition,
    default_language,
    edition_of,
    language_problems,
    licence_of,
    require_theme,
)
from verbatim.publishing.policy import content_security_policy
from verbatim.publishing.relay import relayed
from verbatim.search.indexing import IndexingError, start_indexing, statement_indexes
from verbatim.site import Output
from verbatim.views.addresses import HOME, Site, data_url, picture_url
from verbatim.wording.catalogue import REFERENCE
from verbatim.wording.language import Language, load_languages
from verbatim.wording.messages import ENGLISH, VARIABLE, load_translation

gc.set_threshold(100_000, 20, 100)  # a corpus lives as long as its build; looking through it for garbage takes a tenth


@dataclass
class Build:
    """What the events of one build share."""

    edition: Edition
    others: list[Edition]
    setting: Setting
    languages: Mapping[str, Language]
    """By code: those of all editions that have a catalogue."""

    part: Part
    """What of the site is built."""

    output: Output
    index: Future[Path] | None
    """None for a site without search."""

    stamps: Stamps = field(init=False)
    env: Environment = field(init=False)


_outputs = Outputs()
_build: Build

_progress = relayed(os.environ)
"""Tells `python hooks build` how far this is; nobody, where MkDocs is started otherwise."""

_languages: dict[str, Language] = {}
"""By code, those of earlier builds too: under `serve` a catalogue may be broken for a while."""

_live: dict[str, LiveEdition] = {}
"""By language: what `serve` shows."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _outputs.serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Do everything that briefings can make fail: read, check, list the pages, and start to index."""
    global _build
    root, offline = root_of(config), not config.use_directory_urls
    _outputs.translate = load_translation(os.environ.get(VARIABLE) or _default_language(root))
    _outputs.folder(config)  # which is told before anything else
    try:
        _outputs.earlier = state_in(Path(since)) if (since := os.environ.get(SINCE)) else None
        refuse_links(root, Path(config.site_dir))
        edition, others = edition_of(Path(config.config_file_path))
        require_theme(edition.config, config.theme.name)
        published_in = {each.lang for each in (edition, *others)}
        corpus, problems = _outputs.checked(config, published_in, _progress)
        site = _site(config, edition, others)
    except ConfigurationError as error:
        raise PluginError(_outputs.lines(error.problems)) from None
    except (FileExistsError, StateError) as error:
        raise PluginError(_outputs.translate(explain(error))) from None
    languages, found = load_languages(published_in | {REFERENCE})
    ours = [*language_problems(edition, config.theme["language"]), *found]
    _languages.update(languages)
    language = _languages.get(edition.lang) or _languages.get(REFERENCE)
    if not language:  # and so no page to show the problems on
        raise _outputs.refusal([*ours, *problems])
    policy = "" if _outputs.serving or offline else content_security_policy(_inline_scripts(config))
    setting = Setting(config, edition.lang, language, site, policy, ours)
    output = _outputs.output(setting, corpus, problems)
    part = parse_part(os.environ.get(PART, "1/1"))
    index = None if offline else start_indexing(output.records, language.code, cache_of(config), part, _progress)
    _build = Build(edition, others, setting, dict(_languages), part, output, index)
    # The theme prints them as they are, also in attributes; as Markup they are escaped once.
    config.site_name = Markup.escape(config.site_name)
    config.site_description = config.site_description and Markup.escape(config.site_description)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Watch the briefings, and the other languages' configurations and pages; MkDocs knows those of the default one."""
    watch = BriefingsWatch(root_of(config) / config.extra["briefings"], config, server)
    watched = [config.docs_dir, config.config_file_path, *config.watch]
    for other in edition_of(Path(config.config_file_path))[1]:
        for path in (other.config, load_config(str(other.config)).docs_dir):
            watched.append(str(path))
            server.watch(str(path))
    gc.collect()
    gc.freeze()  # what was read stays: looking through it would take a fifth of the time that an edit takes
    LiveSite(server, watch, _live, _outputs, [Path(path) for path in watched]).begin()
    watch.begin()
    return server


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the generated pages; a hand-written page at the same address stays, and is joined by `on_page_content`."""
    _build.stamps = Stamps(_build.output.pages, config, files, _build.part, _progress)
    for ready in _build.output.files:
        files.append(File.generated(config, ready.path, content=ready.content))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Escape what a page says about itself, because the theme writes it into tags and attributes as it is."""
    if page.meta.pop("template", None) is not None:  # one without the policy would let the page's own scripts run
        where = Where(os.path.relpath(str(page.file.abs_src_path), root_of(config)))
        log.warning(Problem(where, "template", "a page chooses none", "delete it", "warning").line(_outputs.translate))
    page.meta = escaped(page.meta)


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    """Put what is generated for an address after what is written there by hand."""
    if isinstance(page, GeneratedPage):
        return None
    page.title = quoted(html.unescape(str(page.title)))  # a heading's is escaped in part, a file's name not
    return _build.stamps.join(page, content)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the theme's overrides the labels, the other languages, and what an address of a folder ends in."""
    known = _build.languages
    _build.env = env
    env.bytecode_cache = CompiledTemplates("theme")
    env.globals.update(
        t=_build.setting.language.t,
        folder_index="" if config.use_directory_urls else "index.html",
        edition=_build.edition,
        policy=_build.setting.policy,
        languages={other: known[other.lang] for other in _build.others if other.lang in known},
        elisions=" ".join(sorted(_build.setting.language.elisions)),
        feed=next((page.feed for page in _build.output.pages if not page.url), ""),
        statements=" ".join(statement_indexes(_build.part)),
        absolute=partial(urljoin, config.site_url or ""),
        picture={"url": picture_url(HOME), "width": PICTURE_WIDTH, "height": PICTURE_HEIGHT},
        data_url=data_url,
        listed=list(_build.stamps.listed(files)),
    )


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> None:
    """Keep what the theme is given, for the pages that are stamped."""
    _build.stamps.remember(page, context)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take out the theme's blank lines; stamped pages come without, since their shell is cut from such a page."""
    return compact(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the pages that MkDocs did not, and put the search index into the site.

    Under `serve` without waiting for the index, and with the other languages' sites.
    """
    site = Path(config.site_dir)
    for section in _build.stamps.prove(_build.env):
        message = "pages below {section} are rendered in full: the theme treats each of them apart"
        log.info(_outputs.translate(Message(message, section=section)))
    if _outputs.serving:
        lang = _build.edition.lang
        _live[lang] = LiveEdition(_build.edition.folder, site, _build.stamps, _build.output)
        _outputs.settings[lang] = _build.setting
        if _build.index:
            _build.index.add_done_callback(partial(place_if_built, site=site))
        if not _build.edition.folder:
            _build_others(config, _build.others)
        return
    earlier = _earlier_pages(config)
    _build.stamps.write(earlier, engine_digest(root_of(config) / "hooks"))
    earlier.save()
    if _build.index:
        try:
            place_index(_build.index.result(), site)
        except (IndexingError, OSError) as error:
            raise PluginError(_outputs.translate(explain(error))) from None


def on_build_error(error: Exception) -> None:
    """Say in one line that a file cannot be written, as on a full disk."""
    if isinstance(error, OSError):
        raise PluginError(
            _outputs.translate(Message("the site cannot be written: {why}", why=explain(error)))
        ) from None


def _earlier_pages(config: MkDocsConfig) -> EarlierPages:
    """The pages of the site that this build will replace."""
    name = _build.part.site if config.use_directory_urls else "offline"
    record = root_of(config) / ".build" / f"{name}-{_build.edition.lang}.json"
    return EarlierPages(record, (root_of(config) / name).resolve() / _build.edition.folder)


def _site(config: MkDocsConfig, edition: Edition, others: list[Edition]) -> Site:
    """What the core is told of the site, and of those in other languages beside it."""
    editions = sorted((edition, *others), key=lambda each: each.folder)
    return Site(
        config.site_name,
        config.site_url or "",
        root="../" * edition.folder.count("/"),
        editions=tuple((each.lang, each.folder) for each in editions),
        licence=licence_of(edition.config, config.extra),
    )


def _default_language(root: Path) -> str:
    """English where the configuration does not say it, which is a problem of its own."""
    try:
        return default_language(root)
    except ConfigurationError:
        return ENGLISH


def _build_others(config: MkDocsConfig, others: list[Edition]) -> None:
    """Build the other languages' sites into this one; each build brings its own events, and ends before the next."""
    for other in others:
        folder = str(Path(config.site_dir) / other.folder)
        build(load_config(str(other.config), site_dir=folder, site_url=f"{config.site_url}{other.folder}"))


def _inline_scripts(config: MkDocsConfig) -> Iterator[str]:
    """The theme's own, as they will stand in every page."""
    env = config.theme.get_env()
    env.bytecode_cache = CompiledTemplates("theme")
    for name in ("base", "palette", "content"):
        template = env.get_template(f"partials/javascripts/{name}.html")
        yield template.render(config=config, features=config.theme["features"])
