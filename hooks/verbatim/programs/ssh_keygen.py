"""ssh-keygen: makes signatures, and says whose they are."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from ..reading.signatures import NAMESPACE, Signed, Verdict


class SigningError(Exception):
    """No signature could be made; the message says why."""


def verify_signature(signed: Signed) -> Verdict:
    """Ask whose valid signature it is, among those who may sign."""
    with tempfile.TemporaryDirectory() as scratch:
        allowed, signature = Path(scratch, "allowed"), Path(scratch, "signature")
        allowed.write_bytes(signed.allowed)
        signature.write_bytes(signed.signature)
        files = ["-f", str(allowed), "-s", str(signature)]
        if b"valid-" in signed.allowed:  # not the day of the check, which would make it depend on the clock
            files += ["-O", f"verify-time={signed.day}1200"]
        try:
            found = _run("-Y", "find-principals", *files)
            if found.returncode:
                return Verdict(reason="nobody who may sign has made it")
            signer = found.stdout.decode(errors="replace").splitlines()[0]
            answer = _run("-Y", "verify", *files, "-I", signer, "-n", NAMESPACE, given=signed.content)
        except OSError as error:
            return Verdict(reason=f"ssh-keygen: {error.strerror}")
    if answer.returncode:
        return Verdict(reason=f"it is not {signer}'s for these lines")
    return Verdict(signer)


def signer_of(key: Path, allowed: str) -> str:
    """The name under which a key may sign. Raises SigningError with the line that is missing where there is none."""
    public = key if key.suffix == ".pub" else key.with_name(f"{key.name}.pub")
    try:
        text = public.read_text(encoding="utf-8") if public.is_file() else _run("-y", "-f", str(key)).stdout.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SigningError(f"the key cannot be read: {error}") from None
    kind, _, rest = text.strip().partition(" ")
    blob = rest.partition(" ")[0]
    if not blob:
        raise SigningError(f"{key} is no SSH key")
    for line in allowed.splitlines():
        words = line.split()
        if not line.startswith("#") and blob in words and kind in words:
            return words[0].split(",")[0]
    raise SigningError(f"nobody has this key in allowed_signers: add a line such as `you@example.org {kind} {blob}`")


def sign(content: bytes, key: Path) -> bytes:
    """The armoured signature of a text; ssh-keygen asks for the passphrase. Raises SigningError."""
    try:
        answer = _run("-Y", "sign", "-f", str(key), "-n", NAMESPACE, given=content)
    except OSError as error:
        raise SigningError(f"ssh-keygen: {error.strerror}") from None
    if answer.returncode:
        raise SigningError(answer.stderr.decode(errors="replace").strip() or "ssh-keygen made no signature")
    return answer.stdout


def _run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *arguments], input=given, capture_output=True, check=False)
