"""A page in a Firefox of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tests.bench.speed.browser import HIDE_TIMEOUT_S, BenchError
from tests.harness.bidi import BidiError
from tests.harness.firefox import CLIP_CAMERA, Firefox, Tab, firefox
from tests.harness.guard import Guard


class FirefoxTab:
    """A page under measurement."""

    def __init__(self, browser: Firefox, tab: Tab, guard: Guard) -> None:
        self.version = browser.version
        self._browser = browser
        self._tab = tab
        self._guard = guard

    def evaluate(self, expression: str) -> Any:
        """Evaluate in the page.

        Raises:
            BenchError: the page failed, now or before.
        """
        try:
            result = self._tab.evaluate(expression)
            self._guard.check()
        except (AssertionError, BidiError) as error:
            raise BenchError(str(error)) from error
        return result

    def hide(self) -> None:
        """Bring another tab before the page."""
        self._browser.open()
        deadline = time.monotonic() + HIDE_TIMEOUT_S
        while self._tab.evaluate("document.visibilityState") != "hidden":
            if time.monotonic() > deadline:
                raise BenchError("the page could not be hidden")
            time.sleep(0.05)


@contextmanager
def open_tab(playwright: Playwright, url: str, clip: Path) -> Iterator[FirefoxTab]:
    """Open a page in a fresh Firefox; its camera plays the clip that the site has as .webm."""
    guard = Guard("/".join(url.split("/")[:3]))
    with firefox() as browser:
        browser.watch(guard)
        browser.before_every_page(CLIP_CAMERA.read_text())
        tab = browser.open()
        tab.goto(url)
        yield FirefoxTab(browser, tab, guard)
