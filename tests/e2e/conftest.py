"""A browser that the tests of one file share, because each costs seconds to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.harness.site import site as serve_site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

# The machine may be busy, and a test that passes never waits for it.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """The `studio` of a whole file; for fixtures that outlive a test."""
    with serve_site() as site, start_studio(playwright, site, portrait, tuning=False) as running:
        yield running


@pytest.fixture
def shared_studio(lasting_studio: Studio) -> Iterator[Studio]:
    """The file's browser. Fails the test where a page misbehaved."""
    yield lasting_studio
    lasting_studio.guard.check()
