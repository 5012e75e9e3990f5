"""Asks the YAML language server, which VS Code and other editors run, what it makes of the sample: `make editor`.

Needs Node.js, and asks npm for the server. Not a test of the suite, which does without the network.
"""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks")]

from verbatim.authoring.editor_schema import IDS, ids_schema, known_ids  # noqa: E402
from verbatim.reading.loading import load_corpus  # noqa: E402

SERVER = ["npx", "--yes", "yaml-language-server@1.25.0", "--stdio"]
TEXT = """\
title: A try
date: 2021-13-01
lang: fr
status: draft
summary: TODO
positions:
  - id: a-try
    actor: somebody-new
    issue:\x20
    stance: fore
    modality: TODO
   \x20
"""


class Server:
    """The language server, on standard input and output."""

    def __init__(self, root: Path, settings: dict[str, Any]) -> None:
        self.process = subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.settings = settings
        self.numbers = itertools.count(1)
        self.marks: dict[str, list[str]] = {}
        folder = {"uri": root.as_uri(), "name": root.name}
        able = {"workspace": {"configuration": True}}
        self.ask("initialize", processId=None, rootUri=root.as_uri(), workspaceFolders=[folder], capabilities=able)
        self.send(method="initialized", params={})
        self.send(method="workspace/didChangeConfiguration", params={"settings": {"yaml": settings}})

    def send(self, **message: Any) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """One message; requests for settings are answered, marks are kept."""
        size = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        assert size, "the server has ended"
        message = json.loads(self.process.stdout.read(size))
        if "method" in message and "id" in message:
            items = message.get("params", {}).get("items", [])
            known = [self.settings if item.get("section") == "yaml" else {} for item in items]
            self.send(id=message["id"], result=known or None)
        elif message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]
            self.marks[found["uri"]] = [
                f"{each['range']['start']['line'] + 1}: {each['message']}" for each in found["diagnostics"]
            ]
        return message

    def ask(self, method: str, **parameters: Any) -> Any:
        number = next(self.numbers)
        self.send(id=number, method=method, params=parameters)
        while (message := self.receive()).get("id") != number or "method" in message:
            pass
        return message["result"]

    def open(self, path: Path) -> list[str]:
        """What the server marks in a file, with lines."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text(encoding="utf-8")}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        while path.as_uri() not in self.marks:
            self.receive()
        return self.marks[path.as_uri()]

    def offers(self, path: Path, line: int, column: int) -> list[str]:
        """What it completes at a place; both count from 0."""
        place = {"line": line, "character": column}
        return [each["label"] for each in self.ask("textDocument/completion", **_at(path, place))["items"]]

    def explains(self, path: Path, line: int, column: int) -> str:
        place = {"line": line, "character": column}
        return str(self.ask("textDocument/hover", **_at(path, place))["contents"])


def _at(path: Path, place: dict[str, int]) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": place}


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary).resolve()
        shutil.copytree(ROOT / "tests" / "sample" / "briefings", root / "briefings")
        shutil.copytree(ROOT / "schemas", root / "schemas")
        corpus, _ = load_corpus(root / "briefings", "fr", texts=False)
        (root / "schemas" / IDS).write_text(ids_schema(known_ids(corpus, "fr")), encoding="utf-8")
        schemas = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
        server = Server(root, {"schemas": schemas, "validate": True, "completion": True, "hover": True})
        try:
            _try(server, root)
        finally:
            server.process.kill()


def _try(server: Server, root: Path) -> None:
    files = sorted((root / "briefings").glob("*/*.yml"))
    for path in files:
        assert server.open(path) == [], (path, server.open(path))
    print(f"{len(files)} files of the sample: nothing is marked")
    for head in ("", "# yaml-language-server: $schema=../../schemas/briefing.json\n"):
        path, lines = root / "briefings" / "2021" / f"try-{len(head)}.yml", head.count("\n")
        path.write_text(head + TEXT, encoding="utf-8")
        marks = server.open(path)
        print(*marks, sep="\n")
        assert any(mark.startswith(f"{lines + 2}: A date") for mark in marks)
        assert any(mark.startswith(f"{lines + 10}: Value is not accepted") for mark in marks)
        assert not any(mark.startswith((f"{lines + 8}:", f"{lines + 11}:")) for mark in marks)
        assert set(server.offers(path, lines + 8, 11)) == {path.stem for path in files if path.parent.name == "issues"}
        assert {"for", "declined"} <= set(server.offers(path, lines + 9, 12))
        assert {"said_by", "evidence"} <= set(server.offers(path, lines + 11, 4))
        explained = server.explains(path, lines + 9, 6)
        print(explained[:200])
        assert "doubts without refusing" in explained


if __name__ == "__main__":
    main()
