"""A browser that lets pages have neither camera nor microphone unless a test allows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright

from tests.harness.chromium import fake_camera
from tests.harness.site import site
from tests.harness.studio import Studio, studio

INSECURE = "insecure.test"
"""Another name of the server's host, which is not secure."""


@contextmanager
def wary_studio(playwright: Playwright, clip: Path) -> Iterator[Studio]:
    """Start it, at a server of its own, for the duration of the context."""
    hosts = f"--host-resolver-rules=MAP {INSECURE} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost"
    flags = [*fake_camera(clip), hosts]
    with site() as running, studio(playwright, running, None, flags, tuning=False) as made:
        # The page logs what it says; nothing else may be on the console.
        made.guard.allow(r"^console\.warning: [a-z]+-[a-z]+: ")
        # Chromium says so of every page that is not secure.
        made.guard.allow(r"^console\.error: The Cross-Origin-Opener-Policy header has been ignored")
        yield made
