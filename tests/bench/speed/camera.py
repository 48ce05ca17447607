"""The clip that the fake camera plays: 30 fps, a loop without a jump, at two sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.matte import footage
from tests.bench.matte.scenes import there_and_back
from tests.harness import clips

FOOTAGE = "asl-sister"
"""A person signing, 87 frames of 640×480; no two in a row are equal."""


@dataclass(frozen=True)
class Size:
    """Of a camera's pictures, in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"


VGA = Size(640, 480)
HD = Size(1280, 720)


def name() -> str:
    """What the camera shows."""
    return FOOTAGE if footage.clip(FOOTAGE).is_file() else "portrait"


def write(folder: Path, size: Size) -> Path:
    """Write the clip; gives its file. That of HD has 240 MB.

    Lossless at that size too: of motion JPEG, Chromium showed 27 frames per second instead of 30
    and took 11 ms of processor time for each instead of 7.
    """
    source = footage.clip(FOOTAGE)
    frames = (
        there_and_back(list(footage.pictures(source)))
        if source.is_file()
        else clips.portrait_room()
    )
    pictures = [clips.cover(frame, size.width, size.height) for frame in frames]
    return clips.write(folder / f"camera-{size}.y4m", pictures, there_and_back=False)


def write_all(folder: Path, sizes: Iterable[Size]) -> dict[Size, Path]:
    """Write the clips of these sizes; gives their files."""
    return {size: write(folder, size) for size in set(sizes)}
