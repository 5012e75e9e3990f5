"""Outputs: what the briefings give for each language's site, or the problems that they have instead."""

import logging
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_build_date

from verbatim.checks import at_first_sight, checked_corpus, judged
from verbatim.exports.dataset.comparison import State
from verbatim.problems import Message, Problem, Translate, Where, fatal
from verbatim.programs import ask_programs
from verbatim.progress import Progress
from verbatim.publishing.atomic import place_index
from verbatim.publishing.editions import default_language
from verbatim.reading.corpus import Corpus
from verbatim.reading.kept import NOTHING_KEPT, KeptFiles
from verbatim.reading.loading import load_corpus
from verbatim.search.indexing import start_indexing
from verbatim.site import Output, make_output, show_problems
from verbatim.views.addresses import Site
from verbatim.wording.language import Language

log = logging.getLogger("mkdocs.verbatim")  # `--strict` counts only what is logged below `mkdocs`


@dataclass(frozen=True)
class Setting:
    """What a language's site is made of besides the corpus."""

    config: MkDocsConfig
    lang: str
    language: Language
    """Another one's where the edition's own has no catalogue, which is a problem."""

    site: Site
    policy: str
    """Empty under `serve`, whose live reload is inline, and for a folder, which is no origin."""

    problems: list[Problem]
    """Of the configuration and the catalogues."""

    @property
    def offline(self) -> bool:
        """Whether the site is opened from a folder, without search."""
        return not self.config.use_directory_urls


@dataclass
class Outputs:
    """The sites that a process of MkDocs' makes: one build's, or under `serve` those of every edit."""

    serving: bool = False
    translate: Translate = str
    """Says messages in the language that the environment asks for, or else in the site's default one."""

    earlier: State | None = None
    """What was published before, if the build is to tell what changed since."""

    settings: dict[str, Setting] = field(default_factory=dict)
    """By language: what MkDocs built last."""

    _kept: KeptFiles = field(default_factory=KeptFiles)
    """What `serve` has read."""

    _last_good: dict[str, Output] = field(default_factory=dict)
    """By language: what `serve` falls back to."""

    def folder(self, config: MkDocsConfig) -> Path:
        """That of the briefings; where it is misspelt a build would publish a site of nothing. Under `serve` it may be
        away."""
        name, root = config.extra.get("briefings"), root_of(config)
        if not isinstance(name, str) or not (self.serving or (root / name).is_dir()):
            where = Where(Path(config.config_file_path).name)
            problem = Problem(where, "extra.briefings", Message("no such folder: {name!r}", name=name))
            raise PluginError(problem.line(self.translate))
        return root / name

    def checked(
        self, config: MkDocsConfig, languages: Iterable[str], progress: Progress
    ) -> tuple[Corpus, list[Problem]]:
        """The corpus and every problem of it; raises ConfigurationError."""
        folder, kept = self.folder(config), self._kept if self.serving else NOTHING_KEPT
        outside, default = ask_programs(folder), default_language(root_of(config))
        return checked_corpus(folder, default, outside, set(languages), kept=kept, progress=progress)

    def output(self, setting: Setting, corpus: Corpus, problems: list[Problem]) -> Output:
        """A language's pages and files; under `serve`, where there are problems, pages that show them."""
        problems = [*setting.problems, *problems]
        if fatal(problems, strict=bool(setting.config.strict) and not self.serving):
            if not self.serving:
                raise self.refusal(problems)
            log.error(self.lines(problems))
            return show_problems(self._last_good.get(setting.language.code, Output()), problems, setting.language)
        self.tell(problems)
        return self._made(setting, corpus)

    def _made(self, setting: Setting, corpus: Corpus) -> Output:
        """A language's pages and files, of a corpus without problems."""
        output = make_output(
            corpus,
            setting.language,
            setting.site,
            today=build_day(self.translate),
            drafts=self.serving,
            offline=setting.offline,
            policy=setting.policy,
            earlier=self.earlier,
        )
        self._last_good[setting.language.code] = output
        return output

    def lines(self, problems: Iterable[Problem]) -> str:
        return "\n".join(problem.line(self.translate) for problem in problems)

    def refusal(self, problems: list[Problem]) -> PluginError:
        return PluginError("\n".join([self.translate("the site cannot be built:"), self.lines(problems)]))

    def tell(self, problems: list[Problem]) -> None:
        """Say what stops no page."""
        for problem in problems:
            log.log(logging.INFO if problem.severity == "notice" else logging.WARNING, problem.line(self.translate))

    def read(self) -> tuple[Corpus, list[Problem], list[Problem]]:
        """After an edit: the corpus of now, the problems of loading it, and those that are seen at once."""
        config = next(iter(self.settings.values())).config
        folder = self.folder(config)
        default = default_language(root_of(config))
        corpus, found = load_corpus(folder, default, ask_programs(folder), kept=self._kept)
        return corpus, found, at_first_sight(corpus, found)

    def judge(self, corpus: Corpus, found: list[Problem]) -> list[Problem]:
        """Every problem of a corpus, of which those of loading are given."""
        return judged(corpus, found, set(self.settings))

    def all(self, corpus: Corpus, problems: list[Problem] | None) -> list[Output]:
        """Every language's output; without problems where these are not known yet."""
        return [
            self._made(setting, corpus) if problems is None else self.output(setting, corpus, problems)
            for setting in self.settings.values()
        ]

    def index(self, outputs: Iterable[Output]) -> None:
        """Make every language's search index anew, in the background."""
        for setting, output in zip(self.settings.values(), outputs, strict=True):
            if not setting.offline:
                index = start_indexing(output.records, setting.language.code, cache_of(setting.config))
                index.add_done_callback(partial(place_if_built, site=Path(setting.config.site_dir)))


def root_of(config: MkDocsConfig) -> Path:
    """The project's folder."""
    return Path(config.config_file_path).parent


def cache_of(config: MkDocsConfig) -> Path:
    """The folder of search indexes."""
    return root_of(config) / ".build" / "search"


def place_if_built(index: Future[Path], *, site: Path) -> None:
    if not index.exception():
        place_index(index.result(), site)


def build_day(translate: Translate) -> date:
    """Today, or what SOURCE_DATE_EPOCH says; raises PluginError where that is no day."""
    try:
        return date.fromisoformat(get_build_date())  # heeds SOURCE_DATE_EPOCH
    except (ValueError, OverflowError, OSError):
        raise PluginError(translate("SOURCE_DATE_EPOCH is not a number of seconds since 1970")) from None
