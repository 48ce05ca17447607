"""What is played: one person, at the usual size, larger, and with more room at the same edge."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from cyclorama import logits
from cyclorama.logits import Grid
from cyclorama.types import Bytes
from tests.bench.matte import footage, masks
from tests.bench.matte.cost import scene
from tests.bench.matte.cost.scene import Recorded
from tests.harness import clips

WIDTH, HEIGHT = 640, 480
LARGE_WIDTH, LARGE_HEIGHT = 1280, 720

PICTURES = 24
"""Of each scene; they have to lie in Pyodide's memory, those of 1280×720 with 3.7 MB each."""


@dataclass(frozen=True)
class Window:
    """A part of the frame, or more than all of it, in fractions of its sides."""

    left: float
    top: float
    width: float
    height: float

    def grid(self, grid: Grid) -> Grid:
        """Where the cells of a grid on the frame lie on the window."""
        return Grid(
            (grid.x - self.left) / self.width,
            (grid.y - self.top) / self.height,
            grid.dx / self.width,
            grid.dy / self.height,
        )


def record() -> Recorded:
    """A person signing at 640×480 with BodyPix's masks, or a portrait with a drawn one."""
    try:
        with masks.Segmenter(masks.Settings()) as segmenter:
            return scene.record(segmenter, PICTURES)
    except (footage.NoFootageError, masks.NoSegmenterError):
        return portrait()


def portrait() -> Recorded:
    """A portrait that moves a little, with one mask for all of its pictures."""
    pictures = clips.portrait_room(PICTURES / clips.FPS)
    frames = np.stack([cv2.cvtColor(picture, cv2.COLOR_BGR2RGBA) for picture in pictures])
    person = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(person, (300, 170), (60, 80), 0, 0, 360, [255], cv2.FILLED)
    cv2.ellipse(person, (310, HEIGHT), (150, 230), 0, 180, 360, [255], cv2.FILLED)
    settings = masks.Settings()
    # BodyPix sees the frame at this size, and answers for every stride-th pixel.
    columns, rows = settings.input_size(WIDTH, HEIGHT)
    seen = cv2.resize(person, (columns, rows), interpolation=cv2.INTER_AREA)[
        :: settings.stride, :: settings.stride
    ]
    mask = logits.encode((seen.astype(np.float32) / 255 * 2 - 1) * logits.LIMIT)
    said = np.stack([mask] * len(frames))
    return Recorded("portrait", frames.astype(np.uint8), said, settings.grid(WIDTH, HEIGHT))


def large(recorded: Recorded) -> Recorded:
    """The middle of a 640×480 recording at 1280×720."""
    rows = WIDTH * LARGE_HEIGHT // LARGE_WIDTH
    top = (HEIGHT - rows) // 2
    size = (LARGE_WIDTH, LARGE_HEIGHT)
    frames = [
        cv2.resize(frame[top : top + rows], size, interpolation=cv2.INTER_CUBIC)
        for frame in recorded.frames
    ]
    window = Window(0, top / HEIGHT, 1, rows / HEIGHT)
    return replace(recorded, frames=_stacked(frames), grid=window.grid(recorded.grid))


def roomy(recorded: Recorded) -> Recorded:
    """A recording with as much room again beside it: twice the area, and the edge as it was."""
    margin = recorded.frames.shape[2] // 2
    frames = [
        cv2.copyMakeBorder(frame, 0, 0, margin, margin, cv2.BORDER_REPLICATE)
        for frame in recorded.frames
    ]
    return replace(
        recorded, frames=_stacked(frames), grid=Window(-0.5, 0, 2, 1).grid(recorded.grid)
    )


def person(recorded: Recorded) -> Bytes:
    """The first mask as most programs use it: (H, W) uint8, 1 is person."""
    _, height, width, _ = recorded.frames.shape
    said = logits.upsample(logits.decode(recorded.masks[0]), recorded.grid, (height, width))
    return (said > 0).astype(np.uint8)


def _stacked(frames: list[cv2.typing.MatLike]) -> Bytes:
    return np.stack(frames).astype(np.uint8)
