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

Scene = Mapping[str, NDArray[Any]]
"""What is played; `scene.Scene` says what is in it."""

Times = dict[str, list[float]]
"""Milliseconds by stage: a time for each frame, of `mask` for each mask."""

TURN = 30
"""Frames that a row takes before it is the next one's turn: a second of a call."""

THRESHOLD = 0.5
"""The product's default."""


def rows() -> dict[str, Parts]:
    """The steps of the dial, by name; one that differs in the segmenter alone costs the same."""
    found: dict[str, Parts] = {}
    for name, step in quality.STEPS.items():
        if step.parts not in found.values():
            found[name] = step.parts
    return found


def measure(scene: Scene, compared: Mapping[str, Parts]) -> dict[str, Times]:
    """Play a scene through the product, by rows, and time it.

    Rows take turns of TURN frames: what else the machine does meets all alike, and still each runs
    long enough at a stretch to have the processor's caches to itself, as in a call.
    """
    cv2.setNumThreads(1)  # Pyodide has no more
    players = {name: Player(scene, parts) for name, parts in compared.items()}
    length = scene["made"].size
    for first in range(0, length, TURN):
        for player in players.values():
            for index in range(first, min(first + TURN, length)):
                if index == int(scene["warm_up"]):
                    player.forget_times()
                player.play(index)
    return {name: player.times for name, player in players.items()}


def measure_file(path: str) -> str:
    """Play the scene in a file through every row; JSON of what `measure` gives."""
    with np.load(path) as file:
        return json.dumps(measure(dict(file), rows()))


class Player:
    """One row at work, and its times."""

    def __init__(self, scene: Scene, parts: Parts) -> None:
        self._scene = scene
        self._grid = Grid(*scene["grid"].tolist())
        frames = scene["frames"]
        self._frame, self._output, self._spare = (np.zeros_like(frames[0]) for _ in range(3))
        _, height, width, _ = frames.shape
        self._matte = Matte((height, width), parts)
        self._blend = Blend((height, width), self._matte.small)
        self._plate = plate.image(frames[0])
        self.forget_times()

    def forget_times(self) -> None:
        """Count from now on."""
        self.times: Times = {stage: [] for stage in STAGES}

    def play(self, index: int) -> None:
        """Take the next frame, and then the mask that has come meanwhile, as the product does."""
        frame, output = self._frame, self._output
        frame[...] = self._scene["frames"][self._picture(index)]
        with _timed(self.times["matte"]):
            self._matte.observe(frame, self._timestamp(index))
            alpha = self._matte.alpha()
        if alpha is not None:
            with _timed(self.times["composite"]):
                behind = self._plate.paint(frame.shape[:2], self._matte.colour, alpha)
                self._blend.composite(frame, behind, alpha, output)
        made = int(self._scene["made"][index])
        if made >= 0:
            mask = self._scene["masks"][self._picture(made)]
            with _timed(self.times["mask"]):
                self._matte.learn(mask, self._grid, self._timestamp(made), THRESHOLD)
        with _timed(self.times["copy"]):
            np.copyto(self._spare, frame)

    def _picture(self, index: int) -> int:
        return int(self._scene["pictures"][index])

    def _timestamp(self, index: int) -> int:
        return int(self._scene["timestamps"][index])


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times.append((time.perf_counter() - start) * 1000)
