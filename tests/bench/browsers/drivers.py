"""The browsers that the product is measured in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Playwright

from tests.bench.browsers import firefox
from tests.bench.speed.browser import open_tab
from tests.harness.firefox import program


class Driver(Protocol):
    """A browser that shows a page."""

    version: str

    def evaluate(self, expression: str) -> Any:
        """What an expression gives in the page; of a promise, what becomes of it.

        Raises:
            BenchError: the page failed, now or before.
        """

    def hide(self) -> None:
        """Bring another tab before the page.

        Raises:
            BenchError: the page was not hidden by that.
        """


Open = Callable[[Playwright, str, Path], AbstractContextManager[Driver]]
"""Opens an address in a browser with a fresh profile, whose camera plays a .y4m file."""

BROWSERS: dict[str, Open] = {"Chromium": open_tab} | (
    {"Firefox": firefox.open_tab} if program() else {}
)
"""Those that are installed, by the name that people know."""
