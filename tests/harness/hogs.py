"""Other programs' load: threads of another page, that take all they can get."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext

from tests.harness.site import Site

PER_CORE = 3
"""As many for each core leave a quarter of it to us, as far as the system is fair."""


@contextmanager
def hogs(context: BrowserContext, served: Site) -> Iterator[None]:
    """Let them run, in a tab in front of the others, until the context manager ends."""
    page = context.new_page()
    page.goto(f"{served.url}__test__/embed.html")
    count = PER_CORE * (os.cpu_count() or 1)
    page.evaluate(
        """([base, count]) => {
          for (let hog = 0; hog < count; hog += 1) new Worker(`${base}__test__/hog.js`);
        }""",
        [served.url, count],
    )
    try:
        yield
    finally:
        page.close()
