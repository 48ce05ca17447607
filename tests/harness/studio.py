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
from tests.harness.site import Site

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


@contextmanager
def studio(
    playwright: Playwright, site: Site, clip: Path | None, flags: Sequence[str] = ()
) -> Iterator[Studio]:
    """Start a browser for the duration of the context; without a clip it has no fake camera."""
    camera = camera_flags(clip) if clip else ()
    with chromium(playwright, [*camera, *flags]) as browser:
        context = browser.contexts[0]
        guard = Guard(site.origin)
        guard.watch(context)
        yield Studio(context, site, guard)


VGA = {"width": 640, "height": 480, "frameRate": 30}


def publish(page: Page, camera: Mapping[str, Any] = VGA, **options: Any) -> None:
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


def ready(page: Page) -> None:
    """Wait for the first composite of an embedding page."""
    page.evaluate("cyclorama.ready")


def wait_live(page: Page) -> None:
    """Wait until the page shows a composite."""
    expect(page.locator("html")).to_have_attribute("data-state", "live", timeout=START_MS)


def stats(page: Page) -> dict[str, Any]:
    """`cyclorama.stats()` of an embedding page that keeps its instance in `cyclorama`."""
    result: dict[str, Any] = page.evaluate("cyclorama.stats()")
    return result
