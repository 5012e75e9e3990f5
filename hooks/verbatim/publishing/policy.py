"""The content security policy: what a published page may load and run, in one line for its head."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self' {hashes}",
    "style-src 'self'",
    "img-src 'self' data:",  # Material's style sheets hold their icons
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
"""A policy in the page itself may not hold frame-ancestors, report-uri or sandbox; a server's own may add them."""


def content_security_policy(templates: Iterable[str]) -> str:
    """The policy that allows our own files, and of inline scripts those that these pieces of HTML hold."""
    scripts = [script for html in templates for script in re.findall(r"<script>(.*?)</script>", html, re.DOTALL)]
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return "; ".join(DIRECTIVES).format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))
