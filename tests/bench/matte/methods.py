"""What is compared: the product's matte, and what other products do with the same masks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from cyclorama import logits
from cyclorama.blend import Blend, padded
from cyclorama.matte import Matte, Parts
from cyclorama.types import Bytes, Floats, Size


class Method(Protocol):
    """From frames and late masks to alpha at full size."""

    def observe(self, frame: Bytes, timestamp: int) -> None:
        """Take note of a frame, (H, W, 4) uint8 RGBA."""

    def learn(self, mask: Bytes, grid: logits.Grid, timestamp: int) -> None:
        """Take in the byte logits of the frame with this timestamp."""

    def alpha(self) -> Bytes | None:
        """Alpha of the newest frame, (H, W) uint8; None where none is known."""


class Ours:
    """The product: its matte, and white before black as its compositor has it."""

    def __init__(self, size: Size, parts: Parts) -> None:
        self._size = size
        self._whole = padded(size)
        self._matte = Matte(self._whole, parts)
        self._alpha = Alpha(self._whole, self._matte)

    def observe(self, frame: Bytes, timestamp: int) -> None:
        """See `Method`."""
        missing = [(0, whole - side) for whole, side in zip(self._whole, self._size, strict=True)]
        self._matte.observe(np.pad(frame, [*missing, (0, 0)], mode="edge"), timestamp)

    def learn(self, mask: Bytes, grid: logits.Grid, timestamp: int) -> None:
        """See `Method`."""
        self._matte.learn(mask, grid.on(self._size, self._whole), timestamp, threshold=0.5)

    def alpha(self) -> Bytes | None:
        """See `Method`."""
        height, width = self._size
        small = self._matte.alpha()
        return None if small is None else self._alpha.enlarge(small)[:height, :width]


class Alpha:
    """Alpha as the compositor uses it: what white before black is composited to."""

    def __init__(self, size: Size, matte: Matte) -> None:
        """`size` is (height, width) in whole tiles."""
        self._blend = Blend(size, matte.small)
        self._white = np.full((*size, 4), 255, np.uint8)
        self._black = np.zeros_like(self._white)
        self._black[..., 3] = 255

    def enlarge(self, alpha: Bytes) -> Bytes:
        """(h, w) uint8 at the matte's size → (H, W) uint8."""
        output = np.empty_like(self._white)
        self._blend.composite(self._white, self._black, alpha, output)
        return output[..., 0]


class Latest(ABC):
    """Keys the newest mask and lays it over whatever frame is on; nothing follows the motion."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._alpha: Bytes | None = None

    def observe(self, frame: Bytes, timestamp: int) -> None:  # noqa: B027 - nothing to note
        """See `Method`."""

    def learn(self, mask: Bytes, grid: logits.Grid, timestamp: int) -> None:
        """See `Method`."""
        z = enlarge(logits.decode(mask), grid, self._size)
        self._alpha = self._key(1 / (1 + np.exp(-z)))

    def alpha(self) -> Bytes | None:
        """See `Method`."""
        return self._alpha

    @abstractmethod
    def _key(self, probability: Floats) -> Bytes:
        """Alpha, (H, W) uint8, of the newest mask's probability at full size."""


class Threshold(Latest):
    """The article's way: upsample, sigmoid, threshold."""

    def __init__(self, size: Size, threshold: float) -> None:
        super().__init__(size)
        self._threshold = threshold

    def _key(self, probability: Floats) -> Bytes:
        return hard(probability > self._threshold)


class Feather(Latest):
    """Threshold one half, then blur the edge."""

    SIDE = 9

    def _key(self, probability: Floats) -> Bytes:
        box = (self.SIDE, self.SIDE)
        return np.asarray(cv2.blur(hard(probability > 0.5), box), np.uint8)


class Average(Latest):
    """Threshold one half of a running mean of the masks."""

    NEWEST = 0.75

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self._mean: Floats | None = None

    def _key(self, probability: Floats) -> Bytes:
        before = probability if self._mean is None else self._mean
        self._mean = before + np.float32(self.NEWEST) * (probability - before)
        return hard(self._mean > 0.5)


class Hysteresis(Latest):
    """A pixel becomes person above one threshold and stops being it below a lower one."""

    ON, OFF = 0.6, 0.4

    def _key(self, probability: Floats) -> Bytes:
        was = self._alpha > 0 if self._alpha is not None else probability > 0.5
        return hard((probability > self.ON) | (was & (probability > self.OFF)))


def hard(mask: NDArray[np.bool_]) -> Bytes:
    """(H, W) bool to 0 and 255."""
    return mask.astype(np.uint8) * 255


def enlarge(z: Floats, grid: logits.Grid, size: Size) -> Floats:
    """Logits at full size, linear as body-pix does it; geometry as `logits.upsample`."""
    height, width = size
    to_cell = np.array(
        [
            [1 / (width * grid.dx), 0, (0.5 / width - grid.x) / grid.dx],
            [0, 1 / (height * grid.dy), (0.5 / height - grid.y) / grid.dy],
        ]
    )
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    result = cv2.warpAffine(z, to_cell, (width, height), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(result, np.float32)
