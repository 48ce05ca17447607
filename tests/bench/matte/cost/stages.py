"""Times the product's stages over scenes, natively as in Pyodide.

Only the package under test and what it stands on is imported: in Pyodide there is nothing else.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from cyclorama import plate, quality
from cyclorama.logits import Grid
from cyclorama.pipeline import Pipeline
from cyclorama.types import Bytes

STAGES = ("matte", "mask", "composite", "copy")
"""`matte` and `composite` are what `Pipeline.render` calls so, `mask` is `Pipeline.learn`, and
`copy` a plain copy of the frame, as a measure of the machine."""

Scene = Mapping[str, NDArray[Any]]
"""What is played; `scene.Scene` says what is in it."""

Times = dict[str, list[float]]
"""Milliseconds by stage: a time for each frame, of `mask` for each mask."""

TURN = 30
"""Frames that a row takes before it is the next one's turn: a second of a call."""

COPIES = 8
"""Timed together: a browser's clock ticks ten times in a millisecond."""

PLATES: dict[str, Callable[[Bytes], plate.Plate]] = {
    "image": plate.image,
    "colour": lambda picture: plate.color((32, 96, 64)),
    "blur": lambda picture: plate.Blur(0.6),
}
"""By name; made of a picture, for those that show one."""


class Row(NamedTuple):
    """What is timed: a scene by its name, a step of the dial and a plate."""

    scene: str
    step: str = quality.DEFAULT
    plate: str = "image"


class Turns:
    """Rows that take turns of TURN frames.

    What else the machine does meets all alike, and still each runs long enough at a stretch to have
    the processor's caches to itself, as in a call.

    Args:
        scenes: by name, all of one length.
        rows: by name.
    """

    def __init__(self, scenes: Mapping[str, Scene], rows: Mapping[str, Row]) -> None:
        cv2.setNumThreads(1)  # Pyodide has no more
        self._players = {name: _Player(scenes[row.scene], row) for name, row in rows.items()}
        self._length = min(scenes[row.scene]["made"].size for row in rows.values())
        self._next = 0

    def take(self) -> bool:
        """Let each row take its next turn; gives whether there is one after it."""
        first, self._next = self._next, min(self._next + TURN, self._length)
        for player in self._players.values():
            for index in range(first, self._next):
                player.play(index)
        return self._next < self._length

    def times(self) -> dict[str, Times]:
        """What was timed of each row, the warm-up left out."""
        return {name: player.times for name, player in self._players.items()}

    def times_json(self) -> str:
        """The same for JavaScript."""
        return json.dumps(self.times())


def measure(scenes: Mapping[str, Scene], rows: Mapping[str, Row]) -> dict[str, Times]:
    """Play scenes through the product, by rows, and time it."""
    turns = Turns(scenes, rows)
    while turns.take():
        pass
    return turns.times()


def save(folder: Path, scenes: Mapping[str, Scene], rows: Mapping[str, Row]) -> None:
    """Write scenes and rows into a folder for `load`."""
    for name, scene in scenes.items():
        np.savez(folder / f"{name}.npz", **scene)  # type: ignore[arg-type]
    (folder / "rows.json").write_text(json.dumps(rows))


def load(folder: str) -> Turns:
    """The rows of a folder that `save` wrote."""
    scenes = {}
    for path in Path(folder).glob("*.npz"):
        with np.load(path) as file:
            scenes[path.stem] = dict(file)
    rows = json.loads((Path(folder) / "rows.json").read_text())
    return Turns(scenes, {name: Row(*row) for name, row in rows.items()})


class _Player:
    """One row at work, and its times."""

    def __init__(self, scene: Scene, row: Row) -> None:
        self.times: Times = {stage: [] for stage in STAGES}
        self._scene = scene
        self._grid = Grid(*scene["grid"].tolist())
        frames = scene["frames"]
        self._spare = np.zeros_like(frames[0])
        self._pipeline = Pipeline()
        self._pipeline.turn(row.step)
        _, height, width, _ = frames.shape
        self._pipeline.resize((height, width))
        self._pipeline.plate = PLATES[row.plate](frames[0])

    def play(self, index: int) -> None:
        """Take the next frame, and then the mask that has come meanwhile, as the product does."""
        if index == int(self._scene["warm_up"]):
            self.times = {stage: [] for stage in STAGES}
        pipeline = self._pipeline
        height, width = pipeline.size
        # The array may be larger than the frame.
        pipeline.frame[:height, :width] = self._scene["frames"][self._picture(index)]
        for stage, ms in (pipeline.render(self._timestamp(index)) or {}).items():
            self.times[stage].append(ms)
        made = int(self._scene["made"][index])
        if made >= 0:
            mask = self._scene["masks"][self._picture(made)]
            pipeline.mask(mask.shape)[...] = mask[..., None]
            with _timed(self.times["mask"]):
                pipeline.learn(self._grid, self._timestamp(made))
        with _timed(self.times["copy"], COPIES):
            for _ in range(COPIES):
                np.copyto(self._spare, pipeline.frame)

    def _picture(self, index: int) -> int:
        return int(self._scene["pictures"][index])

    def _timestamp(self, index: int) -> int:
        return int(self._scene["timestamps"][index])


@contextmanager
def _timed(times: list[float], shares: int = 1) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times.append((time.perf_counter() - start) * 1000 / shares)
