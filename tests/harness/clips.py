"""Camera clips: what Chromium's fake camera plays, as lossless .y4m files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.harness import marker
from tests.harness.grid import CodeGrid
from tools.paths import ROOT

Picture = NDArray[np.uint8]

FOOTAGE = ROOT.parent / "shared" / "clips"
FPS = 30

LIVELY = slice(148, 208)
"""Frames of `talk-office` in which the man moves so much that a matte five frames late is wrong
by more than 8 px: the median over the whole clip would not notice."""

OFFICE_MARKER = (205, 350)
"""Left and top of the barcode on his chest, far inside his outline in every frame."""


@dataclass(frozen=True)
class Truth:
    """What is known of the clip `office`, by the number that its frames carry."""

    frames: list[Picture]
    """(384, 640, 3) BGR, barcode included."""
    mattes: list[Picture]
    """(384, 640), 255 is person."""


def have_footage() -> bool:
    """Whether the footage with true mattes lies beside the repository."""
    return (FOOTAGE / "talk-office.mp4").is_file()


def office() -> Truth:
    """A man talking in an office, each frame with its number on his chest."""
    frames = read(FOOTAGE / "talk-office.mp4")[LIVELY]
    mattes = [frame[..., 0] for frame in read(FOOTAGE / "talk-matte.mkv")[LIVELY]]
    for number, frame in enumerate(frames):
        marker.draw(frame, number, *OFFICE_MARKER)
    return Truth(frames, mattes)


def office_room() -> list[Picture]:
    """The same man at 640×480, with the code grid on the walls beside him."""
    frames = [cover(frame, 640, 480) for frame in read(FOOTAGE / "talk-office.mp4")[LIVELY]]
    mattes = [cover(matte, 640, 480)[..., 0] for matte in read(FOOTAGE / "talk-matte.mkv")[LIVELY]]
    person = np.maximum.reduce(mattes) > 0
    _require_distance(person, 32)
    for frame in frames:
        CodeGrid().draw(frame)
    return frames


def portrait_room(seconds: float = 6) -> list[Picture]:
    """A portrait that moves a little, before walls with the code grid, 640×480; loops."""
    count = round(seconds * FPS)
    return [_portrait(number / count) for number in range(count)]


def cover(frame: Picture, width: int, height: int) -> Picture:
    """Scale an (H, W, 3) picture so that it covers that size, and cut off evenly what is over."""
    rows, columns = frame.shape[:2]
    if (columns, rows) == (width, height):
        return frame
    scale = max(width / columns, height / rows)
    rows, columns = round(rows * scale), round(columns * scale)
    scaled = cv2.resize(frame, (columns, rows), interpolation=cv2.INTER_AREA)
    top, left = (rows - height) // 2, (columns - width) // 2
    return np.ascontiguousarray(scaled[top : top + height, left : left + width], np.uint8)


def write(path: Path, frames: Sequence[Picture], *, there_and_back: bool) -> Path:
    """Write BGR frames as a .y4m file that loops without a jump."""
    order: Iterable[Picture] = [*frames, *reversed(frames)] if there_and_back else frames
    height, width = frames[0].shape[:2]
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{FPS}:1 Ip A1:1 C420jpeg\n".encode())
        for frame in order:
            file.write(b"FRAME\n" + cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).tobytes())
    return path


def write_webm(path: Path, frames: Sequence[Picture]) -> Path:
    """Write BGR frames as a .webm file."""
    height, width = frames[0].shape[:2]
    codec = cv2.VideoWriter.fourcc(*"VP80")
    writer = cv2.VideoWriter(str(path), codec, FPS, (width, height))
    if not writer.isOpened():
        raise ValueError(f"{path} could not be written")
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path


def read(path: Path) -> list[Picture]:
    """The BGR frames of a video file."""
    capture = cv2.VideoCapture(str(path))
    frames = []
    while True:
        more, frame = capture.read()
        if not more:
            break
        frames.append(np.asarray(frame, np.uint8))
    if not frames:
        raise ValueError(f"{path} could not be read as a video")
    return frames


def _require_distance(person: NDArray[np.bool_], pixels: int) -> None:
    far = cv2.distanceTransform((~person).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    nearest = far[CodeGrid().area()].min()
    if nearest < pixels:
        raise ValueError(f"the code grid comes within {nearest:.0f} px of the person")


def _portrait(phase: float) -> Picture:
    """One frame; `phase` 0 … 1 is the place in the loop."""
    turn = 2 * np.pi * phase
    scale = 0.78 + 0.02 * np.sin(turn)
    x, y = 320 + 12 * np.sin(turn), 280 + 4 * np.cos(2 * turn)
    # The portrait's middle goes to (x, y); what it does not cover continues its border.
    placing = np.array([[scale, 0, x - 256 * scale], [0, scale, y - 256 * scale]])
    room: Picture = np.asarray(
        cv2.warpAffine(_astronaut(), placing, (640, 480), borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )
    CodeGrid().draw(room)
    return room


def _astronaut() -> Picture:
    from skimage import data

    return np.ascontiguousarray(data.astronaut()[..., ::-1])
