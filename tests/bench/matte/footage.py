"""Where footage is, and how it is read."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from cyclorama.types import Bytes
from tools.paths import ROOT

WIDTH = 640
"""Pixels; every clip is measured at this width, so that a pixel of error means the same."""

SHARED = ROOT.parent / "shared"
CLIPS = SHARED / "clips"
PHOTOGRAPHS = SHARED / "backgrounds"


class NoFootageError(Exception):
    """Footage is missing or cannot be read; the message says which, and what to do."""


def clip(name: str) -> Path:
    """Path of a clip of the shared footage."""
    return CLIPS / f"{name}.mp4"


TRUTH = CLIPS / "talk-matte.mkv"
"""The true matte of `talk-office` and of `talk-livingroom`."""


def pictures(path: Path) -> Iterator[Bytes]:
    """Every frame of a video at WIDTH, (H, 640, 3) uint8 BGR."""
    capture = cv2.VideoCapture(str(path))
    more, frame = capture.read()
    if not more:
        raise NoFootageError(f"{path} could not be read as a video; give another file.")
    while more:
        yield fit(np.asarray(frame, np.uint8))
        more, frame = capture.read()


@functools.lru_cache(maxsize=3)
def stored(path: Path) -> tuple[Bytes, ...]:
    """The frames of `pictures`, remembered."""
    return tuple(pictures(path))


@functools.lru_cache(maxsize=2)
def mattes(path: Path) -> tuple[Bytes, ...]:
    """Every frame of a video of mattes, (H, 640) uint8."""
    return tuple(picture[..., 0].copy() for picture in pictures(path))


def photograph(name: str) -> Bytes:
    """One of the shared photographs, (h, w, 3) uint8 BGR."""
    path = PHOTOGRAPHS / f"{name}.jpg"
    picture = cv2.imread(str(path))
    if picture is None:
        raise NoFootageError(f"{path} could not be read as a picture.")
    return np.asarray(picture, np.uint8)


def fit(picture: Bytes) -> Bytes:
    """A picture scaled to WIDTH; its height becomes even."""
    height, width = picture.shape[:2]
    if width == WIDTH:
        return picture
    rows = 2 * round(height * WIDTH / width / 2)
    way = cv2.INTER_AREA if width > WIDTH else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (WIDTH, rows), interpolation=way), np.uint8)
