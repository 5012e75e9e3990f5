"""`python hooks verify`: match every quotation in its source's text, write the lock, sign it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from commands.output import add_format, fail, report, say
from commands.progress import shown_progress
from commands.project import Commands, add_folder, site_language
from verbatim.checks import check_corpus, spare_drafts
from verbatim.checks.quotations import Verification, verify
from verbatim.problems import Message, explain, fatal, reason
from verbatim.programs import ask_programs
from verbatim.programs.ssh_keygen import SigningError, sign, signer_of, verify_signature
from verbatim.publishing.atomic import write_whole
from verbatim.reading.corpus import Corpus
from verbatim.reading.loading import load_corpus
from verbatim.reading.lock import NAME, format_lock
from verbatim.reading.signatures import FOLDER, Signed, days_to_sign, format_statement
from verbatim.reading.text_files import misplaced_texts


def add_parser(commands: Commands) -> None:
    parser = commands.add_parser("verify", help="match every quotation in its source's text, and write the lock")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where the lock would change or a text is missing"
    )
    parser.add_argument("--from-lock", action="store_true", help="with --check: accept what only the lock proves")
    parser.add_argument("--sign", metavar="KEY", type=Path, help="sign what was matched now with this SSH key")
    parser.add_argument("--move-texts", action="store_true", help="first move private texts to .texts/")
    add_format(parser)
    add_folder(parser)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(arguments: argparse.Namespace) -> int:
    if arguments.check and arguments.sign:
        arguments.usage_error("--check writes nothing, so it cannot go with --sign")
    lang = site_language()
    if arguments.move_texts and not _move_texts(arguments.folder, lang):
        return 1
    return _verify(arguments, lang)


def _verify(arguments: argparse.Namespace, lang: str) -> int:
    folder, outside = arguments.folder, ask_programs(arguments.folder)
    if outside.problems:  # whose texts these are is not known
        return report(outside.problems)
    with shown_progress() as progress:
        corpus, problems = load_corpus(folder, lang, outside, progress=progress)
        spoilt = [problem for problem in problems if problem.where.file == corpus.lock_file]
        problems = [problem for problem in problems if problem not in spoilt]
        whole = not fatal(problems, strict=False)
        problems += check_corpus(corpus, progress)
        verification = verify(corpus, whole=whole, progress=progress)
    for old, new in misplaced_texts(folder, corpus.sources, outside.committed):
        hint = Message("move it to {file}: `python hooks verify --move-texts`", file=new.name)
        problems.append(old.problem("a private text where git may overwrite it", hint, "warning"))
    mended = whole and not verification.problems  # else a line that cannot be read may be all that proves something
    problems += verification.problems if mended else [*spoilt, *verification.problems]
    failed = report(spare_drafts(corpus, problems))
    if spoilt and not mended:
        return fail("the lock is not written, since not all that it should hold is proven here")
    lock, stale = verification.lock, bool(spoilt) or verification.lock != corpus.lock
    if stale and not arguments.check:
        try:
            write_whole(folder / "sources" / NAME, format_lock(lock))
        except OSError as error:
            return fail(Message("the lock cannot be written: {reason}", reason=reason(error)))
    state = Message("up to date")
    if stale:
        state = Message("out of date (run `python hooks verify`)") if arguments.check else Message("written")
    paragraphs = sum(isinstance(key[1], int) for key in verification.proven)
    say(
        Message(
            "verified: {quotations} quotation(s), {paragraphs} paragraph(s): {matched} matched now, "
            "{kept} taken from the lock, {here} of {wanted} text(s) at hand; the lock is {state}",
            quotations=len(verification.proven) - paragraphs,
            paragraphs=paragraphs,
            matched=len(verification.matched),
            kept=verification.kept,
            here=verification.at_hand,
            wanted=verification.wanted,
            state=state,
        )
    )
    if failed:
        if arguments.sign:
            fail("not signed", "fix the errors first")
        return 1
    if arguments.sign:
        return _sign(folder, corpus, verification, arguments.sign)
    if arguments.check and verification.kept and not arguments.from_lock:
        say("not all texts are here: `--from-lock` accepts what only the lock proves")
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
        return fail(Message("not signed: {why}", why=explain(error)))
    say(Message("signed: {count} line(s) by {signer}", count=len(days), signer=signer))
    return 0


def _move_texts(folder: Path, lang: str) -> bool:
    """Move private texts to where git does not write; false where that fails."""
    outside = ask_programs(folder)
    corpus, _ = load_corpus(folder, lang, outside, texts=False)
    try:
        for old, new in misplaced_texts(folder, corpus.sources, outside.committed):
            new.path.parent.mkdir(exist_ok=True)
            old.path.rename(new.path)
            say(Message("moved {old} to {new}", old=old.name, new=new.name))
    except OSError as error:
        fail(Message("a text cannot be moved: {reason}", reason=reason(error)))
        return False
    return True
