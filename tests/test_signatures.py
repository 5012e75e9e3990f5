"""Signatures: where signers are named, every line of the lock needs somebody's valid signature. Real ssh-keygen."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date

from support import ROOT, SAMPLE
from support.corpora import BASE, VERIFIED, write_corpus
from support.projects import call_hooks, copy_sample, replace_text, run_hooks
from support.signing import ANNA, BRUNO, allow, new_key, public
from verbatim.programs import ssh_keygen
from verbatim.reading.signatures import MAX_SIGNERS, MAX_SIGNERS_BYTES

UNCOVERED = "no valid signature covers this line (verify it, then sign: `python hooks verify --sign <key>`)"
AGAIN = "(sign again: `python hooks verify --sign <key>`)"
LOCK = "sources/verified.lock"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The keys of two signers, and of a third who may not sign."""
    folder = tmp_path_factory.mktemp("keys")
    return {name: new_key(folder, name) for name in (ANNA, BRUNO, "mallory")}


@pytest.fixture
def folder(tmp_path: Path, keys: dict[str, Path]) -> Path:
    """Briefings whose lock Anna has signed."""
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    allow(folder, f"{ANNA} {public(keys[ANNA])}")
    signed = call_hooks("verify", "--sign", keys[ANNA], folder)
    assert (signed.returncode, signed.stderr) == (0, "")
    assert signed.stdout.splitlines()[-1] == f"signed: 2 line(s) by {ANNA}"
    return folder


def check(folder: Path) -> list[str]:
    """The lines of `check`, without the folder's name."""
    result = call_hooks("check", folder)
    assert result.stderr == ""
    return result.stdout.replace(f"{folder.name}/", "").splitlines()


def statement(folder: Path, signer: str = ANNA) -> Path:
    """A signer's file."""
    return folder / "signatures" / f"{signer}.sig"


def test_signed_lines_pass(folder: Path) -> None:
    """Every line is covered; the file says what was verified and when; signing again changes no byte."""
    assert check(folder) == ["1 briefing, no problem"]
    text = statement(folder).read_text()
    lock = [line for line in (folder / LOCK).read_text().splitlines() if not line.startswith("#")]
    head, _, _ = text.partition("-----BEGIN SSH SIGNATURE-----\n")
    assert [line.partition(" ")[2] for line in head.splitlines()[1:]] == lock


def test_without_signers_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody is named, all is as it was, also on a machine without ssh-keygen."""
    monkeypatch.setenv("PATH", str(tmp_path))
    folder = write_corpus(tmp_path / "briefings", {**BASE, **VERIFIED})
    assert call_hooks("verify", folder).returncode == 0
    assert check(folder) == ["1 briefing, no problem"]


def test_a_forged_line_is_refused_at_its_place(folder: Path) -> None:
    """A line that was changed or added after the signature is an error at its line of the lock; the others pass."""
    quotation = (folder / LOCK).read_text().splitlines()[1]
    briefing = folder / "2020/pier.yml"
    replace_text(
        briefing, "quotations:\n", "quotations:\n  - {id: forged, source: harbour-gazette, quote: We need it now}\n"
    )
    replace_text(briefing, "id: forged, ", "id: forged, speaker: ada-brun, ")
    (folder.parent / ".texts/harbour-gazette.txt").unlink()
    replace_text(folder / LOCK, quotation, quotation.replace(" we-need-it ", " forged ") + "\n" + quotation)
    assert check(folder) == [f"{LOCK}:2:1: {UNCOVERED}"]
    assert call_hooks("check", folder).returncode == 1


def edit(path: Path) -> None:
    """Forge a line of a statement."""
    replace_text(path, " we-need-it ", " we-like-it ")


def into_link(path: Path) -> None:
    """Put a link in the place of a file."""
    home = next(parent for parent in path.parents if parent.name == "briefings").parent
    path.symlink_to(path.rename(home / "elsewhere"))


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "edited": (edit, "no valid signature: Signature verification failed: incorrect signature " + AGAIN),
    "without a signature": (
        lambda path: path.write_text(path.read_text().partition("-----")[0]),
        f"no valid signature: there is none {AGAIN}",
    ),
    "a signature that is none": (
        lambda path: path.write_text(path.read_text().partition("\n")[0] + "\n-----BEGIN SSH SIGNATURE-----\nx\n"),
        "no valid signature: ",
    ),
    "not UTF-8": (lambda path: path.write_bytes(b"\xff" + path.read_bytes()), f"not UTF-8 {AGAIN}"),
    "a link": (into_link, f"cannot be read: a symbolic link {AGAIN}"),
    "too large": (lambda path: path.write_bytes(b"#" * (33 << 20)), f"cannot be read: larger than 32 MiB {AGAIN}"),
    "no day": (
        lambda path: path.write_text("2020-02-31 x\n" + path.read_text()),
        f"not a day and a line of the lock {AGAIN}",
    ),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), f"cannot be read: not a file {AGAIN}"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_signature_covers_nothing(folder: Path, spoil: str) -> None:
    """A statement that was changed, or is no file of a signature, is an error, and its lines are covered no more."""
    change, said = SPOILT[spoil]
    change(statement(folder))
    first, *rest = sorted(check(folder), key=lambda line: LOCK in line)
    assert first.startswith(f"signatures/{ANNA}.sig:1:1: {said}")
    assert rest == [f"{LOCK}:{number}:1: {UNCOVERED}" for number in (2, 3)]


def test_signatures_of_others_and_for_other_things(folder: Path, keys: dict[str, Path]) -> None:
    """A signature for another namespace, by a key that may not sign, or under another's name, covers nothing."""
    path = statement(folder)
    content = path.read_text().partition("-----BEGIN")[0]
    for key, namespace, said in (
        (keys[ANNA], "git", "namespace does not match"),
        (keys["mallory"], "verbatim-lock", f"its key is none that may sign as {ANNA}"),
    ):
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(key)]
        signature = subprocess.run(command, input=content, check=True, capture_output=True, text=True).stdout
        path.write_text(content + signature)
        lines = check(folder)
        assert any(
            line.startswith(f"signatures/{ANNA}.sig:1:1: no valid signature: ") and said in line for line in lines
        )
        assert sum(UNCOVERED in line for line in lines) == 2
    assert call_hooks("verify", "--sign", keys[ANNA], folder).returncode == 0
    path.rename(statement(folder, BRUNO))
    assert f"signatures/{BRUNO}.sig:1:1: no valid signature: its key is none that may sign as {BRUNO} {AGAIN}" in check(
        folder
    )


def test_two_signers_of_whom_one_leaves(folder: Path, keys: dict[str, Path]) -> None:
    """Lines stay covered while one of their signers may sign; when none may, they are refused."""
    anna, bruno = (f"{name} {public(keys[name])}" for name in (ANNA, BRUNO))
    allow(folder, anna, bruno)
    assert call_hooks("verify", "--sign", keys[BRUNO], folder).returncode == 0
    assert check(folder) == ["1 briefing, no problem"]
    allow(folder, bruno)
    assert check(folder) == [
        f"signatures/{ANNA}.sig:1:1: no valid signature: its key is none that may sign as {ANNA} {AGAIN}"
    ]
    statement(folder).unlink()
    assert check(folder) == ["1 briefing, no problem"]
    allow(folder, anna)
    assert sum(UNCOVERED in line for line in check(folder)) == 2


def test_an_expired_key(folder: Path, keys: dict[str, Path]) -> None:
    """What a key signed while it was valid stays covered; after `valid-before` it signs nothing more."""
    today = statement(folder).read_text().splitlines()[1][:10]
    allow(folder, f'{ANNA} valid-before="29991231" {public(keys[ANNA])}')
    assert check(folder) == ["1 briefing, no problem"]
    allow(folder, f'{ANNA} valid-before="{today.replace("-", "")}" {public(keys[ANNA])}')
    refused = call_hooks("verify", "--sign", keys[ANNA], folder)
    assert refused.returncode == 1
    assert "verify: not signed: allowed_signers:1: key has expired: verify time" in refused.stderr
    assert any("key has expired" in line for line in check(folder))


def test_a_line_keeps_its_first_day(folder: Path, keys: dict[str, Path]) -> None:
    """To verify and sign again keeps the day of a line that is the same, and dates one that has changed anew."""
    path = statement(folder)
    content = path.read_text().partition("-----BEGIN")[0].replace(path.read_text().splitlines()[1][:10], "2020-03-02")
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", "verbatim-lock", "-f", str(keys[ANNA])]
    signature = subprocess.run(command, input=content, check=True, capture_output=True, text=True).stdout
    path.write_text(content + signature)
    replace_text(folder / "2020/pier.yml", "quote: We need it now", "quote: We need it")
    assert call_hooks("verify", "--sign", keys[ANNA], folder).returncode == 0
    old, new = sorted(line for line in path.read_text().splitlines() if line[:2] == "20")
    assert old.startswith("2020-03-02 paragraph ")
    assert "quotation" in new
    assert not new.startswith("2020-03-02")


def test_nothing_matched_nothing_signed(folder: Path, keys: dict[str, Path]) -> None:
    """Who has none of the texts cannot sign for what others verified."""
    allow(folder, f"{BRUNO} {public(keys[BRUNO])}")
    (folder.parent / ".texts/harbour-gazette.txt").unlink()
    statement(folder).unlink()
    result = call_hooks("verify", "--sign", keys[BRUNO], folder)
    assert result.returncode == 1
    assert result.stderr == "verify: not signed: nothing was matched now: put the sources' texts where they belong\n"


def refused(folder: Path, key: Path) -> str:
    """What `verify --sign` says where it does not sign."""
    result = call_hooks("verify", "--sign", key, folder)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("verify: not signed: ")
    return result.stderr.removeprefix("verify: not signed: ").strip()


def test_keys_that_cannot_sign(folder: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """A key that is not there, is none, has another public one beside it, or may not sign, is refused in a line."""
    before = statement(folder).read_bytes()
    mallory = public(keys["mallory"])
    hint = f"allowed_signers does not name this key: add a line such as `you@example.org {mallory}`"
    assert refused(folder, keys["mallory"]) == hint
    assert "No such file" in refused(folder, tmp_path / "none")
    (tmp_path / "text").write_text("no key")
    assert "text" in refused(folder, tmp_path / "text")
    shutil.copy(keys["mallory"], tmp_path / "mixed")
    shutil.copy(f"{keys[ANNA]}.pub", tmp_path / "mixed.pub")
    assert refused(folder, tmp_path / "mixed")
    allow(folder, f"../../{ANNA} {public(keys[ANNA])}")
    assert "allowed_signers calls the signer '../../anna@example.org'" in refused(folder, keys[ANNA])
    assert refused(folder, Path())
    assert statement(folder).read_bytes() == before


def test_a_key_with_a_passphrase(folder: Path, tmp_path: Path) -> None:
    """Without a terminal to ask at, a key with a passphrase is refused in a line; with one, ssh-keygen asks there."""
    key = new_key(tmp_path, "locked", "open sesame")
    allow(folder, f"{ANNA} {public(key)}")
    assert "passphrase" in refused(folder, key)
    child, terminal = pty.fork()
    if child == 0:
        command = [sys.executable, str(ROOT / "hooks"), "verify", "--sign", str(key), str(folder)]
        os.execv(sys.executable, command)
    said = b""
    while b"passphrase" not in said:
        said += os.read(terminal, 1024)
    os.write(terminal, b"open sesame\n")
    with suppress(OSError):  # the end, as Linux tells it
        while piece := os.read(terminal, 1024):
            said += piece
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, said
    os.close(terminal)
    assert check(folder) == ["1 briefing, no problem"]


def fake(folder: Path, script: str) -> str:
    """A folder for PATH, with an ssh-keygen that runs this."""
    folder.mkdir()
    program = folder / "ssh-keygen"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(folder)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (None, "ssh-keygen is not installed: it comes with OpenSSH"),
        ("exec /bin/sleep 60", "ssh-keygen gave no answer in 0.2 seconds"),
        ("exit 3", f"its key is none that may sign as {ANNA}"),
        ("printf 'a\\033[31mb\\nc\\n' >&2; exit 1", "a\\x1b[31mb"),
    ],
    ids=["missing", "hanging", "silent", "odd"],
)
def test_an_ssh_keygen_without_an_answer(
    folder: Path, keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, said: str
) -> None:
    """Where ssh-keygen is missing, hangs or fails, nothing counts as signed, and one line says why."""
    monkeypatch.setenv("PATH", fake(tmp_path / "bin", script) if script else str(tmp_path))
    monkeypatch.setattr(ssh_keygen, "CHECKING_SECONDS", 0.2)
    monkeypatch.setattr(ssh_keygen, "SIGNING_SECONDS", 0.2)
    lines = check(folder)
    assert f"signatures/{ANNA}.sig:1:1: no valid signature: {said} {AGAIN}" in lines
    assert sum(UNCOVERED in line for line in lines) == 2
    assert refused(folder, keys[ANNA])


def test_signers_that_are_named_oddly(folder: Path, tmp_path: Path, keys: dict[str, Path]) -> None:
    """`allowed_signers` that is a link, too large or empty names nobody; options in it run no command."""
    path, good = folder / "allowed_signers", (folder / "allowed_signers").read_text()
    path.write_text("")
    assert sum(UNCOVERED in line for line in check(folder)) == 2
    path.write_bytes(b"#" * (MAX_SIGNERS_BYTES + 1))
    assert "allowed_signers:1:1: cannot be read: larger than 1 MiB" in check(folder)
    ran = tmp_path / "ran"
    allow(folder, f'{ANNA} command="touch {ran}" {public(keys[ANNA])}')
    assert sum(UNCOVERED in line for line in check(folder)) == 2
    assert not ran.exists()
    path.write_text(good.replace("\n", "\r\n"))
    assert check(folder) == ["1 briefing, no problem"]
    path.write_text(good)
    into_link(path)
    lines = check(folder)
    assert "allowed_signers:1:1: a symbolic link (put the file itself here)" in lines
    assert sum(UNCOVERED in line for line in lines) == 2
    path.unlink()
    assert check(folder) == ["signatures:1:1: warning: signatures count for nothing: there is no allowed_signers"]


def test_a_folder_of_signatures_that_is_odd(folder: Path, tmp_path: Path) -> None:
    """Other files among the signatures are warned of; what a killed `verify` left is not; a link, and a crowd, are
    refused."""
    place = folder / "signatures"
    (place / ".anna@example.org.sig.new").write_text("")
    (place / "-n.sig").write_text("")
    hint = "(a signature's file is named for its signer: you@example.org.sig)"
    assert check(folder) == [f"signatures/-n.sig:1:1: warning: not read {hint}"]
    (place / "-n.sig").unlink()
    for number in range(MAX_SIGNERS):
        (place / f"a{number}.sig").write_text("")
    assert f"signatures:1:1: more than {MAX_SIGNERS} signers: the rest is not read" in check(folder)
    into_link(place)
    assert "signatures:1:1: a symbolic link (put the folder itself here)" in check(folder)


def test_the_page_of_a_source_names_its_signers(tmp_path: Path, keys: dict[str, Path]) -> None:
    """The source's page says in both languages who verified and when; a forged line of the lock ends the build."""
    copy_sample(tmp_path)
    folder = tmp_path / "briefings"
    allow(folder, f"{ANNA} {public(keys[ANNA])}")
    shutil.copytree(SAMPLE / "private", tmp_path / ".texts")
    signed = call_hooks("verify", "--sign", keys[ANNA], folder)
    assert signed.returncode == 0, signed.stdout + signed.stderr
    shutil.rmtree(tmp_path / ".texts")
    built = run_hooks(tmp_path, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    today = date.fromisoformat(statement(folder).read_text().splitlines()[1][:10])
    for place, label, day in (
        ("", "Vérification", f", le {format_date(today, 'd MMMM y', 'fr')}"),
        ("en/", "Verification", f", on {format_date(today, 'd MMMM y', 'en')}"),
    ):
        page = (tmp_path / "site" / place / "sources/coast-herald-2021-05-19/index.html").read_text(encoding="utf-8")
        assert f"<dt>{label}</dt><dd>{ANNA}{day}</dd>" in page
    replace_text(folder / LOCK, " haldenberg-full-member ", " haldenberg-full-members ")
    refused_build = run_hooks(tmp_path, "build")
    assert refused_build.returncode == 1
    assert f"briefings/{LOCK}:2:1: {UNCOVERED}" in refused_build.stdout + refused_build.stderr


def test_a_draft_may_be_signed_later(folder: Path) -> None:
    """A line that nobody signed is a notice while its briefing is a draft, and an error once that is published."""
    quotation = "quotations: [{id: old, source: harbour-gazette, speaker: ada-brun, quote: The port is old}]"
    draft = f"title: A draft\ndate: 2020-03-02\nlang: en\nstatus: draft\nsummary: A draft.\n{quotation}\n"
    draft += "key_points: [{id: old-port, summary: It has aged., evidence: [old]}]\n"
    write_corpus(folder, {"2020/draft.yml": draft})
    assert call_hooks("verify", folder).returncode == 0
    assert check(folder) == [f"{LOCK}:2:1: notice: {UNCOVERED}", "2 briefings, no problem"]
    replace_text(folder / "2020/draft.yml", "status: draft", "status: published")
    assert check(folder) == [f"{LOCK}:2:1: {UNCOVERED}"]
