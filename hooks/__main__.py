"""The command line: `python hooks check`, `verify`, `coverage`, `draft`, `review` and `build`, from any folder."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from verbatim.authoring.coverage import Sentence, source_sentences
from verbatim.authoring.review import format_review, review_change
from verbatim.checks import check_corpus, checked_corpus
from verbatim.checks.quotations import Verification, verify
from verbatim.drafting.article import MAX_ARTICLE_BYTES
from verbatim.drafting.draft import About, draft_article
from verbatim.drafting.rules import known_languages
from verbatim.drafting.writing import write_briefing, write_source
from verbatim.problems import Problem, did_you_mean, fatal, in_bounds, printable
from verbatim.programs import ask_programs
from verbatim.programs.git import GitError, changed_files, find_base, write_committed
from verbatim.programs.ssh_keygen import SigningError, sign, signer_of, verify_signature
from verbatim.publishing.atomic import BusyError, publish, write_whole
from verbatim.publishing.editions import ConfigurationError, Edition, default_language, find_editions
from verbatim.reading.corpus import Corpus
from verbatim.reading.loading import load_corpus, read_lock
from verbatim.reading.lock import NAME, format_lock
from verbatim.reading.signatures import FOLDER, SIGNERS, Signed, days_to_sign, format_statement, read_signatures
from verbatim.reading.text_files import PRIVATE, misplaced_texts

ROOT = Path(__file__).resolve().parent.parent


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python hooks", description="Verbatim's own commands.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="report every problem of the briefings")
    check.add_argument("--strict", action="store_true", help="count warnings as errors, as the published build does")
    check.add_argument("folder", nargs="?", type=Path, default=ROOT / "briefings", help="default: briefings/")
    verify_ = commands.add_parser("verify", help="match every quotation in its source's text, and write the lock")
    verify_.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where the lock would change or a text is missing"
    )
    verify_.add_argument("--from-lock", action="store_true", help="with --check: accept what only the lock proves")
    verify_.add_argument("--sign", metavar="KEY", type=Path, help="sign what was matched now with this SSH key")
    verify_.add_argument("--move-texts", action="store_true", help="first move private texts to .texts/")
    verify_.add_argument("folder", nargs="?", type=Path, default=ROOT / "briefings", help="default: briefings/")
    coverage = commands.add_parser("coverage", help="show which sentences of its sources a briefing rests on")
    coverage.add_argument("briefing", help="its id")
    coverage.add_argument("folder", nargs="?", type=Path, default=ROOT / "briefings", help="default: briefings/")
    draft = commands.add_parser("draft", help="make a draft of a briefing from an article's text")
    draft.add_argument("article", help="a text file, blank lines between paragraphs; `-` reads standard input")
    draft.add_argument("--date", required=True, type=date.fromisoformat, help="the day of publication: 2017-05-24")
    draft.add_argument("--lang", choices=known_languages(), help="default: the site's default language")
    draft.add_argument("--url", default="", help="where the article stands")
    draft.add_argument("--publisher", default="", help="who published it")
    draft.add_argument("--source-id", default="", help="default: made of the publisher and the day")
    draft.add_argument(
        "--into", dest="folder", metavar="DIR", type=Path, default=ROOT / "briefings", help="default: briefings/"
    )
    review = commands.add_parser("review", help="show what a change brings that its reviewer has to look at")
    review.add_argument("base", help="the commit that it is compared with")
    review.add_argument("--allow-other-files", action="store_true", help="accept files beyond the briefings")
    review.add_argument("folder", nargs="?", type=Path, default=ROOT / "briefings", help="default: briefings/")
    build = commands.add_parser("build", help="build the site, and publish it as site/ only if all of it succeeds")
    build.add_argument("--offline", action="store_true", help="build offline/ instead, which is read without a server")
    build.add_argument("--root", type=Path, default=ROOT, help="the project's folder; default: this one")
    return parser


def main() -> int:
    """Exit status: 0 clean, 1 problems, 2 a call that cannot be taken."""
    parser = _parser()
    arguments = parser.parse_args()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without é still gets every line
    if arguments.command == "build":
        return _build(arguments.root.resolve(), arguments.offline)
    arguments.folder = arguments.folder.absolute()
    if not arguments.folder.is_dir():
        parser.error(printable(f"no such folder: {arguments.folder}"))
    if arguments.command == "review":
        return _review(arguments.folder, arguments.base, arguments.allow_other_files)
    try:
        lang = default_language(ROOT)
    except ConfigurationError as error:
        _say(error)
        return 1
    if arguments.command == "draft":
        about = About(
            lang=arguments.lang or lang,
            published=arguments.date,
            url=arguments.url,
            publisher=arguments.publisher,
            source_id=arguments.source_id,
        )
        return _draft(arguments.folder, lang, arguments.article, about)
    if arguments.command == "verify":
        if arguments.check and arguments.sign:
            parser.error("--check writes nothing, so it cannot go with --sign")
        if arguments.move_texts and not _move_texts(arguments.folder, lang):
            return 1
        return _verify(arguments, lang)
    if arguments.command == "coverage":
        return _coverage(arguments.folder, lang, arguments.briefing)
    return _check(arguments.folder, lang, arguments.strict)


def _say(line: object, stream: TextIO | None = None) -> None:
    """Print one line, whatever is in it."""
    print(printable(str(line)), file=stream or sys.stdout)


def _check(folder: Path, lang: str, strict: bool) -> int:
    corpus, problems = checked_corpus(folder, lang, ask_programs(folder))
    count = len(corpus.briefings)
    if not problems:
        _say(f"{count} briefing{'s' if count != 1 else ''}, no problem")
    return _report(problems, strict=strict)


def _report(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Print problems in the order of files; the exit status that they ask for."""
    problems = in_bounds(problems)
    for problem in problems:
        _say(problem)
    return 1 if fatal(problems, strict=strict) else 0


def _verify(arguments: argparse.Namespace, lang: str) -> int:
    folder, outside = arguments.folder, ask_programs(arguments.folder)
    corpus, problems = load_corpus(folder, lang, outside)
    problems += check_corpus(corpus)
    for old, new in misplaced_texts(folder, corpus.sources, outside.committed):
        hint = f"move it to {new.name}: `python hooks verify --move-texts`"
        problems.append(old.problem("a private text where git may overwrite it", hint, "warning"))
    if fatal(problems, strict=False):
        return _report(problems)
    verification = verify(corpus)
    if _report([*problems, *verification.problems]):
        return 1
    lock, stale = verification.lock, verification.lock != corpus.lock
    if stale and not arguments.check:
        try:
            write_whole(folder / "sources" / NAME, format_lock(lock))
        except OSError as error:
            _say(f"verify: the lock cannot be written: {error.strerror}", sys.stderr)
            return 1
    state = "up to date"
    if stale:
        state = "out of date (run `python hooks verify`)" if arguments.check else "written"
    _say(
        f"verified: {len(lock.quotations)} quotation(s), {len(lock.paragraphs)} paragraph(s): "
        f"{len(verification.matched)} matched now, {verification.kept} taken from the lock; the lock is {state}"
    )
    if arguments.sign:
        return _sign(folder, corpus, verification, arguments.sign)
    if arguments.check and verification.kept and not arguments.from_lock:
        _say("not all texts are here: `--from-lock` accepts what only the lock proves")
        return 1
    return 1 if arguments.check and stale else 0


def _sign(folder: Path, corpus: Corpus, verification: Verification, key: Path) -> int:
    """Vouch for the lines of the lock that were matched now, and for one's own from before that are the same."""
    signatures, lock = corpus.signatures, verification.lock
    allowed = signatures.allowed or b""
    try:
        signer = signer_of(key, allowed)
        days = days_to_sign(signatures, signer, corpus.lock, lock, verification.matched, str(date.today()))
        if not days:
            raise SigningError("nothing was matched now: put the sources' texts where they belong")
        content = format_statement(lock, days).encode()
        signature = sign(content, key)
        if invalid := verify_signature(Signed(signer, content, signature, allowed)):
            raise SigningError(invalid)
        path = folder / FOLDER / f"{signer}.sig"
        path.parent.mkdir(exist_ok=True)
        write_whole(path, (content + signature).decode())
    except (SigningError, OSError) as error:
        _say(f"verify: not signed: {error}", sys.stderr)
        return 1
    _say(f"signed: {len(days)} line(s) by {signer}")
    return 0


def _move_texts(folder: Path, lang: str) -> bool:
    """Move private texts to where git does not write; false where that fails."""
    outside = ask_programs(folder)
    corpus, _ = load_corpus(folder, lang, outside, texts=False)
    try:
        for old, new in misplaced_texts(folder, corpus.sources, outside.committed):
            new.path.parent.mkdir(exist_ok=True)
            old.path.rename(new.path)
            _say(f"moved {old.name} to {new.name}")
    except OSError as error:
        _say(f"verify: a text cannot be moved: {error.strerror}", sys.stderr)
        return False
    return True


def _read_article(article: str) -> bytes:
    """As much of it as is read; `-` is standard input."""
    if article == "-":
        return sys.stdin.buffer.read(MAX_ARTICLE_BYTES + 1)
    with Path(article).open("rb") as file:
        return file.read(MAX_ARTICLE_BYTES + 1)


def _draft(folder: Path, lang: str, article: str, about: About) -> int:
    """Write a source, its text and a briefing; none where one of them is there already."""
    try:
        raw = _read_article(article)
        if len(raw) > MAX_ARTICLE_BYTES:
            raise ValueError(f"larger than {MAX_ARTICLE_BYTES // 1024} KiB")
        corpus, _ = load_corpus(folder, lang, ask_programs(folder), texts=False)
        made = draft_article(raw.decode("utf-8-sig"), about, corpus)
        files = {
            folder / "sources" / f"{about.id}.yml": write_source(made),
            folder.parent / PRIVATE / f"{about.id}.txt": made.text,
            folder / f"{about.published:%Y}" / f"{about.id}.yml": write_briefing(made, corpus),
        }
        for path in files:
            if path.exists():
                raise ValueError(f"{path} is there already (choose another --source-id)")
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
            _say(path)
    except UnicodeDecodeError:
        _say("draft: not UTF-8 (save the text as UTF-8)", sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        _say(f"draft: {error}", sys.stderr)
        return 1
    spoken = [quoted for quoted in made.quotations if quoted.spoken]
    unsure = sum(quoted.speaker is None for quoted in spoken)
    _say(
        f"{len(made.article.paragraphs)} paragraphs, {len(made.article.furniture)} lines around them left out; "
        f"{len(spoken)} quotation(s), {unsure} of them without a speaker; {len(made.dates)} date expression(s)"
    )
    _say("decide every TODO, then run `python hooks check` and `python hooks verify`")
    return 0


def _coverage(folder: Path, lang: str, id: str) -> int:
    corpus, _ = load_corpus(folder, lang, ask_programs(folder))
    briefing = corpus.briefings.get(id)
    if briefing is None:
        hint = did_you_mean(id, corpus.briefings)
        _say(f"coverage: unknown or unreadable briefing {id!r}{f' ({hint})' if hint else ''}", sys.stderr)
        return 1
    sources = source_sentences(corpus, briefing)
    if not sources:
        _say(f"coverage: no text of its sources is here (put it at {PRIVATE}/<source>.txt)", sys.stderr)
        return 1
    for source, sentences in sources.items():
        used = sum(sentence.used for sentence in sentences)
        _say(f"{source}: {used} of {len(sentences)} sentences support a claim ({used / max(len(sentences), 1):.0%})")
        for sentence in sentences:
            _say(f"{_mark(sentence)} {sentence.paragraph:>3}  {sentence.text}")
    _say('"  quoted    ~  paraphrased    blank: supports no claim')
    return 0


def _mark(sentence: Sentence) -> str:
    if sentence.quoted:
        return '"'
    return "~" if sentence.paraphrased else " "


def _review(folder: Path, base: str, allow: bool) -> int:
    """Compare the commit that is checked out with its base, which says who may sign."""
    root, lock = folder.parent, f"{folder.name}/sources/{NAME}"
    try:
        with tempfile.TemporaryDirectory() as scratch:
            old, new = Path(scratch, "old"), Path(scratch, "new")
            base = find_base(root, base)
            write_committed(root, base, [lock], old)
            write_committed(root, "HEAD", [lock], new)
            write_committed(root, "HEAD", [f"{folder.name}/{FOLDER}"], new)
            write_committed(root, base, [f"{folder.name}/{SIGNERS}"], new)
            problems: list[Problem] = []
            before, _ = read_lock(old / folder.name, [])
            after, _ = read_lock(new / folder.name, problems)
            signatures = read_signatures(new / folder.name, after, verify_signature)
            problems += signatures.problems
            review = review_change(changed_files(root, base), before, after, signatures, problems, folder.name)
        summary = format_review(review)
        if path := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(summary)
    except (GitError, OSError) as error:
        _say(f"review: {error}", sys.stderr)
        return 1
    for line in summary.splitlines():
        _say(line)
    return 1 if review.other_files and not allow else 0


def _build(root: Path, offline: bool) -> int:
    def fill(stage: Path) -> bool:
        return all(_run_mkdocs(edition, stage, offline) for edition in find_editions(root))

    try:
        return 0 if publish(root, fill, "offline" if offline else "site") else 1
    except (BusyError, ConfigurationError, OSError) as error:
        _say(f"build: {error}", sys.stderr)
        return 1


def _run_mkdocs(edition: Edition, stage: Path, offline: bool) -> bool:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", str(edition.config), "--site-dir", str(stage / edition.folder)]
    # Material's banner about MkDocs 2 is known to us: see HACKING.md, "When Material's support ends".
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "VERBATIM_ONLINE": "false" if offline else "true"}
    if address := environment.get("SITE_URL"):
        environment["SITE_URL"] = f"{address.rstrip('/')}/{edition.folder}"
    return subprocess.run(command, env=environment, check=False).returncode == 0


def _run() -> int:
    """`main`, whose reader may leave, as in `python hooks check | head`, and whose files may fail at any moment."""
    try:
        status = main()
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        if sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes the rest as it ends
        if not isinstance(error, BrokenPipeError):
            _say(f"python hooks: {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(_run())
