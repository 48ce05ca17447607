"""Other programs' load: threads of another page, that take all they can get."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.harness.studio import Studio

PER_CORE = 3
"""As many for each core leave a quarter of it to us, as far as the system is fair."""


@contextmanager
def hogs(studio: Studio) -> Iterator[None]:
    """Let them run, in a tab in front of the others, until the context ends."""
    page = studio.embed()
    count = PER_CORE * (os.cpu_count() or 1)
    page.evaluate(
        """([base, count]) => {
          for (let hog = 0; hog < count; hog += 1) new Worker(`${base}__test__/hog.js`);
        }""",
        [studio.site.url, count],
    )
    try:
        yield
    finally:
        page.close()
