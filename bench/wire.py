"""Serves a folder on loopback as a web server does, and counts the bytes sent."""

from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
PACKED = (".html", ".js", ".css", ".json", ".svg")
"""File types that servers compress. Pagefind's files are compressed already."""


class Site(ThreadingHTTPServer):
    """A served folder; `sent` has the path, the size in bytes and the second of the request of each body, in order."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.server_port}/"
        self.sent: list[tuple[str, int, float]] = []
        # Compressed before the measurement, so that no run waits for it.
        self.packed = {
            path: gzip.compress(path.read_bytes(), 6, mtime=0)
            for path in folder.rglob("*")
            if path.suffix in PACKED and path.is_file()
        }
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def server_close(self) -> None:
        self.shutdown()
        super().server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for a page and its files
    disable_nagle_algorithm = True
    wbufsize = -1  # send head and body together

    server: Site

    def do_GET(self) -> None:
        asked = time.time()
        name = unquote(urlsplit(self.path).path).lstrip("/")
        path = self.server.folder / (name if name and not name.endswith("/") else f"{name}index.html")
        found = path.is_file()
        body = (self.server.packed.get(path) or path.read_bytes()) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if path in self.server.packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.server.sent.append((name, len(body), asked))
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass
