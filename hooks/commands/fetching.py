"""Fetching the data that a site has published: by HTTP, within limits of size and time."""

from __future__ import annotations

import http.client
import json
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from verbatim.problems import Message
from verbatim.publishing.earlier_state import MOST_BYTES, StateError, state_files
from verbatim.views.addresses import API

SECONDS = 120
"""In all; each answer begins within `PATIENCE`."""

PATIENCE = 20


def is_address(text: str) -> bool:
    return urlsplit(text).scheme in ("http", "https")


def fetch_state(address: str, target: Path) -> None:
    """Put the files of a published state into a folder; `address` is that of the site, or of its data.

    Raises StateError where they cannot be had.
    """
    base = f"{address.rstrip('/')}/"
    base = base if base.endswith(f"/{API}") else urljoin(base, API)
    deadline, left = time.monotonic() + SECONDS, MOST_BYTES

    def read(name: str) -> bytes:
        nonlocal left
        content = b""
        try:
            with urllib.request.urlopen(urljoin(base, name), timeout=PATIENCE) as answer:
                if not is_address(answer.geturl()):
                    raise StateError(Message("{address} leads elsewhere", address=urljoin(base, name)))
                while block := answer.read(1 << 20):
                    content += block
                    left -= len(block)
                    if left < 0 or time.monotonic() > deadline:
                        raise StateError(Message("{address}: too much, or too slow", address=base))
        except (OSError, ValueError, http.client.HTTPException) as error:
            why = getattr(error, "reason", None) or error
            raise StateError(Message("{address}: {why}", address=urljoin(base, name), why=str(why))) from None
        return content

    for name, content in state_files(read):
        (target / name).write_text(json.dumps(content), "utf-8")
