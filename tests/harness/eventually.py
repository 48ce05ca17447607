"""Waiting for what no locator shows."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

TIMEOUT_S = 60
"""Generous: the machine may be busy, and a test that passes never waits for it."""


def eventually(
    page: Page, holds: Callable[[], bool], what: str, timeout_s: float = TIMEOUT_S
) -> None:
    """Wait until `holds()`; AssertionError with `what` where it does not in time.

    Playwright's own `wait_for_function` needs `eval`, which the product's policy bars.
    """
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, f"it never came true that {what}"
        page.wait_for_timeout(100)
