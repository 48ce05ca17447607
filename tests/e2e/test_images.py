"""Pictures of any size and any bytes: each becomes a background or is told to be none."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.harness import looks
from tests.harness.recording import SELF_VIEW
from tests.harness.studio import Studio, wait_live

TEAL = (20, 140, 140)
SIZES = {
    "smallest": (1, 1),
    "40 megapixels": (5200, 7744),
    "a line": (1, 4000),
    "a post": (4000, 1),
}
"""(height, width)"""

PATIENCE_MS = 120_000
"""Decoding 40 megapixels takes a second where nothing else runs."""

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6">'
    '<rect width="8" height="6" fill="teal"/></svg>'
)

# A file of the given bytes, given by an event of the page's document.
BRING = """([content, type]) => {
  const transfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  transfer.items.add(new File([bytes], 'brought.png', { type: 'image/png' }));
  const init = { bubbles: true, cancelable: true };
  document.documentElement.dispatchEvent(
    type === 'paste'
      ? new ClipboardEvent(type, { ...init, clipboardData: transfer })
      : new DragEvent(type, { ...init, dataTransfer: transfer }),
  );
}"""

# What became of each file, read as the gallery does and as an embedding page's background is.
READ = """async ([base, files, type]) => {
  const { readPicture } = await import(`${base}pictures.js`);
  const { decode } = await import(`${base}decode.js`);
  const outcome = async (read) => {
    try {
      await read();
      return 'picture';
    } catch (error) {
      return `${error.name} ${error.id}: ${error.message}`;
    }
  };
  const outcomes = [];
  for (const content of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const file = new File([bytes], 'any', { type });
    outcomes.push(await outcome(() => readPicture(file)), await outcome(() => decode(file, 640)));
  }
  return outcomes;
}"""

# How long the longest task of the main thread took, and until the picture was there; both in ms.
HELD_UP = """async (content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], 'brought.png', { type: 'image/png' }));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: 'longtask' });
  const start = performance.now();
  document.documentElement.dispatchEvent(
    new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
  );
  while (!document.querySelector('[data-picture]')) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const tookMs = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 500));
  observer.disconnect();
  return [Math.max(0, ...tasks.map(({ duration }) => duration)), tookMs];
}"""

UNREADABLE = (
    "CycloramaError image-unreadable: "
    "This file could not be read as a picture; the background stays as it was."
)


def by_dialog(page: Page, content: bytes) -> None:
    page.locator("#picture-file").set_input_files(
        {"name": "brought.png", "mimeType": "image/png", "buffer": content}
    )


def by_drop(page: Page, content: bytes) -> None:
    page.evaluate(BRING, [base64.b64encode(content).decode(), "drop"])


def by_paste(page: Page, content: bytes) -> None:
    page.evaluate(BRING, [base64.b64encode(content).decode(), "paste"])


def encoded(kind: str, size: tuple[int, int]) -> bytes:
    picture = np.full((*size, 3), TEAL[::-1], np.uint8)
    return cv2.imencode(kind, picture)[1].tobytes()


@pytest.fixture(scope="module")
def lasting_page(lasting_studio: Studio) -> Page:
    return lasting_studio.live()


@pytest.fixture
def page(lasting_page: Page, shared_studio: Studio) -> Iterator[Page]:
    """A page that is live before the blurred room, and has no picture."""
    yield lasting_page
    for name in ("Remove brought", "Dismiss"):
        button = lasting_page.get_by_role("button", name=name)
        while button.count():
            button.first.click()
    lasting_page.locator("#blur").click()
    expect(lasting_page.locator("[data-picture]")).to_have_count(0)
    expect(lasting_page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("bring", [by_dialog, by_drop, by_paste])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_a_picture_of_any_size_is_a_background(
    page: Page,
    shared_studio: Studio,
    size: tuple[int, int],
    bring: Callable[[Page, bytes], None],
) -> None:
    bring(page, encoded(".png", size))
    brought = page.get_by_role("radio", name="brought", exact=True)
    expect(brought).to_be_checked(timeout=PATIENCE_MS)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(TEAL))
    expect(page.get_by_role("alert")).to_have_count(0)
    wait_live(page)


def test_40_megapixels_do_not_hold_up_the_page(page: Page) -> None:
    content = base64.b64encode(encoded(".jpg", SIZES["40 megapixels"])).decode()
    longest_ms, took_ms = page.evaluate(HELD_UP, content)
    # Decoded on the main thread, it would be most of it; a busy machine makes any task longer.
    assert longest_ms < took_ms / 4


@pytest.mark.parametrize("bring", [by_dialog, by_drop, by_paste])
def test_a_truncated_picture_leaves_the_background(
    page: Page, shared_studio: Studio, bring: Callable[[Page, bytes], None]
) -> None:
    shared_studio.guard.allow("image-unreadable")
    bring(page, encoded(".png", (600, 800))[:60])
    expect(page.get_by_role("alert")).to_contain_text(
        "This file could not be read as a picture; the background stays as it was."
    )
    expect(page.locator("#blur")).to_be_checked()
    wait_live(page)


@pytest.mark.parametrize("type_", ["png", "jpeg", "webp", "gif", "avif", "svg+xml"])
def test_any_bytes_are_a_picture_or_told_to_be_none(shared_studio: Studio, type_: str) -> None:
    page = shared_studio.embed()
    files = [base64.b64encode(content).decode() for content in spoilt(whole(type_))]
    outcomes = page.evaluate(READ, [shared_studio.site.url, files, f"image/{type_}"])
    assert set(outcomes) <= {"picture", UNREADABLE}
    assert UNREADABLE in outcomes
    page.close()


def whole(type_: str) -> bytes:
    """A picture of a type; of those that OpenCV does not write, no more than how they begin."""
    match type_:
        case "svg+xml":
            return SVG.encode()
        case "gif":
            return base64.b64decode("R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=")
        case "avif":
            return b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(100)
        case _:
            return encoded(f".{type_}", (48, 64))


def spoilt(content: bytes) -> Iterator[bytes]:
    """It cut off at some lengths, and with some bytes of it changed."""
    random = np.random.default_rng(len(content))
    yield b""
    for length in random.integers(1, len(content), 12).tolist():
        yield content[:length]
    for _ in range(12):
        changed = np.frombuffer(content, np.uint8).copy()
        places = random.integers(0, changed.size, 1 + changed.size // 20)
        changed[places] = random.integers(0, 256, places.size)
        yield changed.tobytes()
    for count in (10, 1000, 100_000):
        yield content[:8] + random.bytes(count)
