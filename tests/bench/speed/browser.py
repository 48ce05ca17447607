"""A page in a Chromium of its own: visible, really hidden, and what the browser says of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright

from tests.harness.chromium import camera_flags, chromium

CONTROL_S = 2.0
ANSWERS_S = 2.0
HIDE_TIMEOUT_S = 5.0


class BenchError(Exception):
    """A figure could not be taken; the message says which and why."""


@dataclass(frozen=True)
class Controls:
    """How the browser treats a page."""

    visibility: str
    animation_frames_per_second: float
    timers_per_second: float
    """Of a timer of 10 ms on the main thread."""

    def require_hidden(self) -> None:
        """Make sure that the page is hidden, and throttled as only a hidden page is.

        Raises:
            BenchError: it is not.
        """
        if (
            self.visibility != "hidden"
            or self.animation_frames_per_second > 0
            or self.timers_per_second > 1.5
        ):
            raise BenchError(f"the page was not throttled as a hidden one is: {self}")


@dataclass(frozen=True)
class Probed:
    """What the page's probe has seen since it was last asked."""

    long_tasks_ms: list[float]
    """Tasks of the main thread over 50 ms; the browser reports them of visible pages only."""
    visibility_changes: int


class Tab:
    """A page under measurement; see page/probe.js."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self.page = page
        self.cdp = browser.new_browser_cdp_session()
        self.version = browser.version
        self._own = page.context.new_cdp_session(page)
        self._own.send("Performance.enable")
        self._errors: list[str] = []
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on("console", self._hear)

    def hide(self) -> None:
        """Bring another tab before the page."""
        self.page.context.new_page().bring_to_front()
        deadline = time.monotonic() + HIDE_TIMEOUT_S
        while self.page.evaluate("document.visibilityState") != "hidden":
            if time.monotonic() > deadline:
                raise BenchError("the page could not be hidden")
            time.sleep(0.05)

    def controls(self) -> Controls:
        """See how the browser treats the page, for CONTROL_S."""
        counting = self.page.evaluate_handle("probe.startControls()")
        time.sleep(CONTROL_S)
        seen = counting.evaluate("counting => counting.stop()")
        return Controls(
            seen["visibilityState"], seen["animationFramesPerSecond"], seen["timersPerSecond"]
        )

    def probed(self) -> Probed:
        """What the probe has seen since it was last asked."""
        seen = self.page.evaluate("probe.take()")
        return Probed(seen["longTasks"], seen["visibilityChanges"])

    def answers_ms(self) -> list[float]:
        """How long the main thread takes to answer a worker, asked for ANSWERS_S."""
        asking = self.page.evaluate_handle("probe.startAnswers()")
        time.sleep(ANSWERS_S)
        return [float(each) for each in asking.evaluate("asking => asking.stop()")]

    def main_thread_ms(self) -> float:
        """Processor time of the page's main thread so far."""
        metrics = self._own.send("Performance.getMetrics")["metrics"]
        (seconds,) = (each["value"] for each in metrics if each["name"] == "ThreadTime")
        return float(seconds) * 1000

    def evaluate(self, expression: str) -> Any:
        """Evaluate in the page.

        Raises:
            BenchError: the page failed, now or before.
        """
        try:
            result = self.page.evaluate(expression)
        except Error as error:
            raise BenchError(error.message) from error
        if self._errors:
            raise BenchError(self._errors[0])
        return result

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append(message.text)


@contextmanager
def open_tab(playwright: Playwright, url: str, clip: Path) -> Iterator[Tab]:
    """Open a page in a fresh Chromium, with a camera that plays a clip."""
    with chromium(playwright, camera_flags(clip)) as browser:
        (page, *_) = browser.contexts[0].pages
        tab = Tab(browser, page)
        page.goto(url)
        yield tab
