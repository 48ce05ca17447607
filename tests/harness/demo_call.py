"""A demo call in which a tab is shared: the page, its guest, and the slides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from tests.harness import peers
from tests.harness.chromium import fake_camera
from tests.harness.site import Site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

TITLE = "Slides of the talk"
# Ten pictures a second: enough to see it move, little to draw.
SLIDES = f"""<title>{TITLE}</title>
<style>
  @keyframes turn {{ to {{ rotate: 360deg }} }}
  div {{ width: 200px; height: 200px; margin: 100px; background: teal;
         animation: turn 4s steps(40) infinite }}
</style>
<div></div>"""


@contextmanager
def sharing(
    playwright: Playwright, site: Site, clip: Path, *, tuning: bool = True, audible: bool = False
) -> Iterator[Studio]:
    """Start a browser that shares the slides when it is asked for a tab, until the end."""
    # Not with a fake permission prompt: with it Chromium hands out a fake screen.
    choice = f"--auto-select-tab-capture-source-by-title={TITLE}"
    flags = [*fake_camera(clip), choice, "--autoplay-policy=no-user-gesture-required"]
    with start_studio(playwright, site, None, flags, tuning=tuning, audible=audible) as running:
        running.context.grant_permissions(["camera", "microphone"])
        peers.watch(running.context)
        yield running


def open_slides(studio: Studio) -> Page:
    """Open the tab that is shared."""
    page = studio.context.new_page()
    page.set_content(SLIDES)
    return page


def open_guest(studio: Studio, call: str) -> Page:
    """Open a page with no camera of its own that joins a call."""
    page = studio.embed()
    page.evaluate(
        """async ([base, call]) => {
          const { join } = await import(`${base}__test__/guest.js`);
          await join(call);
        }""",
        [studio.site.url, call],
    )
    return page


def join(page: Page) -> str:
    """Join a demo call and return its id."""
    page.get_by_role("button", name="Join demo call").click()
    link = page.get_by_label("Link for the second tab")
    expect(link).not_to_have_value("")
    return link.input_value().split("?call=")[1]


def share(page: Page, button: str = "Share screen") -> None:
    """Press a button that shares."""
    page.bring_to_front()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name="Stop sharing")).to_be_visible()
