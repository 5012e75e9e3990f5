"""The adapter: MkDocs' events on one side, the core on the other. Only `mkdocs_*.py` import mkdocs.

MkDocs gives this module the name of its path, keeps it for the life of the process, and takes every name that
begins with `on_` for an event. Whatever briefings can have wrong is found in `on_config`, before MkDocs empties the
site's folder; pages are rendered when they are written.
"""

import gc
import html
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
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
from mkdocs.utils import get_build_date

from mkdocs_pages import GeneratedPage, Stamps, escaped, quoted
from mkdocs_serving import LiveEdition, LiveSite
from mkdocs_watch import BriefingsWatch
from verbatim.checks import at_first_sight, checked_corpus, judged
from verbatim.exports.dataset.comparison import State
from verbatim.exports.pictures import HEIGHT as PICTURE_HEIGHT
from verbatim.exports.pictures import WIDTH as PICTURE_WIDTH
from verbatim.pages.compiled import CompiledTemplates
from verbatim.pages.whitespace import compact
from verbatim.parts import VARIABLE as PART
from verbatim.parts import Part, parse_part
from verbatim.problems import Message, Problem, Translate, Where, explain, fatal
from verbatim.programs import ask_programs
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
from verbatim.reading.corpus import Corpus
from verbatim.reading.kept import NOTHING_KEPT, KeptFiles
from verbatim.reading.loading import load_corpus
from verbatim.search.indexing import IndexingError, start_indexing, statement_indexes
from verbatim.site import Output, make_output, show_problems
from verbatim.views.addresses import HOME, Site, data_url, picture_url
from verbatim.wording.catalogue import REFERENCE
from verbatim.wording.language import Language, load_languages
from verbatim.wording.messages import ENGLISH, VARIABLE, load_translation

gc.set_threshold(100_000, 20, 100)  # a corpus lives as long as its build; looking through it for garbage takes a tenth

log = logging.getLogger("mkdocs.verbatim")  # `--strict` counts only what is logged below `mkdocs`


@dataclass
class Build:
    """What the events of one build share."""

    edition: Edition
    others: list[Edition]
    language: Language
    languages: Mapping[str, Language]
    """By code: those of all editions that have a catalogue."""

    problems: list[Problem]
    """Of the configuration and the catalogues."""

    policy: str
    """Empty under `serve`, whose live reload is inline, and for a folder, which is no origin."""

    site: Site
    part: Part
    """What of the site is built."""

    output: Output
    index: Future[Path] | None
    """None for a site without search."""

    stamps: Stamps = field(init=False)
    env: Environment = field(init=False)


_serving = False
_build: Build
_translate: Translate = str
"""Says messages in the language that the environment asks for, or else in the site's default one."""

_progress = relayed(os.environ)
"""Tells `python hooks build` how far this is; nobody, where MkDocs is started otherwise."""

_earlier: State | None = None
"""What was published before, if the build is to tell what changed since."""

_languages: dict[str, Language] = {}
"""By code, those of earlier builds too: under `serve` a catalogue may be broken for a while."""

_kept = KeptFiles()
"""What `serve` has read."""

_live: dict[str, LiveEdition] = {}
_built: dict[str, tuple[MkDocsConfig, Build]] = {}
"""By folder: what MkDocs built last under `serve`."""

_last_good: dict[str, Output] = {}
"""By language: what `serve` falls back to."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Do everything that briefings can make fail: read, check, list the pages, and start to index."""
    global _build, _translate, _earlier
    root, offline = _root(config), not config.use_directory_urls
    _translate = load_translation(os.environ.get(VARIABLE) or _default_language(root))
    folder = _briefings(config)
    try:
        _earlier = state_in(Path(since)) if (since := os.environ.get(SINCE)) else None
        refuse_links(root, Path(config.site_dir))
        edition, others = edition_of(Path(config.config_file_path))
        require_theme(edition.config, config.theme.name)
        published_in = {each.lang for each in (edition, *others)}
        outside, default = ask_programs(folder), default_language(root)
        kept = _kept if _serving else NOTHING_KEPT
        corpus, problems = checked_corpus(folder, default, outside, published_in, kept=kept, progress=_progress)
        site = _site(config, edition, others)
    except ConfigurationError as error:
        raise PluginError(_lines(error.problems)) from None
    except (FileExistsError, StateError) as error:
        raise PluginError(_translate(explain(error))) from None
    languages, found = load_languages(published_in | {REFERENCE})
    ours = [*language_problems(edition, config.theme["language"]), *found]
    _languages.update(languages)
    language = _languages.get(edition.lang) or _languages.get(REFERENCE)
    if not language:  # and so no page to show the problems on
        raise _refused([*ours, *problems])
    policy = "" if _serving or offline else content_security_policy(_inline_scripts(config))
    output = _output(config, corpus, [*ours, *problems], language, policy, site)
    part = parse_part(os.environ.get(PART, "1/1"))
    cache = root / ".build" / "search"
    index = None if offline else start_indexing(output.records, language.code, cache, part, _progress)
    _build = Build(edition, others, language, dict(_languages), ours, policy, site, part, output, index)
    # The theme prints them as they are, also in attributes; as Markup they are escaped once.
    config.site_name = Markup.escape(config.site_name)
    config.site_description = config.site_description and Markup.escape(config.site_description)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Watch the briefings, and the other languages' configurations and pages; MkDocs knows those of the default one."""
    watch = BriefingsWatch(_root(config) / config.extra["briefings"], config, server)
    watched = [config.docs_dir, config.config_file_path, *config.watch]
    for other in edition_of(Path(config.config_file_path))[1]:
        for path in (other.config, load_config(str(other.config)).docs_dir):
            watched.append(str(path))
            server.watch(str(path))
    gc.collect()
    gc.freeze()  # what was read stays: looking through it would take a fifth of the time that an edit takes
    LiveSite(server, watch, _live, Follower(), [Path(path) for path in watched]).begin()
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
        where = Where(os.path.relpath(str(page.file.abs_src_path), _root(config)))
        log.warning(Problem(where, "template", "a page chooses none", "delete it", "warning").line(_translate))
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
        t=_build.language.t,
        folder_index="" if config.use_directory_urls else "index.html",
        edition=_build.edition,
        policy=_build.policy,
        languages={other: known[other.lang] for other in _build.others if other.lang in known},
        elisions=" ".join(sorted(_build.language.elisions)),
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
        log.info(_translate(Message(message, section=section)))
    if _serving:
        _live[_build.edition.folder] = LiveEdition(_build.edition.folder, site, _build.stamps, _build.output)
        _built[_build.edition.folder] = config, _build
        if _build.index:
            _build.index.add_done_callback(partial(_place_if_built, site=site))
        if not _build.edition.folder:
            _build_others(config, _build.others)
        return
    earlier = _earlier_pages(config)
    _build.stamps.write(earlier, engine_digest(_root(config) / "hooks"))
    earlier.save()
    if _build.index:
        try:
            place_index(_build.index.result(), site)
        except (IndexingError, OSError) as error:
            raise PluginError(_translate(explain(error))) from None


class Follower:
    """What `serve` shows after an edit of the briefings, in every language."""

    def read(self) -> tuple[Corpus, list[Problem], list[Problem]]:
        """The corpus of now, the problems of loading it, and those that are seen at once."""
        config, _ = _built[""]
        folder = _briefings(config)
        corpus, found = load_corpus(folder, default_language(_root(config)), ask_programs(folder), kept=_kept)
        return corpus, found, at_first_sight(corpus, found)

    def judge(self, corpus: Corpus, found: list[Problem]) -> list[Problem]:
        """Every problem of a corpus, of which those of loading are given."""
        return judged(corpus, found, {built.edition.lang for _, built in _built.values()})

    def outputs(self, corpus: Corpus, problems: list[Problem] | None) -> list[Output]:
        """The sites; without problems where these are not known yet."""
        return [
            _made(config, corpus, built.language, built.policy, built.site)
            if problems is None
            else _output(config, corpus, [*built.problems, *problems], built.language, built.policy, built.site)
            for config, built in _built.values()
        ]

    def tell(self, problems: list[Problem]) -> None:
        """Say what stops no page."""
        _tell(problems)

    def index(self, outputs: Iterable[Output]) -> None:
        """Make the search indexes anew, in the background."""
        for (config, built), output in zip(_built.values(), outputs, strict=True):
            if built.index:
                cache = _root(config) / ".build" / "search"
                index = start_indexing(output.records, built.language.code, cache)
                index.add_done_callback(partial(_place_if_built, site=Path(config.site_dir)))


def on_build_error(error: Exception) -> None:
    """Say in one line that a file cannot be written, as on a full disk."""
    if isinstance(error, OSError):
        raise PluginError(_translate(Message("the site cannot be written: {why}", why=explain(error)))) from None


def _earlier_pages(config: MkDocsConfig) -> EarlierPages:
    """The pages of the site that this build will replace."""
    name = _build.part.site if config.use_directory_urls else "offline"
    record = _root(config) / ".build" / f"{name}-{_build.edition.lang}.json"
    return EarlierPages(record, (_root(config) / name).resolve() / _build.edition.folder)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _briefings(config: MkDocsConfig) -> Path:
    """Their folder; where it is misspelt a build would publish a site of nothing. Under `serve` it may be away."""
    name = config.extra.get("briefings")
    if not isinstance(name, str) or not (_serving or (_root(config) / name).is_dir()):
        where = Where(Path(config.config_file_path).name)
        problem = Problem(where, "extra.briefings", Message("no such folder: {name!r}", name=name))
        raise PluginError(problem.line(_translate))
    return _root(config) / name


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


def _output(
    config: MkDocsConfig, corpus: Corpus, problems: list[Problem], language: Language, policy: str, site: Site
) -> Output:
    """The site's pages and files; under `serve`, where there are problems, pages that show them."""
    if fatal(problems, strict=bool(config.strict) and not _serving):
        if not _serving:
            raise _refused(problems)
        log.error(_lines(problems))
        return show_problems(_last_good.get(language.code, Output()), problems, language)
    _tell(problems)
    return _made(config, corpus, language, policy, site)


def _tell(problems: list[Problem]) -> None:
    for problem in problems:
        log.log(logging.INFO if problem.severity == "notice" else logging.WARNING, problem.line(_translate))


def _made(config: MkDocsConfig, corpus: Corpus, language: Language, policy: str, site: Site) -> Output:
    """The site's pages and files, of a corpus without problems."""
    output = make_output(
        corpus,
        language,
        site,
        today=build_day(),
        drafts=_serving,
        offline=not config.use_directory_urls,
        policy=policy,
        earlier=_earlier,
    )
    _last_good[language.code] = output
    return output


def build_day() -> date:
    """Today, or what SOURCE_DATE_EPOCH says; raises PluginError where that is no day."""
    try:
        return date.fromisoformat(get_build_date())  # heeds SOURCE_DATE_EPOCH
    except (ValueError, OverflowError, OSError):
        raise PluginError(_translate("SOURCE_DATE_EPOCH is not a number of seconds since 1970")) from None


def _refused(problems: list[Problem]) -> PluginError:
    lines = [_translate("the site cannot be built:"), _lines(problems)]
    return PluginError("\n".join(lines))


def _lines(problems: Iterable[Problem]) -> str:
    return "\n".join(problem.line(_translate) for problem in problems)


def _default_language(root: Path) -> str:
    """English where the configuration does not say it, which is a problem of its own."""
    try:
        return default_language(root)
    except ConfigurationError:
        return ENGLISH


def _place_if_built(index: Future[Path], *, site: Path) -> None:
    if not index.exception():
        place_index(index.result(), site)


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
