"""Compiled templates, kept beside the templates as Python keeps its compiled modules.

Compiling takes longer than rendering a small site. A file that is stale, torn or foreign is compiled anew.
"""

from __future__ import annotations

import contextlib
import os
import sys
from hashlib import sha256
from pathlib import Path

from jinja2 import BytecodeCache, __version__
from jinja2.bccache import Bucket

FOLDER = Path(__file__).parent / "templates" / "__pycache__"


class CompiledTemplates(BytecodeCache):
    """A file for each template of an environment, replaced when the template changes."""

    def __init__(self, environment: str) -> None:
        self.environment = environment

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return sha256(f"{sys.implementation.cache_tag}\n{self.environment}\n{name}".encode()).hexdigest()[:32]

    def get_source_checksum(self, source: str) -> str:
        return sha256(f"{__version__}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            content = _path(bucket).read_bytes()
            digest, code = content[:32], content[32:]
            if sha256(code).digest() == digest:
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        path, code = _path(bucket), bucket.bytecode_to_string()
        unfinished = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            unfinished.write_bytes(sha256(code).digest() + code)
            unfinished.replace(path)


def _path(bucket: Bucket) -> Path:
    return FOLDER / f"{bucket.key}.template"
