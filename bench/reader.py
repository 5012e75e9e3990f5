"""A search in Chromium with an empty cache: measures bytes fetched, waiting times and memory."""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Error, Page, TimeoutError
from wire import Site

SEARCH = (
    "search/",
    "pagefind/",
    "names/",
    "assets/javascripts/workers/",
    "assets/javascripts/lunr/",
    "assets/javascripts/search-worker.js",
    "assets/javascripts/query.js",
)
"""The paths that a page fetches for its search; the others are the page and its static assets."""

WATCH = """
    const setUp = { asked: 0, ready: 0 };
    window.Worker = class extends Worker {
      constructor(...all) {
        super(...all);
        this.addEventListener("message", ({ data }) => { if (data.type === 1) setUp.ready = performance.now(); });
      }
      postMessage(message) {
        if (message.type === 0) setUp.asked = performance.now();
        super.postMessage(message);
      }
    };
    /* A whole query is put into the box with one key, because the box listens to keys; the answer is there with the
       first link that is drawn after it. */
    window.ask = (query) => {
      window.answer = undefined;
      const box = document.querySelector(".md-search__input");
      const list = document.querySelector(".md-search-result__list");
      const key = performance.now();
      new MutationObserver((changes, observer) => {
        const drawn = changes.flatMap(({ addedNodes }) => [...addedNodes]);
        const link = drawn.map((node) => node.querySelector?.(".md-search-result__link")).find(Boolean);
        if (!link) return;
        observer.disconnect();
        const now = performance.now();
        const at = (performance.timeOrigin + now) / 1000;
        window.answer = { wait: now - key, opened: now, at, setUp: setUp.ready - setUp.asked, first: link.href };
      }).observe(list, { childList: true, subtree: true });
      box.focus();
      box.value = query;
      box.dispatchEvent(new KeyboardEvent("keyup", { key: query.at(-1), bubbles: true }));
    };
"""


@dataclass(frozen=True)
class Visit:
    """The cost of one search with an empty cache; times are None without an answer."""

    sent: dict[str, int]
    """Bytes by path: the bodies that the search asked for up to the first answer."""

    whole: int
    """Bytes until the answer was complete, with the number of all results."""

    first: float | None
    """Seconds from the key to the first answer."""

    opened: float | None
    """Seconds from the opening of the page to the first answer."""

    set_up: float | None
    """Seconds from the worker's start until it is ready."""

    again: float | None
    """Seconds from the key to the answer of another query; the median of several."""

    heap: int | None
    """Bytes of the page and its worker after the first answer, with buffers and WebAssembly."""

    failed: str = ""
    waited: float | None = None
    """Seconds until the answer was given up; None if it was not."""


def visit(browser: Browser, site: Site, queries: list[str], patience: float) -> Visit:
    """Open the home page, send the first query as soon as it has loaded, then the others."""
    start = time.perf_counter()
    site.sent.clear()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(f'{WATCH}\naddEventListener("load", () => ask({json.dumps(queries[0])}));')
    try:
        page.goto(site.address, wait_until="commit", timeout=patience * 1000)
        told = _answer(page, patience)
        assert told["first"] != site.address, "the box says that the index is not there"
        sent = _sent(site, told["at"])
        if (site.folder / "pagefind").is_dir():
            _wait(page, patience, "document.querySelector(\"a.md-search-result__link[href*='?words=']\") !== null")
        whole = sum(_sent(site).values())
        heap = _heap(page)
        waits = []
        for query in queries[1:]:
            page.evaluate("query => ask(query)", query)
            waits.append(_answer(page, patience)["wait"] / 1000)
        return Visit(
            sent,
            whole,
            told["wait"] / 1000,
            told["opened"] / 1000,
            told["setUp"] / 1000,
            statistics.median(waits),
            heap,
        )
    except Error as error:
        if isinstance(error, TimeoutError):
            return _failed(site, f"no result after {patience:.0f} s", patience)
        if "crashed" in error.message:
            return _failed(site, f"the page crashed after {time.perf_counter() - start:.0f} s", None)
        raise
    finally:
        context.close()


def _answer(page: Page, patience: float) -> dict[str, Any]:
    answer: dict[str, Any] = _wait(page, patience, "window.answer")
    return answer


def _wait(page: Page, patience: float, condition: str) -> Any:
    start = time.perf_counter()
    while not (value := page.evaluate(condition)):  # the page's policy forbids waiting inside it
        if time.perf_counter() - start > patience:
            raise TimeoutError("no answer")
        page.wait_for_timeout(50)
    return value


def _failed(site: Site, why: str, waited: float | None) -> Visit:
    return Visit(_sent(site), 0, None, None, None, None, None, why, waited)


def _sent(site: Site, until: float = float("inf")) -> dict[str, int]:
    sent: dict[str, int] = defaultdict(int)
    for path, size, asked in site.sent:
        if path.startswith(SEARCH) and asked < until:
            sent[path] += size
    return dict(sent)


def _heap(page: Page) -> int:
    """Used heap, buffers and WebAssembly memory of the page's thread and of its worker, garbage collected."""
    session = page.context.new_cdp_session(page)
    workers: list[str] = []
    answers: list[dict[str, Any]] = []

    def received(message: dict[str, Any]) -> None:
        told = json.loads(message["message"])
        if "id" in told:
            answers.append(told.get("result", {}))

    def ask_worker(method: str, **parameters: Any) -> dict[str, Any]:
        answers.clear()
        message = json.dumps({"id": 1, "method": method, "params": parameters})
        session.send("Target.sendMessageToTarget", {"sessionId": workers[0], "message": message})
        while not answers:
            page.wait_for_timeout(20)
        return answers[0]

    session.on("Target.attachedToTarget", lambda told: workers.append(told["sessionId"]))
    session.on("Target.receivedMessageFromTarget", received)
    session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})
    while not workers:
        page.wait_for_timeout(20)
    session.send("HeapProfiler.collectGarbage")
    ask_worker("HeapProfiler.collectGarbage")
    usages = (session.send("Runtime.getHeapUsage"), ask_worker("Runtime.getHeapUsage"))
    held = sum(round(usage["usedSize"] + usage["backingStorageSize"]) for usage in usages)
    # Neither includes the memory of WebAssembly.
    prototype = ask_worker("Runtime.evaluate", expression="WebAssembly.Memory.prototype")["result"]["objectId"]
    memories = ask_worker("Runtime.queryObjects", prototypeObjectId=prototype)["objects"]["objectId"]
    total = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }"
    sum_up = ask_worker("Runtime.callFunctionOn", objectId=memories, functionDeclaration=total, returnByValue=True)
    session.detach()
    inside = sum_up["result"]["value"]
    return int(held + inside)
