"""The frames and masks that the matte is timed on: a person signing, on the realistic schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import cycle, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cyclorama.logits import Grid
from cyclorama.types import Bytes
from tests.bench.matte import footage, masks, scenes, takes
from tests.bench.matte.play import REALISTIC

CLIP = "asl-sister"
"""640×480: the usual size of a call."""

WARM_UP = 60
"""Frames that are not counted: WebAssembly is compiled twice, the second time while it runs."""

COUNTED = 300
"""Frames, with a third as many masks."""

Scene = dict[str, NDArray[Any]]
"""What `stages.measure` takes, by name:

frames      (n, H, W, 4) uint8, the pictures
masks       (n, h, w) uint8, the logits of each
grid        (4,) float64, the fields of `Grid`
pictures    (T,) int64, the picture shown as each frame
timestamps  (T,) int64, of each frame, microseconds
made        (T,) int64, the frame whose mask comes with each frame, -1 for no mask
warm_up     () int64, frames that do not count
"""


@dataclass(frozen=True)
class Recorded:
    """Pictures of a person and what the segmenter says of each."""

    name: str
    frames: Bytes
    """(n, H, W, 4) RGBA."""
    masks: Bytes
    """(n, h, w) byte logits."""
    grid: Grid


def record(segmenter: masks.Segmenter, most: int | None = None) -> Recorded:
    """The clip's frames, or so many from its middle, where the hands are up.

    Raises:
        NoFootageError: the clip is missing.
        NoSegmenterError: masks are missing and cannot be made.
    """
    path = footage.clip(CLIP)
    if not path.is_file():
        raise footage.NoFootageError(f"The clip that the matte is timed on, {path}, is missing.")
    take = takes.take(scenes.filmed(CLIP, "asl", path))
    # The take has all but the two ends twice.
    count = len(take) // 2 + 1
    said = segmenter.masks(take, range(count))
    length = count if most is None else min(most, count)
    first = (count - length) // 2
    indices = range(first, first + length)
    frames = np.stack([take.frame(index) for index in indices])
    grid = segmenter.settings.grid(frames.shape[2], frames.shape[1])
    return Recorded(CLIP, frames, np.stack([said[index] for index in indices]), grid)


def play(recorded: Recorded, length: int) -> Scene:
    """So many frames of it, forward and backward as often as it takes."""
    return {
        "frames": recorded.frames,
        "masks": recorded.masks,
        "grid": np.array(astuple(recorded.grid)),
        **timeline(len(recorded.frames), length),
        "warm_up": np.array(WARM_UP),
    }


def timeline(count: int, length: int) -> Scene:
    """`pictures`, `timestamps` and `made` of so many frames, made of `count` pictures."""
    order = islice(cycle(scenes.there_and_back(range(count))), length)
    return {
        "pictures": np.fromiter(order, np.int64),
        "timestamps": np.rint(np.arange(length) * 1e6 / scenes.FPS).astype(np.int64),
        "made": np.fromiter(_made(length), np.int64),
    }


def _made(length: int) -> Iterator[int]:
    for index in range(length):
        made = REALISTIC.arriving(index)
        yield -1 if made is None else made
