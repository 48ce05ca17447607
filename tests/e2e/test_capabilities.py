"""A browser that lacks a part is told which, before anything is loaded or clicked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect

from tests.harness.site import Site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

PARTS = {
    "WebAssembly": "delete globalThis.WebAssembly",
    "OffscreenCanvas": "delete globalThis.OffscreenCanvas",
    "VideoFrame": "delete globalThis.VideoFrame",
    "createImageBitmap": "delete globalThis.createImageBitmap",
    "captureStream": "delete HTMLCanvasElement.prototype.captureStream",
    "Promise.withResolvers": "delete Promise.withResolvers",
    "AbortSignal.any": "delete AbortSignal.any",
}
"""What takes a part of the browser away, by the part's name."""


@pytest.fixture
def wary(playwright: Playwright, site: Site) -> Iterator[Studio]:
    with start_studio(playwright, site, None) as running:
        # The page tells the console too.
        running.guard.allow("browser-unsupported")
        yield running
        running.guard.check()


def test_each_missing_part_is_named_at_once(wary: Studio) -> None:
    for name, script in PARTS.items():
        page = wary.context.new_page()
        page.add_init_script(script)
        page.goto(wary.site.url)
        told = page.get_by_role("alert").filter(has_text=name)
        expect(told).to_contain_text("which the virtual background needs")
        assert not any("pyodide" in url for url in wary.guard.requests)
        page.close()


def test_all_missing_parts_make_one_sentence(wary: Studio) -> None:
    page = wary.context.new_page()
    page.add_init_script("delete globalThis.VideoFrame; delete AbortSignal.any")
    page.goto(wary.site.url)
    expect(page.get_by_role("alert").filter(has_text="needs.")).to_contain_text(
        "This browser lacks single frames of a video (VideoFrame) and "
        "current JavaScript (AbortSignal.any), which the virtual background needs."
    )
