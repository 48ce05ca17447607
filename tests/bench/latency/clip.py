"""What the camera plays: every frame carries its number on the person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cyclorama.types import Bytes
from tests.bench.matte import footage
from tests.bench.matte.live import numbered
from tests.bench.matte.scenes import there_and_back
from tests.bench.speed.camera import VGA, Size
from tests.harness import clips, marker

Place = tuple[int, int]
"""Left and top, in pixels."""

ROOM = "talk-office"

LENGTH = 128
"""Frames, played forward and then backward; each showing of one has a number of its own."""

PORTRAIT_PLACE = 265, 345
"""Of the barcode on her suit, at 640×480."""


@dataclass(frozen=True)
class Clip:
    """A file for the fake camera, and where the barcode is in its frames."""

    path: Path
    boxes: list[marker.Box]
    """Of the barcode's cells."""


def write(folder: Path, size: Size) -> Clip:
    """Write the clip at a size.

    Raises:
        NoFootageError: the barcode comes too near to the person's outline.
    """
    frames, place = _filmed(size) if _have_footage() else _portrait(size)
    path = clips.write(folder / f"numbered-{size}.y4m", frames, there_and_back=False)
    return Clip(path, marker.boxes(*place, size.width, size.height))


def _have_footage() -> bool:
    return footage.clip(ROOM).is_file() and footage.TRUTH.is_file()


def _filmed(size: Size) -> tuple[list[Bytes], Place]:
    """A seated man, whose true mattes say that the barcode is on him."""
    filmed = list(footage.pictures(footage.clip(ROOM)))[:LENGTH]
    mattes = footage.mattes(footage.TRUTH)[:LENGTH]
    frames = [clips.cover(each, size.width, size.height).copy() for each in there_and_back(filmed)]
    truths = [clips.cover(each, size.width, size.height) for each in there_and_back(mattes)]
    height, width = filmed[0].shape[:2]
    place = placed(numbered.PLACE, Size(width, height), size)
    numbered.number(ROOM, frames, truths, place)
    return frames, place


def _portrait(size: Size) -> tuple[list[Bytes], Place]:
    frames = [clips.cover(each, size.width, size.height) for each in clips.portrait_room()]
    place = placed(PORTRAIT_PLACE, VGA, size)
    for number, frame in enumerate(frames):
        marker.draw(frame, number, *place)
    return frames, place


def placed(place: Place, before: Size, after: Size) -> Place:
    """Where a place is once `clips.cover` has brought its picture to another size."""
    scale = max(after.width / before.width, after.height / before.height)
    left = place[0] * scale - (before.width * scale - after.width) / 2
    top = place[1] * scale - (before.height * scale - after.height) / 2
    return round(left), round(top)
