"""Clips whose frames carry their number on the person, and the true matte of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from cyclorama.types import Bytes
from tests.bench.matte import footage
from tests.harness import clips, marker

NAMES = ("talk-office", "talk-livingroom")

PLACE = clips.OFFICE_MARKER
"""Left and top of the barcode; the man is the same in both rooms."""

INSIDE = 32
"""Pixels; a barcode nearer than this to his outline would change what is measured there."""

MOST = 1 << marker.NUMBER_BITS
"""Frames that a barcode can number."""


@dataclass(frozen=True)
class NumberedClip:
    """A clip for the fake camera.

    Attributes:
        frames: (H, W, 3) uint8 BGR by number, barcode included.
        truths: (H, W) uint8 by number.
    """

    name: str
    frames: tuple[Bytes, ...]
    truths: tuple[Bytes, ...]

    @property
    def width(self) -> int:
        """Pixels."""
        return self.frames[0].shape[1]

    @property
    def height(self) -> int:
        """Pixels."""
        return self.frames[0].shape[0]

    def write(self, folder: Path) -> Path:
        """Write what the camera plays, forward and then backward."""
        return clips.write(folder / f"{self.name}.y4m", self.frames, there_and_back=True)

    def camera_frame(self, number: int) -> Bytes:
        """What a worker reads from the camera's track, (H, W, 3) uint8 RGB.

        Computed, because a recording would have to catch every number. It is within two levels of
        what Chromium gives, 0.1 on average; `session` makes sure of that in each run.
        """
        planes = cv2.cvtColor(self.frames[number], cv2.COLOR_BGR2YUV_I420)
        return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420), np.uint8)


def require(names: Iterable[str]) -> None:
    """Make sure that these clips of the shared footage are there.

    Raises:
        NoFootageError: one is not.
    """
    needed = [*map(footage.clip, names), footage.TRUTH]
    if not all(path.is_file() for path in needed):
        files = ", ".join(path.name for path in needed)
        raise footage.NoFootageError(
            f"The live evaluation needs footage that is not in {footage.CLIPS}: {files}."
        )


def read(name: str) -> NumberedClip:
    """Read a clip of the shared footage and number its frames.

    Raises:
        NoFootageError: it is not what is expected.
    """
    frames = list(footage.pictures(footage.clip(name)))
    return number(name, frames, footage.mattes(footage.TRUTH))


def number(
    name: str,
    frames: Sequence[Bytes],
    truths: Sequence[Bytes],
    place: tuple[int, int] = PLACE,
) -> NumberedClip:
    """Draw each frame's number on it, in place; `place` is left and top of the barcode.

    Raises:
        NoFootageError: there is no room for the numbers.
    """
    if not len(frames) == len(truths) <= MOST:
        raise footage.NoFootageError(
            f"{name} has {len(frames)} frames and {len(truths)} mattes; as many of both are "
            f"needed, and {MOST} at most."
        )
    if _distance_inside(truths, place) < INSIDE:
        raise footage.NoFootageError(f"In {name}, the barcode comes too near to the outline.")
    for index, frame in enumerate(frames):
        marker.draw(frame, index, *place)
    return NumberedClip(name, tuple(frames), tuple(truths))


def _distance_inside(truths: Sequence[Bytes], place: tuple[int, int]) -> float:
    """How far inside the person the barcode is at least, in pixels, in every frame.

    The lower border of the picture is no outline: the person goes on beyond it.
    """
    whole = np.minimum.reduce(truths) > 250
    beyond = np.pad(whole.astype(np.uint8), 1, mode="edge")
    distance = cv2.distanceTransform(beyond, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
    left, top = place
    height, width = marker.ROWS * marker.CELL, marker.COLUMNS * marker.CELL
    return float(distance[top : top + height, left : left + width].min())
