"""A contact sheet, to judge the matte by eye: frame, matte, and the person on other plates.

Of each clip it shows the frame in which the person moves most and the one in which they move least,
so that nobody picks the pretty ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from cyclorama import plate
from cyclorama.blend import Blend
from cyclorama.matte import Matte
from cyclorama.types import Bytes
from tests.bench.matte import masks
from tests.bench.matte.play import REALISTIC
from tests.bench.matte.scenes import FPS
from tests.bench.matte.takes import Take

LEARNED = 30
"""Frames that are not shown: the room is being learned."""

WIDTH = 320
"""Pixels of one picture on the sheet."""

QUALITY = 82
"""Of the JPEG."""

HEADINGS = ("camera", "matte", "on white", "on black", "on blur")
HEADING, FOOTING = 26, 22
CREDIT = "Footage: intel-iot-devkit/sample-videos, CC BY 4.0. Derived pictures."


def write(path: Path, takes: Sequence[Take], segmenter: masks.Segmenter) -> None:
    """Write the sheet of some takes as a JPEG file."""
    rows = [row for take in takes for row in _rows(take, segmenter)]
    width = rows[0].shape[1]
    head = np.full((HEADING, width, 3), 255, np.uint8)
    for column, text in enumerate(HEADINGS):
        _print(head, text, column * WIDTH + 6)
    foot = np.full((FOOTING, width, 3), 255, np.uint8)
    _print(foot, CREDIT, 6)
    sheet = np.vstack([head, *rows, foot])
    path.write_bytes(cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes())


def _rows(take: Take, segmenter: masks.Segmenter) -> Iterator[Bytes]:
    height, width = take.frame(0).shape[:2]
    matte = Matte((height, width))
    blend = Blend((height, width), matte.small)
    alphas = _alphas(take, matte, segmenter)
    motion = [_motion(take, alphas, index) for index in range(LEARNED, len(alphas))]
    for index in (LEARNED + int(np.argmin(motion)), LEARNED + int(np.argmax(motion))):
        frame, alpha = take.frame(index), alphas[index]
        pictures = [frame, cv2.cvtColor(blend.enlarge(alpha), cv2.COLOR_GRAY2RGBA)]
        for behind in (plate.color((255, 255, 255)), plate.color((0, 0, 0)), plate.Blur(0.6)):
            output = np.empty_like(frame)
            blend.composite(frame, behind.paint(frame, alpha), alpha, output)
            pictures.append(output)
        yield np.hstack([_small(np.asarray(picture, np.uint8)) for picture in pictures])


def _alphas(take: Take, matte: Matte, segmenter: masks.Segmenter) -> list[Bytes]:
    """The small alpha of every frame, on the realistic schedule; empty before the first."""
    said = segmenter.masks(take, REALISTIC.indices(len(take)))
    height, width = take.frame(0).shape[:2]
    grid = segmenter.settings.grid(width, height)
    alphas = []
    for index in range(len(take)):
        matte.observe(take.frame(index), round(index * 1e6 / FPS))
        made = REALISTIC.arriving(index)
        if made is not None:
            matte.learn(said[made], grid, round(made * 1e6 / FPS), 0.5)
        alpha = matte.alpha()
        alphas.append(np.zeros(matte.small, np.uint8) if alpha is None else alpha)
    return alphas


def _motion(take: Take, alphas: Sequence[Bytes], index: int) -> float:
    """Mean change of the person's luma since the frame before, levels."""
    person = alphas[index] > 127
    now, before = (
        cv2.resize(cv2.cvtColor(take.frame(k), cv2.COLOR_RGBA2GRAY), person.shape[::-1])
        for k in (index, index - 1)
    )
    return float(cv2.absdiff(now, before)[person].mean()) if person.any() else 0.0


def _small(picture: Bytes) -> Bytes:
    height = round(picture.shape[0] * WIDTH / picture.shape[1])
    shrunk = cv2.resize(picture[..., 2::-1], (WIDTH, height), interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, np.uint8)


def _print(strip: Bytes, text: str, left: int) -> None:
    place = (left, strip.shape[0] - 7)
    cv2.putText(strip, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA)
