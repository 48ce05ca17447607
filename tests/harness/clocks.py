"""How the browser treats a page's own clocks: what tells a hidden page from a visible one."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.harness.site import Site


def page_clocks(page: Page, site: Site, milliseconds: int) -> dict[str, float]:
    """How often per second the main thread's `animationFrames` and `timers` ticked."""
    clocks: dict[str, float] = page.evaluate(
        """async ([base, milliseconds]) => {
          const { pageClocks } = await import(`${base}__test__/page_clocks.js`);
          return pageClocks(milliseconds);
        }""",
        [site.url, milliseconds],
    )
    return clocks
