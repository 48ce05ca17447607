"""The segmenter computes on WebGPU, WebGL or WASM, and goes on where a GPU fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, Playwright

from tests.harness import gpu
from tests.harness.eventually import eventually
from tests.harness.grid import VISIBLE, CodeGrid
from tests.harness.recording import start
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio, publish, ready, stats
from tests.harness.studio import studio as start_studio

GRID = CodeGrid()
GPUS = ("webgl", "webgpu")
BACK_MS = 3000
"""A segmenter that lost its GPU answers again within this."""
ROUNDING = 2
"""Steps of 16/255 of a logit by which masks of two backends may differ."""

MASK_OF = """async ([base, backend]) => {
  const { openSegmenter } = await import(`${base}segmenter.js`);
  const { loadManifest } = await import(`${base}manifest.js`);
  const manifest = await loadManifest();
  globalThis.picture ??= await shoot();
  const { width, height } = picture;
  const answer = Promise.withResolvers();
  const handlers = {
    progress() {},
    mask: answer.resolve,
    nomask: answer.reject,
    lost: answer.reject,
    failed: answer.reject,
  };
  const stopping = new AbortController();
  const segmenter = await openSegmenter(
    manifest, manifest.segmenters[0], { stride: 16, backend }, handlers, stopping.signal,
  );
  const pixels = picture.data.slice();
  segmenter.segment({ epoch: 0, timestamp: 0, pixels, width, height });
  const { bitmap } = await answer.promise;
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const mask = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
  segmenter.close();
  return {
    backend: segmenter.backend,
    columns: bitmap.width,
    bytes: [...mask.data].filter((_, i) => i % 4 === 0),
  };

  async function shoot() {
    const video = document.createElement('video');
    video.srcObject = new MediaStream([await openCamera()]);
    await video.play();
    const canvas = new OffscreenCanvas(305, 225).getContext('2d');
    canvas.drawImage(video, 0, 0, 305, 225);
    return canvas.getImageData(0, 0, 305, 225);
  }
}"""


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    with serve_site() as site, start_studio(playwright, site, portrait, gpu.WEBGPU) as running:
        gpu.make_losable(site)
        yield running


@pytest.fixture
def gpu_studio(shared_studio: Studio) -> Studio:
    # A driver of software says of itself that it is slow to be read from.
    shared_studio.guard.allow("GPU stall due to ReadPixels", "No available adapters")
    return shared_studio


def _published(studio: Studio, backend: str) -> tuple[Page, list[str]]:
    """A live page, and what it tells the console."""
    page = studio.embed()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    # As small as may be: GPUs of software take seconds for a larger picture.
    background = {"type": "color", "color": "#2040c0"}
    publish(page, background=background, backend=backend, internalResolution=0.1)
    page.evaluate("""() => {
      globalThis.errors = [];
      cyclorama.addEventListener('error', ({ detail }) => errors.push(detail.id));
    }""")
    ready(page)
    return page, told


def _mask(page: Page, studio: Studio, backend: str) -> NDArray[np.int16]:
    seen: dict[str, Any] = page.evaluate(MASK_OF, [studio.site.url, backend])
    assert seen["backend"] == backend
    return np.array(seen["bytes"], np.int16).reshape(-1, seen["columns"])


def test_every_backend_sees_the_same_person(gpu_studio: Studio) -> None:
    page = gpu_studio.embed()
    expected = _mask(page, gpu_studio, "wasm")
    assert expected.max() > 200, "there is a person"
    assert expected.min() < 50, "there is a room"
    for backend in GPUS:
        seen = _mask(page, gpu_studio, backend)
        assert np.abs(seen - expected).max() <= ROUNDING, backend
    page.close()


def test_automatic_leaves_a_gpu_of_software_alone(gpu_studio: Studio) -> None:
    page, told = _published(gpu_studio, "automatic")
    gpu_studio.guard.requests.clear()
    assert stats(page)["backend"] == "wasm"
    assert page.evaluate("cyclorama.settings.backend") == "automatic"
    eventually(page, lambda: sum("is software" in line for line in told) >= 1, "it says why")
    page.evaluate("cyclorama.configure({ stride: 8 })")
    assert not [url for url in gpu_studio.guard.requests if "tfjs-backend-web" in url]
    page.close()


@pytest.mark.parametrize("backend", GPUS)
def test_a_lost_gpu_gives_way_to_webassembly(gpu_studio: Studio, backend: str) -> None:
    page, told = _published(gpu_studio, backend)
    assert stats(page)["backend"] == backend
    recorder = start(page, gpu_studio.site, "track", boxes=GRID.boxes())
    page.wait_for_timeout(1000)
    back_ms = page.evaluate(f"""async () => {{
      {gpu.LOSE};
      const start = performance.now();
      const live = () => cyclorama.state === 'live' && cyclorama.stats().backend === 'wasm';
      const spent = () => performance.now() - start;
      while (!live() && spent() < 30_000) await new Promise((wake) => setTimeout(wake, 10));
      return spent();
    }}""")
    page.wait_for_timeout(1000)
    seen = recorder.stop()
    assert back_ms <= BACK_MS
    assert max(GRID.decoded(frame.boxes) for frame in seen.frames) < VISIBLE
    assert len({frame.hash for frame in seen.frames[-15:]}) > 3, "the picture moves again"
    assert page.evaluate("errors") == []
    assert any("goes on in WebAssembly" in line for line in told)
    page.close()


def test_where_no_gpu_can_be_had_webassembly_serves(studio: Studio) -> None:
    """As the one before, in a browser without an adapter: nothing that a user would see."""
    studio.guard.allow("No available adapters")
    page, told = _published(studio, "webgpu")
    assert stats(page)["backend"] == "wasm"
    assert page.evaluate("errors") == []
    eventually(page, lambda: any("does not use webgpu" in line for line in told), "it says why")
