"""Fixtures of the tests that run in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.harness import clips
from tests.harness.site import Site
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

needs_footage = pytest.mark.skipif(
    not clips.have_footage(), reason="needs the footage with true mattes in ../shared/clips"
)


@pytest.fixture(scope="session")
def portrait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera clip of a portrait in a room with the code grid; needs nothing but a package."""
    path = tmp_path_factory.mktemp("clips") / "portrait.y4m"
    return clips.write(path, clips.portrait_room(), there_and_back=False)


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same room with real footage of a man in it, where that exists; else the portrait."""
    path = tmp_path_factory.mktemp("clips") / "room.y4m"
    if clips.have_footage():
        return clips.write(path, clips.office_room(), there_and_back=True)
    return clips.write(path, clips.portrait_room(), there_and_back=False)


@pytest.fixture
def site() -> Iterator[Site]:
    """The product on a server of this test's own, so that it may swap files."""
    with serve_site() as running:
        yield running


@pytest.fixture
def studio(
    playwright: Playwright, site: Site, room: Path, request: pytest.FixtureRequest
) -> Iterator[Studio]:
    """A browser with the room as camera. Fails the test where a page misbehaved."""
    alone = request.node.get_closest_marker("alone") is not None
    with start_studio(playwright, site, room, tuning=alone) as running:
        yield running
        running.guard.check()
