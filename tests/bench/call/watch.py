"""A demo call with a shared tab, hidden, and what it says of itself every few seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page, Playwright

from tests.bench import pages
from tests.bench.memory.targets import Thread, threads
from tests.bench.speed import machine
from tests.bench.speed.machine import CpuTime
from tests.bench.speed.subjects import PREFIX
from tests.bench.start.run import PAGES as MEMORIES
from tests.harness import demo_call, peers
from tests.harness.clocks import page_clocks
from tests.harness.site import Site, dist
from tests.harness.studio import Studio

WATCHERS = (f"{PREFIX}/call/page/pictures.js", f"{PREFIX}/start/page/memories.js")
"""Put before the first line of each thread."""

PAGE = "main.js"
MODULE_WORKERS = ("worker/compositor.js", "worker/stage.js")
CLASSIC_WORKERS = ("worker/segmenter.js",)
WORKERS = (*MODULE_WORKERS, *CLASSIC_WORKERS)
"""The first files of the threads."""

EXPOSE = "\nObject.assign(globalThis, { studio });\n"
"""The page itself has no hook for measurements."""

CLOCKS_MS = 2000

STATS = "studio.cyclorama.stats()"


@dataclass(frozen=True)
class Controls:
    """How the browser treats the page."""

    visibility: str
    animation_frames_per_second: float
    timers_per_second: float


@dataclass(frozen=True)
class Heap:
    """Of a thread, in bytes."""

    javascript: int
    """Objects, after a collection of garbage."""
    wasm: int
    """WebAssembly's memories."""


@dataclass(frozen=True)
class Sample:
    """What was seen at one moment."""

    minute: float
    """Since the page was hidden."""
    at_ms: float
    """When the compositor counted its frames, by its clock."""
    frames: int
    """Published so far."""
    held: int
    dropped: int
    decoded: Mapping[str, int]
    """Frames decoded by the guest so far, of the `camera` and of the `screen`."""
    heaps: Mapping[str, Heap]
    """By thread."""
    resident: int | None
    """Bytes of all the browser's processes; None where the system does not say."""
    opened: int
    """ImageBitmaps and VideoFrames made so far, in all threads."""
    closed: int
    cpu: CpuTime
    changes: Mapping[float, str]
    """Of the settings, the last few that the tuning made: why, by its time on that clock."""


def overlay() -> dict[str, bytes]:
    """The product's files with the watchers in them, and those, by path on the server."""
    files = pages.overlay(Path(__file__).with_name("page")) | pages.overlay(MEMORIES)
    for path in (PAGE, *WORKERS):
        load = 'importScripts("{}");\n' if path in CLASSIC_WORKERS else 'import "{}";\n'
        up = "../" * path.count("/") or "./"
        head = "".join(load.format(up + watcher) for watcher in WATCHERS)
        files[path] = head.encode() + (dist() / path).read_bytes()
    files[PAGE] += EXPOSE.encode()
    return files


class HiddenCall:
    """A page that sends its camera and a shared tab to a guest, and is hidden behind that tab."""

    def __init__(self, studio: Studio, page: Page, guest: Page, running: list[Thread]) -> None:
        self._studio = studio
        self._page = page
        self._received = {kind: peers.tile(guest, kind) for kind in ("camera", "screen")}
        self._threads = running
        self._start = time.monotonic()
        self._cdp = _browser(page)

    def controls(self) -> Controls:
        """See how the browser treats the page, for CLOCKS_MS."""
        clocks = page_clocks(self._page, self._studio.site, CLOCKS_MS)
        visibility = self._page.evaluate("document.visibilityState")
        return Controls(visibility, clocks["animationFrames"], clocks["timers"])

    def wait(self, seconds: float) -> None:
        """Let it run."""
        self._page.wait_for_timeout(seconds * 1000)

    def sample(self) -> Sample:
        """Ask for everything."""
        stats = self._page.evaluate(STATS)
        decoded = {kind: peers.frames_decoded(video) for kind, video in self._received.items()}
        minute = (time.monotonic() - self._start) / 60
        pictures = self._page.evaluate("(others) => countPictures(others)", len(WORKERS))
        return Sample(
            minute=minute,
            at_ms=stats["atMs"],
            frames=stats["frames"],
            held=stats["held"],
            dropped=stats["dropped"],
            decoded=decoded,
            heaps={thread.name: _heap(thread) for thread in self._threads},
            resident=machine.resident(self._cdp),
            opened=pictures["opened"],
            closed=pictures["closed"],
            cpu=CpuTime.now(self._cdp),
            changes={change["atMs"]: change["reason"] for change in stats["changes"]},
        )

    def check(self) -> None:
        """Raises AssertionError where a page complained."""
        self._studio.guard.check()


@contextmanager
def hidden_call(playwright: Playwright, site: Site, clip: Path) -> Iterator[HiddenCall]:
    """Begin such a call; it ends with the context."""
    with demo_call.sharing(playwright, site, clip) as studio:
        slides = demo_call.open_slides(studio)
        page = studio.live()
        guest = demo_call.open_guest(studio, demo_call.join(page))
        demo_call.share(page)
        slides.bring_to_front()
        for kind in ("camera", "screen"):
            peers.expect_moving(guest, peers.tile(guest, kind))
        with threads(page) as running:
            yield HiddenCall(studio, page, guest, running)


def _browser(page: Page) -> CDPSession:
    browser = page.context.browser
    assert browser is not None
    return browser.new_browser_cdp_session()


def _heap(thread: Thread) -> Heap:
    javascript = thread.javascript()
    given = {"expression": "memoryBytes()", "returnByValue": True}
    answer = thread.send("Runtime.evaluate", given)
    assert "exceptionDetails" not in answer, f"{thread.name}: {answer}"
    return Heap(javascript, int(answer["result"]["value"]))
