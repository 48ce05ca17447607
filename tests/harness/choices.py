"""How a user chooses a background on the page."""

from __future__ import annotations

from playwright.sync_api import Page


def choose_color(page: Page, rgb: tuple[int, int, int]) -> None:
    """By the colour tile and its picker."""
    page.locator("#color").click()
    page.locator("#color-value").fill("#" + bytes(rgb).hex())


def choose_file(page: Page, content: bytes, name: str = "picture.png") -> None:
    """By the picture tile and the file dialog that it opens."""
    with page.expect_file_chooser() as chooser:
        page.locator("#picture").click()
    chooser.value.set_files({"name": name, "mimeType": "image/png", "buffer": content})
