"""The clip that the fake camera plays: 640×480, 30 fps, a loop without a jump."""

from __future__ import annotations

from pathlib import Path

from tests.bench.matte import footage
from tests.bench.matte.scenes import there_and_back
from tests.harness import clips

FOOTAGE = "asl-sister"
"""A person signing, 87 frames; no two in a row are equal."""


def write(folder: Path) -> tuple[str, Path]:
    """Write the clip; gives its name and its file."""
    path = folder / "camera.y4m"
    source = footage.clip(FOOTAGE)
    if not source.is_file():
        return "portrait", clips.write(path, clips.portrait_room(), there_and_back=False)
    frames = there_and_back(list(footage.pictures(source)))
    return FOOTAGE, clips.write(path, frames, there_and_back=False)
