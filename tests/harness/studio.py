"""A browser with a camera, at the product: what most end-to-end tests begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.harness.chromium import camera_flags, chromium
from tests.harness.guard import Guard
from tests.harness.scripted import Scripted
from tests.harness.site import Site, dist

START_MS = 60_000
"""Until the first composite; Python starts in some two seconds where nothing else runs."""


@dataclass
class Studio:
    """A running browser whose camera plays a clip, and the server of the product."""

    context: BrowserContext
    site: Site
    guard: Guard

    def open(self, path: str = "") -> Page:
        """Open a page of the product."""
        page = self.context.new_page()
        page.goto(f"{self.site.url}{path}")
        return page

    def live(self, path: str = "") -> Page:
        """Open the page, start the camera and wait for the first composite."""
        page = self.open(path)
        page.locator("#start").click()
        wait_live(page)
        return page

    def embed(self) -> Page:
        """Open the page that embeds the API, with `createCyclorama` and `openCamera` global."""
        page = self.open("__test__/embed.html")
        expect(page.locator("html")).to_have_attribute("data-embed", "ready")
        return page

    def hide(self, page: Page) -> Page:
        """Open another tab in front of `page`; returns it."""
        front = self.context.new_page()
        front.bring_to_front()
        # Until the browser has told the page; a string would need `eval`, which the policy bars.
        page.evaluate(
            """() => document.visibilityState === 'hidden' || new Promise((resolve) =>
              document.addEventListener('visibilitychange', resolve, { once: true }))"""
        )
        return front


NO_SERVICE_WORKERS = "delete Navigator.prototype.serviceWorker"
"""As in a private window of some browsers. A test that swaps files means the server's."""


@contextmanager
def studio(
    playwright: Playwright,
    site: Site,
    clip: Path | None,
    flags: Sequence[str] = (),
    *,
    tuning: bool = True,
    service_workers: bool = False,
    audible: bool = False,
) -> Iterator[Studio]:
    """Start a browser for the duration of the context.

    Args:
        playwright: starts it.
        site: what it opens.
        clip: what its fake camera plays; without one it has no camera.
        flags: of Chromium, besides.
        tuning: whether settings are automatic from the start. Tests run beside each other, and a
            busy machine would change what they look at.
        service_workers: whether pages may have one, which then answers for the server.
        audible: whether tabs may make noises.
    """
    if not tuning:
        site.overlay["settings.js"] = _untuned()
    camera = camera_flags(clip) if clip else ()
    with chromium(playwright, [*camera, *flags], audible=audible) as browser:
        context = browser.contexts[0]
        if not service_workers:
            context.add_init_script(NO_SERVICE_WORKERS)
        guard = Guard(site.origin)
        guard.watch(context)
        yield Studio(context, site, guard)


def _untuned() -> bytes:
    before, line, after = (dist() / "settings.js").read_bytes().partition(b"tuning: 'balanced'")
    if not line:
        raise ValueError("settings.js has no default of the tuning")
    return before + b"tuning: 'off'" + after


VGA = {"width": 640, "height": 480, "frameRate": 30}


def publish(page: Scripted, camera: Mapping[str, Any] = VGA, **options: Any) -> None:
    """Run the API on an embedding page: globals `camera`, `cyclorama` and the output `track`.

    Args:
        page: see `Studio.embed`.
        camera: constraints of the camera.
        options: of `createCyclorama`.
    """
    page.evaluate(
        """async ([camera, options]) => {
          globalThis.camera = await openCamera(camera);
          globalThis.cyclorama = await createCyclorama(options);
          globalThis.track = await cyclorama.process(globalThis.camera);
        }""",
        [camera, options],
    )


def ready(page: Scripted) -> None:
    """Wait for the first composite of an embedding page."""
    page.evaluate("cyclorama.ready")


def wait_live(page: Page) -> None:
    """Wait until the page shows a composite."""
    expect(page.locator("html")).to_have_attribute("data-state", "live", timeout=START_MS)


def stats(page: Scripted) -> dict[str, Any]:
    """`cyclorama.stats()` of an embedding page that keeps its instance in `cyclorama`."""
    result: dict[str, Any] = page.evaluate("cyclorama.stats()")
    return result
