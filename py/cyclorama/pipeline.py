"""Owns the arrays and runs the stages in order: frame → matte → composite → output."""

import time

import numpy as np

from . import logits, ops, quality
from .blend import Blend, padded
from .matte import SHORT, Matte
from .motion import Motion
from .plate import Plate, cover
from .slides import Slides
from .types import Bytes, Size

MASK_SIDE_MAX = 1024
"""Cells of a mask each way. A larger one is garbage, for which there may not be the memory."""


class Pipeline:
    """Everything that happens to a picture, on arrays that are allocated once per size.

    Write a frame into `frame`, call `render`, read `output`; write a mask into the array that
    `mask` gives, call `learn`.
    """

    def __init__(self) -> None:
        self.plate: Plate | None = None
        """What stands behind the person; until there is something, nothing is composited."""
        self.slides: Slides | None = None
        """What stands behind the person instead, as soon as it has a slide."""
        self.threshold = 0.5
        self.look = 1.0
        """Share of the frame's size that the segmenter is wished to be shown."""
        self._step = quality.STEPS[quality.DEFAULT]
        self.size: Size
        """(height, width) of the frames."""
        self.frame: Bytes
        """(H, W, 4) uint8; written by the caller, in place. H and W are those of `size` rounded up
        to whole tiles; the frame is at the top left."""
        self.output: Bytes
        """(H, W, 4) uint8; the newest composite, likewise. Another array where its size changes."""
        self.shown: Size
        """(height, width) of what `output` shows, at its top left."""
        self.moved: bool
        """Whether the person in it moved since the one before."""
        self.resize((16, 16))
        self._mask = np.empty((1, 1, 4), np.uint8)

    def resize(self, size: Size) -> None:
        """Take frames of this (height, width) from now on; forgets the matte."""
        self.size = size
        self.frame = np.zeros((*padded(size), 4), np.uint8)
        self.output = np.zeros_like(self.frame)
        self.shown = size
        self.forget()

    def forget(self) -> None:
        """Forget the matte: what comes now is another camera."""
        self._matte = Matte(self._whole, self._step.parts)
        self._blend = Blend(self._whole, self._matte.small)
        self._coming: Matte | None = None
        self._alpha: Bytes | None = None
        self._motion = Motion()
        self.moved = False

    @property
    def resolution(self) -> float:
        """Share of the frame's size that the segmenter is to be shown.

        A large frame is shown no larger, as the matte looks at it no more closely either.
        """
        return min(self.look, self._step.resolution) * min(1.0, SHORT / min(self.size))

    def turn(self, name: str) -> None:
        """Turn the dial to one of `quality.STEPS`.

        The matte in use stays until the new one has learned from a mask of its own, so that no
        frame goes without. Raises ValueError for an unknown name.
        """
        step = quality.named(name)
        if step.parts == self._matte.parts:
            self._coming = None
        elif step.parts != self._step.parts:
            self._coming = Matte(self._whole, step.parts)
        self._step = step

    def shrunk(self, size: Size) -> Bytes:
        """The frame just written at this (height, width), (h, w, 4) uint8, for the segmenter."""
        height, width = self.size
        return np.ascontiguousarray(ops.shrink(self.frame[:height, :width], size))

    def mask(self, size: Size) -> Bytes:
        """The array to write a mask of this (height, width) into, (h, w, 4) uint8.

        Raises ValueError for a size that no segmenter answers in.
        """
        if not all(1 <= side <= MASK_SIDE_MAX for side in size):
            raise ValueError(f"mask must be 1 to {MASK_SIDE_MAX} cells each way, got {size}")
        if self._mask.shape[:2] != size:
            self._mask = np.empty((*size, 4), np.uint8)
        return self._mask

    def learn(self, grid: logits.Grid, timestamp: int) -> bool:
        """Learn from the mask just written; see `Matte.learn`."""
        mask = self._mask[..., 0]
        grid = grid.on(self.size, self._whole)
        if self._coming and self._coming.learn(mask, grid, timestamp, self.threshold):
            self._matte, self._coming = self._coming, None
            self._blend = Blend(self._whole, self._matte.small)
            return True
        return self._matte.learn(mask, grid, timestamp, self.threshold)

    def mask_age_ms(self) -> float | None:
        """See `Matte.age_ms`."""
        return self._matte.age_ms()

    def render(self, timestamp: int) -> dict[str, float] | None:
        """Composite the frame just written into `output`.

        Args:
            timestamp: of the frame, microseconds.

        Returns:
            Milliseconds by stage, or None where there is no matte or no plate, and so nothing may
            be shown; `output` is then what it was.
        """
        start = time.perf_counter()
        self._repeat_border()
        self._matte.observe(self.frame, timestamp)
        if self._coming:
            self._coming.observe(self.frame, timestamp)
        alpha = self._matte.alpha()
        if alpha is None:
            return None
        matted = time.perf_counter()
        self._alpha = alpha
        if self.slides and self.slides.size:
            self._show(self.slides.size, self.slides.size)
            self.slides.composite(self.frame, alpha, self.output)
        elif self.plate:
            self._show(self.size, self._whole)
            behind = self.plate.paint(self._whole, self._matte.colour, alpha)
            self._blend.composite(self.frame, behind, alpha, self.output)
        else:
            return None
        self.moved = self._motion.seen(self.frame, alpha)
        done = time.perf_counter()
        return {"matte": (matted - start) * 1000, "composite": (done - matted) * 1000}

    def glimpse(self, plate: Plate, size: Size) -> Bytes | None:
        """What `plate` would be behind the frame last composited, as a small picture.

        Args:
            plate: any, in use or not.
            size: (h, w) of the picture, even; what of the frame stands over is cut off.

        Returns:
            (h, w, 4) uint8, or None where nothing was composited yet.
        """
        if self._alpha is None:
            return None
        rows, columns = self.size
        scale = max(size[0] / rows, size[1] / columns)
        whole = (2 * round(rows * scale / 2), 2 * round(columns * scale / 2))
        return cover(plate.paint(whole, self._matte.colour, self._alpha), size)

    @property
    def _whole(self) -> Size:
        """(height, width) of the arrays."""
        return self.frame.shape[0], self.frame.shape[1]

    def _show(self, size: Size, whole: Size) -> None:
        """Compose a picture of this size, in an array of that one."""
        self.shown = size
        if self.output.shape[:2] != whole:
            self.output = np.zeros((*whole, 4), np.uint8)

    def _repeat_border(self) -> None:
        """Fill up the last tiles with the frame's own last row and column."""
        height, width = self.size
        self.frame[height:, :width] = self.frame[height - 1, :width]
        self.frame[:, width:] = self.frame[:, width - 1 : width]
