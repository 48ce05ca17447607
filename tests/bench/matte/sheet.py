"""A contact sheet, to judge the matte by eye: frame, matte, and the person on other plates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from cyclorama import logits, ops, plate
from cyclorama.blend import Blend
from cyclorama.matte import Matte
from cyclorama.types import Bytes
from tests.bench.matte import footage, masks, moments
from tests.bench.matte.methods import Alpha
from tests.bench.matte.play import REALISTIC
from tests.bench.matte.scenes import FPS
from tests.bench.matte.takes import Take

WIDTH = 320
"""Pixels of one picture on the sheet."""

QUALITY = 82
"""Of the JPEG."""

HEADINGS = ("camera", "matte", "on white", "on black", "on blur")
HEADING, CAPTION = 26, 20
CREDITS = {"asl": "Footage: intel-iot-devkit/sample-videos, CC BY 4.0. Derived pictures."}
"""What the licence asks for, by the group of the scenes."""


def write(path: Path, takes: Sequence[Take], segmenter: masks.Segmenter) -> None:
    """Write the sheet of some takes as a JPEG file.

    Raises:
        NoFootageError: a take is too short, or there is none.
    """
    rows = [row for take in takes for row in _rows(take, segmenter)]
    if not rows:
        raise footage.NoFootageError("--only leaves no clip of a real camera to draw.")
    head = _strip("", HEADING)
    for column, text in enumerate(HEADINGS):
        _print(head, text, column * WIDTH + 6)
    groups = dict.fromkeys(take.scene.group for take in takes)
    feet = [_strip(CREDITS[group], HEADING) for group in groups if group in CREDITS]
    sheet = np.vstack([head, *rows, *feet])
    path.write_bytes(cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes())


def _rows(take: Take, segmenter: masks.Segmenter) -> Iterator[Bytes]:
    height, width = take.frame(0).shape[:2]
    said = segmenter.masks(take, REALISTIC.indices(len(take)))
    grid = segmenter.settings.grid(width, height)
    matte = Matte((height, width))
    blend = Blend((height, width), matte.small)
    full = Alpha((height, width), matte)
    alphas = _alphas(take, matte, said, grid)
    for manner, index in moments.moments(take, said, grid).items():
        yield _strip(f"{take.scene.name}, {manner} (frame {index})", CAPTION)
        frame, alpha = take.frame(index), alphas[index]
        colour = ops.rgb(ops.shrink(frame, matte.small))
        pictures = [frame, cv2.cvtColor(full.enlarge(alpha), cv2.COLOR_GRAY2RGBA)]
        for behind in (plate.color((255, 255, 255)), plate.color((0, 0, 0)), plate.Blur(0.6)):
            output = np.empty_like(frame)
            painted = behind.paint((height, width), colour, alpha)
            blend.composite(frame, painted, alpha, output)
            pictures.append(output)
        yield np.hstack([_small(np.asarray(picture, np.uint8)) for picture in pictures])


def _alphas(take: Take, matte: Matte, said: Mapping[int, Bytes], grid: logits.Grid) -> list[Bytes]:
    """The small alpha of every frame, on the realistic schedule; empty before the first."""
    alphas = []
    for index in range(len(take)):
        matte.observe(take.frame(index), round(index * 1e6 / FPS))
        made = REALISTIC.arriving(index)
        if made is not None:
            matte.learn(said[made], grid, round(made * 1e6 / FPS), 0.5)
        alpha = matte.alpha()
        alphas.append(np.zeros(matte.small, np.uint8) if alpha is None else alpha)
    return alphas


def _small(picture: Bytes) -> Bytes:
    height = round(picture.shape[0] * WIDTH / picture.shape[1])
    shrunk = cv2.resize(picture[..., 2::-1], (WIDTH, height), interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, np.uint8)


def _strip(text: str, height: int) -> Bytes:
    strip = np.full((height, WIDTH * len(HEADINGS), 3), 255, np.uint8)
    _print(strip, text, 6)
    return strip


def _print(strip: Bytes, text: str, left: int) -> None:
    place = (left, strip.shape[0] - 6)
    cv2.putText(strip, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
