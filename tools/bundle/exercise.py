"""Does once what the product does, so that all is imported that it ever imports.

Runs inside Pyodide while the bundle is made. What neither this nor `MARGIN` meets is left out of
the bundle.
"""

from __future__ import annotations

from importlib import import_module

import numpy as np

from cyclorama import quality, scenes
from cyclorama.bridge import Bridge
from cyclorama.logits import encode

MARGIN = (
    # What Pyodide and Python themselves import when something goes wrong or is first used.
    "asyncio", "encodings.ascii", "encodings.latin_1", "json", "linecache", "logging",
    "pyodide.code", "pyodide.ffi.wrappers", "pyodide.http", "pyodide.webloop", "traceback",
    "unicodedata", "zipfile",
    # What is likely to be imported by the next line that somebody writes.
    "base64", "bisect", "dataclasses", "enum", "heapq", "random", "time",
)  # fmt: skip

SIZES = ((480, 640), (72, 96))
FRAMES = 12
PERIOD_US = 33_333


class _Picture:
    """As Pyodide gives a JavaScript buffer."""

    def to_bytes(self) -> bytes:
        # Opaque here and there, as a logo may be.
        return bytes(range(4 * 8 * 6))


class _Image:
    """As Pyodide gives a JavaScript ImageData."""

    data, width, height = _Picture(), 8, 6


def exercise() -> None:
    """Import and run everything once."""
    for name in MARGIN:
        import_module(name)
    bridge = Bridge()
    bridge.offer(2)
    for name in scenes.SCENES:
        for width, height in ((32, 18), (854, 480)):
            bridge.scene(name, width, height)
    for height, width in SIZES:
        bridge.resize(width, height)
        for step in quality.STEPS:
            bridge.configure(30, 0.5, step, 0.5)
            _play(bridge)
    bridge.restart()


def _play(bridge: Bridge) -> None:
    plates = (
        lambda: bridge.plate_color(1, 2, 3),
        lambda: bridge.plate_blur(0.6),
        lambda: bridge.plate_scene(next(iter(scenes.SCENES))),
        lambda: bridge.plate_image(_Picture(), 8, 6),
        lambda: bridge.plate_slides("right", 0.5),
        lambda: bridge.plate_brand(40, 90, 80, _Image(), _Image()),
        lambda: bridge.plate_brand(40, 90, 80, None, None),
    )
    logits = np.full((5, 7), -6, np.float32)
    logits[2:, 2:5] = 6
    for index in range(FRAMES):
        plates[index % len(plates)]()
        now_ms, timestamp = index * PERIOD_US / 1000, index * PERIOD_US
        bridge.plan(now_ms)
        bridge.arrived(now_ms, timestamp, mask=True, slide=True)
        frame = bridge.frame()
        # No numpy.random here: whether that is shipped is for the product alone to decide.
        frame[...] = np.arange(index, index + frame.size).reshape(frame.shape) % 251
        bridge.adapter_took(bridge.adapter(), 1.0)
        bridge.look(33, 17)
        for width, height in ((90, 48), (1920, 1080)):
            if (slide := bridge.slide(width, height)) is not None:
                slide[...] = index
                bridge.slide_written()
        bridge.render(now_ms, timestamp, 1.0)
        bridge.pressed(now_ms)
        bridge.shown(now_ms, 1.0)
        bridge.mask(7, 5)[...] = encode(logits)[..., None]
        bridge.learn(0.0, 0.0, 1 / 7, 1 / 5, timestamp)
        bridge.learned(now_ms, 1.0)
        bridge.mask_settled(now_ms)
        bridge.repeated(now_ms)
        bridge.resolution()
        bridge.stats(now_ms)
