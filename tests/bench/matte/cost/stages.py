"""Times the product's stages over a scene, natively as in Pyodide.

Only the package under test and what it stands on is imported: in Pyodide there is nothing else.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from cyclorama import plate, quality
from cyclorama.blend import Blend
from cyclorama.logits import Grid
from cyclorama.matte import Matte, Parts

STAGES = ("matte", "mask", "composite", "copy")
"""`matte` and `composite` are what `Pipeline.render` calls so, `mask` is `Matte.learn`, and `copy`
a plain copy of the frame, as a measure of the machine."""

Times = dict[str, list[float]]
"""Milliseconds by stage: a time for each frame, of `mask` for each mask."""

THRESHOLD = 0.5
"""The product's default."""


def rows() -> dict[str, Parts]:
    """The steps of the dial, by name; one that differs in the segmenter alone costs the same."""
    found: dict[str, Parts] = {}
    for name, step in quality.STEPS.items():
        if step.parts not in found.values():
            found[name] = step.parts
    return found


def measure(scene: Mapping[str, NDArray[Any]], parts: Parts) -> Times:
    """Play a scene, the arrays of `scene.Scene`, through the product, and time it."""
    cv2.setNumThreads(1)  # Pyodide has no more
    times: Times = {stage: [] for stage in STAGES}
    frames, grid = scene["frames"], Grid(*scene["grid"].tolist())
    frame, output, spare = (np.zeros_like(frames[0]) for _ in range(3))
    matte = Matte(frame.shape[:2], parts)
    blend = Blend(frame.shape[:2], matte.small)
    behind = plate.image(frames[0])
    pictures, timestamps = scene["pictures"].tolist(), scene["timestamps"].tolist()
    for index, made in enumerate(scene["made"].tolist()):
        if index == int(scene["warm_up"]):
            times = {stage: [] for stage in STAGES}
        frame[...] = frames[pictures[index]]
        with _timed(times["matte"]):
            matte.observe(frame, timestamps[index])
            alpha = matte.alpha()
        if alpha is not None:
            with _timed(times["composite"]):
                blend.composite(frame, behind.paint(frame, alpha), alpha, output)
        # As in the product: first the frame, then the mask that has come meanwhile.
        if made >= 0:
            with _timed(times["mask"]):
                matte.learn(scene["masks"][pictures[made]], grid, timestamps[made], THRESHOLD)
        with _timed(times["copy"]):
            np.copyto(spare, frame)
    return times


def measure_file(path: str) -> str:
    """Play the scene in a file through every row; JSON, `Times` by the row's name."""
    with np.load(path) as file:
        scene = dict(file)
    return json.dumps({name: measure(scene, parts) for name, parts in rows().items()})


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times.append((time.perf_counter() - start) * 1000)
