"""The network is lost in the middle of a first start: that is said, and a reload helps later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Route, expect

from tests.harness.studio import Studio, wait_live

ALLOWED = (r"^console\.", "^unhandled: Failed to fetch$")
"""Browser and product complain of what does not come, each in its words; and Pyodide begins several
fetches and awaits the first that it needs, so that of the others nobody catches the refusal."""

STAGES = {
    "list of files": "manifest.json",
    "compositor": "worker/compositor.js",
    "Python": "pyodide.asm.wasm",
    "OpenCV": "cv2.wasm",
    "ours": "py/cyclorama.zip",
    "segmenter": "worker/segmenter.js",
    "tfjs": "tf-core.es2017.min.js",
    "model": "model-stride16.json",
    "weights": "group1-shard1of1.bin",
}
"""From what is asked for first to what is asked for last: the file from which on nothing comes."""


@contextmanager
def cut_off(studio: Studio, file: str) -> Iterator[None]:
    """Nothing comes any more from the moment at which this file is asked for, until the end."""
    lost = False

    def answer(route: Route) -> None:
        nonlocal lost
        lost = lost or route.request.url.endswith(file)
        if lost:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    studio.context.route("**/*", answer)
    try:
        yield
    finally:
        studio.context.unroute("**/*", answer)
    assert lost, f"{file} was never asked for"


@pytest.mark.parametrize("file", STAGES.values(), ids=STAGES.keys())
def test_it_is_said_and_a_reload_helps(shared_studio: Studio, file: str) -> None:
    shared_studio.guard.allow(*ALLOWED)
    with cut_off(shared_studio, file):
        page = shared_studio.open()
        page.locator("#start").click()
        alert = page.get_by_role("alert")
        expect(alert.first).to_be_visible(timeout=60_000)
        expect(alert.first).to_contain_text("Check the network and reload")
    page.reload()
    page.locator("#start").click()
    wait_live(page)
    expect(alert).to_have_count(0)
    page.close()


@pytest.mark.parametrize("file", ["main.js", "ui/element.js"])
def test_without_its_scripts_the_page_says_so_itself(shared_studio: Studio, file: str) -> None:
    shared_studio.guard.allow(*ALLOWED)
    with cut_off(shared_studio, file):
        page = shared_studio.open()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("Check the network and reload")
    with page.expect_navigation():
        alert.get_by_role("link", name="Reload").click()
    page.locator("#start").click()
    wait_live(page)
    expect(page.locator("#unscripted")).to_have_count(0)
    page.close()
