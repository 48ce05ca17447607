"""Does once what the product does, so that all is imported and called that it ever needs.

Runs inside Pyodide while the bundle is made. What neither this nor `MARGIN` imports is left out of
the bundle; what of OpenCV this does not call is fetched only when somebody calls it (split.py).
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

SIZES = ((72, 96), (480, 640), (201, 357), (720, 1280), (640, 360))
"""Height and width of cameras: OpenCV has other functions for what divides well."""

GRIDS = ((5, 7), (12, 17), (480, 640))
"""Of masks: BodyPix's, and a segmenter's that has one value for each pixel."""

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
        for width, height in ((32, 18), (320, 180), (854, 480)):
            bridge.scene(name, width, height)
    for height, width in SIZES:
        bridge.resize(width, height)
        for step in quality.STEPS:
            bridge.configure(30, 0.5, step, 0.5)
            for rows, columns in GRIDS:
                _play(bridge, rows, columns)
        bridge.restart()


def _play(bridge: Bridge, rows: int, columns: int) -> None:
    plates = (
        lambda: bridge.plate_color(1, 2, 3),
        lambda: bridge.plate_blur(0.6),
        lambda: bridge.plate_scene(next(iter(scenes.SCENES))),
        lambda: bridge.plate_image(_Picture(), 8, 6),
        lambda: bridge.plate_slides("right", 0.5),
        lambda: bridge.plate_brand(40, 90, 80, _Image(), _Image()),
        lambda: bridge.plate_brand(40, 90, 80, None, None),
    )
    for index in range(FRAMES):
        plates[index % len(plates)]()
        _frame(bridge, index)
        _mask(bridge, index, rows, columns)
        bridge.repeated(index * PERIOD_US / 1000)
        bridge.resolution()
        bridge.stats(index * PERIOD_US / 1000)


def _frame(bridge: Bridge, index: int) -> None:
    now_ms, timestamp = index * PERIOD_US / 1000, index * PERIOD_US
    bridge.plan(now_ms)
    frame = bridge.frame()
    if index % 5 != 3:
        # No numpy.random here: whether that is shipped is for the product alone to decide.
        pattern = np.arange(frame.size, dtype=np.uint32).reshape(frame.shape)
        # A light goes on.
        frame[...] = (pattern // 97 + pattern * 31 % (40 + index)) % 200 + (40 if index > 5 else 0)
        # Somebody moves, in front of a room that does not.
        frame[frame.shape[0] // 3 :, 20 + 2 * index : 50 + 2 * index] = 90
    bridge.adapter_took(bridge.adapter(), 1.0)
    bridge.met(now_ms)
    bridge.arrived(now_ms, timestamp, mask=True, slide=True)
    for width, height in ((33, 17), (frame.shape[1] // 2, frame.shape[0] // 2)):
        bridge.look(width, height)
    for width, height in ((90, 48), (1920, 1080)):
        if (slide := bridge.slide(width, height)) is not None:
            slide[...] = index
            bridge.slide_written()
    bridge.render(now_ms, timestamp, 1.0)
    bridge.pressed(now_ms)
    bridge.shown(now_ms, 1.0)
    for strength in (0.2, 1.0):
        bridge.glimpse_blur(strength, 32, 18)


def _mask(bridge: Bridge, index: int, rows: int, columns: int) -> None:
    now_ms, timestamp = index * PERIOD_US / 1000, index * PERIOD_US
    logits = np.full((rows, columns), -6, np.float32)
    # Nobody, everywhere, somebody.
    if index % 6 == 4:
        logits[...] = 6
    elif index % 6 != 5:
        logits[rows // 3 :, columns // 4 + index % 3 : columns // 2 + index % 3] = 6
    bridge.mask(columns, rows)[...] = encode(logits)[..., None]
    bridge.learn(0.5 / columns, 0.5 / rows, 1 / columns, 1 / rows, timestamp)
    bridge.learned(now_ms, 1.0)
    bridge.mask_settled(now_ms)
