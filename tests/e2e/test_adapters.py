"""However a frame gets from the page into Python and out again, it is the same picture."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.harness.eventually import eventually
from tests.harness.recording import recording
from tests.harness.site import dist
from tests.harness.studio import Studio, ready, stats

pytestmark = pytest.mark.alone

SIZE = (300, 214)
"""Width and height: no whole number of tiles."""

LEVELS = (16, 77, 128, 235)

NEAR = 3
"""Levels: a frame may travel as YUV."""

# A camera: four grey fields, and a corner that changes.
SOURCE = """
  async ([width, height, levels]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    let tick = 0;
    const draw = () => {
      levels.forEach((level, i) => {
        context.fillStyle = `rgb(${level} ${level} ${level})`;
        context.fillRect((i % 2) * width / 2, (i >> 1) * height / 2, width / 2, height / 2);
      });
      context.fillStyle = `rgb(${tick++ % 200} 0 0)`;
      context.fillRect(0, 0, 4, 4);
    };
    setInterval(draw, 30);
    globalThis.camera = canvas.captureStream(30).getVideoTracks()[0];
    globalThis.cyclorama = await createCyclorama();
    globalThis.track = await cyclorama.process(globalThis.camera);
  }"""

NO_TRANSFER = """
  globalThis.structuredClone = () => {
    throw new DOMException('hidden by a test', 'DataCloneError');
  };"""

NO_COPY = b"""VideoFrame.prototype.copyTo = () =>
  Promise.reject(new DOMException('hidden by a test', 'NotSupportedError'));
"""

CANNOT = b"""Reflect.set(globalThis, 'failing', VideoFrame.prototype.copyTo);
VideoFrame.prototype.copyTo = function (...given) {
  if (this.timestamp > 0) return Promise.reject(new DOMException('broken', 'NotSupportedError'));
  return Reflect.get(globalThis, 'failing').apply(this, given);
};
"""


def echo(studio: Studio) -> None:
    """Let Python give back what it gets."""
    studio.site.patch(pipeline="echo.py")


def before(studio: Studio, script: bytes) -> None:
    """Run a script in the compositor before it reads a frame."""
    path = "worker/pixels.js"
    studio.site.overlay[path] = script + (dist() / path).read_bytes()


def require_the_picture(studio: Studio, page: Page) -> None:
    """The track shows the four fields, whole."""
    width, height = SIZE
    with recording(page, studio.site, "track", keep=3) as seen:
        page.wait_for_timeout(800)
    assert len(seen.pictures) == 3
    for picture in seen.pictures:
        assert picture.shape == (height, width, 3)
        for row, rows in enumerate((slice(6, height // 2 - 2), slice(height // 2 + 2, None))):
            for column, columns in enumerate(
                (slice(0, width // 2 - 2), slice(width // 2 + 2, None))
            ):
                field = picture[rows, columns].astype(int)
                assert np.abs(field - LEVELS[2 * row + column]).max() <= NEAR


@pytest.mark.parametrize("transfer", [True, False], ids=["frames", "bitmaps"])
@pytest.mark.parametrize("copy", [True, False], ids=["copied", "drawn"])
def test_every_way_gives_the_same_picture(studio: Studio, *, transfer: bool, copy: bool) -> None:
    echo(studio)
    if not copy:
        before(studio, NO_COPY)
    page = studio.embed()
    if not transfer:
        page.evaluate(f"() => {{ {NO_TRANSFER} }}")
    page.evaluate(SOURCE, [*SIZE, LEVELS])
    ready(page)
    eventually(page, lambda: stats(page)["adapters"]["input"] != "", "the adapter is named")
    require_the_picture(studio, page)
    adapters = stats(page)["adapters"]
    assert transfer or adapters["input"] == "ImageBitmap"
    assert copy or adapters["pixels"] == "canvas"


def test_a_way_that_fails_on_real_frames_is_replaced_by_another(studio: Studio) -> None:
    echo(studio)
    before(studio, CANNOT)
    page = studio.embed()
    page.evaluate(SOURCE, [*SIZE, LEVELS])
    ready(page)
    page.wait_for_timeout(2500)
    require_the_picture(studio, page)
    adapters = stats(page)["adapters"]
    assert (adapters["input"], adapters["pixels"]) != ("VideoFrame", "copyTo")
