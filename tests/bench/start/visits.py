"""A page visited for the first time, and again: what it reaches when, and what it asks for."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Playwright

from tests.bench import plain
from tests.bench.speed.browser import BenchError, Tab
from tests.bench.speed.subjects import PREFIX
from tests.harness.chromium import camera_flags, chromium
from tests.harness.site import Site, dist

LIVE_S = 4.0
"""That the first visit stays once it has started: the browser writes its cache of compiled code
when code has run for a while."""

WATCH_MEMORIES = f'import "/{PREFIX}/start/page/memories.js";\n'.encode()
"""Put before the script of a worker, which then can say `memoryBytes()`."""

KINDS = ("cold", "warm")
"""With a fresh profile; and then in a new tab of the same browser, whose caches are filled."""


@dataclass(frozen=True)
class Start:
    """Something that starts, as a page; see page/."""

    name: str
    page: str
    """Relative to the site's URL."""
    worker: str
    """In the URL of the worker that Python runs in: its file on the server."""
    ready: str
    """What is reached when Python can be used."""


PLAIN = Start(
    "plain",
    f"{PREFIX}/start/page/plain.html?{plain.QUERY}",
    f"{PREFIX}/start/page/plain_worker.js",
    ready="imports",
)
OURS = Start("ours", f"{PREFIX}/start/page/ours.html", "worker/compositor.js", ready="Python runs")
ALONE = replace(OURS, name="ours, Python alone", page=f"{OURS.page}?python")
STARTS = (PLAIN, ALONE, OURS)


Moments = dict[str, float]
"""Milliseconds from the navigation to when something was first reached."""


@dataclass(frozen=True)
class Inventory:
    """What a first visit fetches and keeps."""

    paths: list[str]
    """Of the files that were asked for, on the server."""
    heap: int
    """Bytes of all WebAssembly memories of Python's worker, as soon as it has started."""


def visit(playwright: Playwright, site: Site, start: Start, clip: Path) -> dict[str, Moments]:
    """Visit a page in a Chromium of its own, cold and then warm.

    Args:
        playwright: drives the browser.
        site: serves the page.
        start: what is visited.
        clip: .y4m file of the camera, which the page may use without a question.

    Returns:
        The moments of each of KINDS.

    Raises:
        BenchError: the page failed.
    """
    with chromium(playwright, camera_flags(clip)) as browser:
        found = {}
        for kind in KINDS:
            found[kind] = _started(_open_alone(browser), site, start)
            if kind == "cold":
                time.sleep(LIVE_S)
        return found


def take_inventory(playwright: Playwright, site: Site, start: Start, clip: Path) -> Inventory:
    """Visit a page once, untimed: to hear of each request from the browser slows the start of a
    page down, more so that of many small files.

    Raises:
        BenchError: the page failed.
    """
    requests: list[str] = []
    before = site.overlay.get(start.worker)
    script = (dist() / start.worker).read_bytes() if before is None else before
    site.overlay[start.worker] = WATCH_MEMORIES + script
    try:
        with chromium(playwright, camera_flags(clip)) as browser:
            tab = _open_alone(browser)
            # Of the context: a page does not hear of what its workers ask for.
            tab.page.context.on("request", lambda request: requests.append(request.url))
            _started(tab, site, start)
            heap = _heap(tab, start)
    finally:
        if before is None:
            del site.overlay[start.worker]
        else:
            site.overlay[start.worker] = before
    mine = [url.removeprefix(site.url) for url in requests if url.startswith(site.url)]
    return Inventory([unquote(urlsplit(path).path) for path in dict.fromkeys(mine)], heap)


def _open_alone(browser: Browser) -> Tab:
    """A new tab; what was open before is closed, its camera and its threads with it."""
    (context,) = browser.contexts
    before = context.pages
    tab = Tab(browser, context.new_page())
    for page in before:
        page.close()
    return tab


def _started(tab: Tab, site: Site, start: Start) -> Moments:
    tab.page.goto(f"{site.url}{start.page}")
    moments: Moments = tab.evaluate("started")
    if start.ready not in moments:
        raise BenchError(f"{start.name} did not say when its Python was ready")
    return moments


def _heap(tab: Tab, start: Start) -> int:
    workers = [worker for worker in tab.page.workers if start.worker in worker.url]
    if len(workers) != 1:
        raise BenchError(f"{start.name} has {len(workers)} workers called {start.worker}")
    return int(workers[0].evaluate("memoryBytes()"))
