"""What a webcam makes of a scene. Without it, a learned clean plate looks too good."""

from __future__ import annotations

import math

import cv2
import numpy as np

from cyclorama.types import Bytes, Floats, Size

DRIFT = 0.02
"""Slow drift of the gain, either way."""

DRIFT_PERIOD = 270
"""Frames."""

EXPOSURE = 0.25
"""How much the gain rises with the share of the picture that the person takes."""

USUAL_SHARE = 0.4
"""Share of the picture at which the exposure is neutral."""

EXPOSURE_LAG = 10
"""Frames; time constant of the exposure."""

LUMA_NOISE = 2.2
CHROMA_NOISE = 1.6
"""Standard deviations in levels; the chroma's is made at half resolution."""

QUALITY = 80
"""Of the motion JPEG."""


GRAINS = 8
"""Fields of noise that are made; each frame takes a piece of one from a place of its own."""


class Camera:
    """A webcam with slow automatic exposure, sensor noise and motion JPEG; the same every time."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(1)
        self._grains: Floats | None = None
        self._time = 0
        self._share: float | None = None

    def shoot(self, picture: Bytes, alpha: Bytes) -> Bytes:
        """The JPEG file, (n,) uint8, of a scene (H, W, 3) BGR with a person of this alpha."""
        height, width = picture.shape[:2]
        gain = self._gain(cv2.mean(alpha)[0] / 255)
        luma, *chroma = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb))
        grain = self._grain((height, width)) * np.float32(LUMA_NOISE)
        planes = [_bytes(cv2.addWeighted(luma, gain, grain, 1, 0, dtype=cv2.CV_32F))]
        for plane in chroma:
            half = self._grain((height // 2, width // 2)) * np.float32(CHROMA_NOISE)
            grain = np.asarray(cv2.resize(half, (width, height)), np.float32)
            neutral = 128 * (1 - gain)
            planes.append(_bytes(cv2.addWeighted(plane, gain, grain, 1, neutral, dtype=cv2.CV_32F)))
        noisy = cv2.cvtColor(cv2.merge(planes), cv2.COLOR_YCrCb2BGR)
        return jpeg(np.asarray(noisy, np.uint8))

    def _gain(self, share: float) -> float:
        old = share if self._share is None else self._share
        self._share = old + (share - old) / EXPOSURE_LAG
        drift = DRIFT * math.sin(2 * math.pi * self._time / DRIFT_PERIOD)
        self._time += 1
        return 1 + drift + EXPOSURE * (self._share - USUAL_SHARE)

    def _grain(self, size: Size) -> Floats:
        height, width = size
        if self._grains is None:
            shape = (GRAINS, height + 64, width + 64)
            self._grains = self._random.standard_normal(shape, np.float32)
        field, top, left = self._random.integers((GRAINS, 64, 64))
        return self._grains[field, top : top + height, left : left + width]


def _bytes(plane: cv2.typing.MatLike) -> Bytes:
    return np.clip(np.rint(plane), 0, 255).astype(np.uint8)


def jpeg(picture: Bytes, quality: int = QUALITY) -> Bytes:
    """A BGR picture as a JPEG file, (n,) uint8."""
    _, file = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(file, np.uint8).reshape(-1)
