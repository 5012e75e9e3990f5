"""ssh-keygen: makes signatures, and says whether one is valid."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from ..problems import Message, explain, reason
from ..reading.signatures import NAMESPACE, SIGNER, SIGNERS, Signed

CHECKING_SECONDS = 20.0
SIGNING_SECONDS = 300.0
"""Somebody may have to type a passphrase, or touch a key."""


class SigningError(Exception):
    """ssh-keygen gave no answer, or no signature; the message says why, in one line."""


def verify_signature(signed: Signed) -> str:
    """Why a signature is not valid; empty where it is."""
    options = ["-f", SIGNERS, "-I", signed.signer, "-n", NAMESPACE, "-s", "signature"]
    if b"valid-" in signed.allowed:  # at that day rather than now: what a key signed outlives the key
        options += ["-O", f"verify-time={signed.day}1200"]
    try:
        with tempfile.TemporaryDirectory() as scratch:
            Path(scratch, SIGNERS).write_bytes(signed.allowed)
            Path(scratch, "signature").write_bytes(signed.signature)
            answer = _run("-Y", "verify", *options, folder=scratch, given=signed.content, seconds=CHECKING_SECONDS)
    except (OSError, SigningError) as error:
        return explain(error)
    if answer.returncode == 0:
        return ""
    return _lines(answer.stderr)[0] or Message("its key is none that may sign as {signer}", signer=signed.signer)


def signer_of(key: Path, allowed: bytes) -> str:
    """The name under which a key may sign. Raises SigningError with the line that is missing where there is none."""
    public = key if key.suffix == ".pub" else Path(f"{key}.pub")
    try:
        text = public.read_bytes() if public.is_file() else _answer("-y", "-f", str(key.absolute()))
    except OSError as error:
        raise SigningError(Message("{file}: {reason}", file=public, reason=reason(error))) from None
    kind, blob, *_ = [*text.decode(errors="replace").split(), "", ""]
    if not blob:
        raise SigningError(Message("{file} holds no public key", file=public))
    for line in allowed.decode(errors="replace").splitlines():
        words = line.split()
        if kind in words and blob in words and not line.startswith("#"):
            signer = words[0].split(",")[0]
            if not SIGNER.fullmatch(signer):
                raise SigningError(
                    Message(
                        "{file} calls the signer {signer!r}: a name has letters, digits and @._+- alone",
                        file=SIGNERS,
                        signer=signer,
                    )
                )
            return signer
    raise SigningError(
        Message(
            "{file} does not name this key: add a line such as `you@example.org {kind} {blob}`",
            file=SIGNERS,
            kind=kind,
            blob=blob,
        )
    )


def sign(content: bytes, key: Path) -> bytes:
    """The armoured signature of a text; ssh-keygen asks for the passphrase at the terminal. Raises SigningError."""
    try:
        with tempfile.TemporaryDirectory() as scratch:  # a file: ssh-keygen asks nothing while it reads a pipe
            file = Path(scratch, "statement")
            file.write_bytes(content)
            _answer("-Y", "sign", "-f", str(key.absolute()), "-n", NAMESPACE, str(file))
            return Path(f"{file}.sig").read_bytes()
    except OSError as error:
        raise SigningError(explain(error)) from None


def _answer(*arguments: str) -> bytes:
    answer = _run(*arguments, seconds=SIGNING_SECONDS)
    if answer.returncode:
        raise SigningError(
            _lines(answer.stderr)[-1] or Message("ssh-keygen ended with status {status}", status=answer.returncode)
        )
    return answer.stdout


def _run(
    *arguments: str, seconds: float, folder: str | None = None, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}  # `valid-before` is in local time
    command = ["ssh-keygen", *arguments]
    try:
        return subprocess.run(
            command, cwd=folder, env=environment, input=given, timeout=seconds, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise SigningError("ssh-keygen is not installed: it comes with OpenSSH") from None
    except OSError as error:
        raise SigningError(Message("ssh-keygen: {reason}", reason=reason(error))) from None
    except subprocess.TimeoutExpired:
        raise SigningError(Message("ssh-keygen gave no answer in {seconds:g} seconds", seconds=seconds)) from None


def _lines(said: bytes) -> list[str]:
    return said.decode(errors="replace").strip().splitlines() or [""]
