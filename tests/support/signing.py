"""Keys of signers, made by ssh-keygen, and the file that names them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ANNA, BRUNO = "anna@example.org", "bruno@example.org"


def new_key(folder: Path, name: str, passphrase: str = "") -> Path:
    """A new private key, its public one beside it."""
    assert shutil.which("ssh-keygen"), "the tests of signatures need ssh-keygen: install `openssh-client`"
    key = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", str(key)]
    subprocess.run(command, check=True, capture_output=True)
    return key


def public(key: Path) -> str:
    """The kind and the blob of its public key."""
    return " ".join(Path(f"{key}.pub").read_text().split()[:2])


def allow(folder: Path, *lines: str) -> None:
    """Name who may sign for the briefings of a folder."""
    (folder / "allowed_signers").write_text("".join(f"{line}\n" for line in lines))
