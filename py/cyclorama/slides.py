"""Presenter over slides: a shared picture as the plate, and the person in front of it, smaller.

The composite has the size of the slide, so that its text is not sampled again, and the person is
brought to where they are to stand: with the equation of `blend`, paid for inside their box only.
"""

from dataclasses import dataclass

import numpy as np

from . import ops
from .blend import TILE, Blend
from .types import Bytes, Size

LARGEST: Size = (720, 1280)
"""(height, width) that a composite with a slide has at most; a larger slide is scaled down."""

PLACES = ("left", "center", "right")

REACH = 0.45
"""From the edge of the slide to the middle of the person's frame, in heights of that frame.

Half of somebody's width with their arms at rest; what of the frame stands over falls away.
"""

SIZE_MIN = 0.2


@dataclass(frozen=True, slots=True)
class Box:
    """Where the whole frame of the person lies on the slide, in pixels; may stand over."""

    left: int
    top: int
    height: int
    width: int


def fitted(size: Size) -> Size:
    """The size of a composite with a slide of this size: as large, or scaled to fit LARGEST."""
    height, width = size
    scale = min(1.0, LARGEST[0] / height, LARGEST[1] / width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def box(place: str, share: float, slide: Size, frame: Size) -> Box:
    """Where a frame stands on a slide: on its lower edge, in whole tiles of `blend`.

    Args:
        place: one of PLACES.
        share: of the slide's height that the frame takes.
        slide: (height, width) of the slide.
        frame: (height, width) of the frame.
    """
    height = _tiles(slide[0] * share)
    width = _tiles(height * frame[1] / frame[0])
    reach = min(REACH * height, slide[1] / 2)
    middle = {"left": reach, "center": slide[1] / 2, "right": slide[1] - reach}[place]
    return Box(round(middle - width / 2), slide[0] - height, height, width)


class Slides:
    """Composites a person over the newest slide.

    Args:
        place: where the person stands, one of PLACES.
        share: of the slide's height that the person's frame takes, SIZE_MIN … 1.

    Raises:
        ValueError: for another place or share, naming it.
    """

    def __init__(self, place: str, share: float) -> None:
        if place not in PLACES:
            raise ValueError(f"place must be one of {', '.join(PLACES)}, got {place!r}")
        if not SIZE_MIN <= share <= 1:
            raise ValueError(f"size must be between {SIZE_MIN} and 1, got {share}")
        self._place = place
        self._share = share
        self._coming: Bytes = np.empty((1, 1, 4), np.uint8)
        self._slide: Bytes | None = None
        self._person: _Person | None = None

    def take_over(self, other: "Slides") -> None:
        """Go on with the slide that is shown."""
        self._slide = other._slide

    @property
    def size(self) -> Size | None:
        """(height, width) of the composite; None before the first slide."""
        return None if self._slide is None else (self._slide.shape[0], self._slide.shape[1])

    def coming(self, size: Size) -> Bytes:
        """Where to write the next slide, (h, w, 4) uint8 for its (height, width)."""
        if self._coming.shape[:2] != size:
            self._coming = np.empty((*size, 4), np.uint8)
        return self._coming

    def show(self) -> None:
        """The slide just written is shown from now on."""
        size = fitted((self._coming.shape[0], self._coming.shape[1]))
        if self._coming.shape[:2] == size:
            # The memory of the last slide takes the next one.
            self._coming, self._slide = self._spare(size), self._coming
        else:
            self._slide = ops.shrink(self._coming, size)

    def composite(self, frame: Bytes, alpha: Bytes, output: Bytes) -> None:
        """Write the composite over the slide that is shown into `output`.

        Args:
            frame: (H, W, 4) uint8, opaque.
            alpha: (h, w) uint8, the person in it, before contrast.
            output: (*size, 4) uint8, overwritten whole.

        Raises:
            ValueError: there is no slide yet.
        """
        if self._slide is None:
            raise ValueError("there is no slide yet")
        size = (output.shape[0], output.shape[1])
        place = box(self._place, self._share, size, (frame.shape[0], frame.shape[1]))
        if self._person is None or self._person.box != place:
            self._person = _Person(place)
        np.copyto(output, self._slide)
        self._person.stand(frame, alpha, output)

    def _spare(self, size: Size) -> Bytes:
        if self._slide is not None and self._slide.shape[:2] == size:
            return self._slide
        return np.empty((*size, 4), np.uint8)


class _Person:
    """A person brought to their box, on arrays that are allocated once."""

    def __init__(self, box: Box) -> None:
        self.box = box
        size = (box.height, box.width)
        self._size = size
        self._small = (box.height // 4, box.width // 4)
        self._blend = Blend(size, self._small)
        self._behind = np.full((*size, 4), 255, np.uint8)
        self._before = np.empty_like(self._behind)

    def stand(self, frame: Bytes, alpha: Bytes, output: Bytes) -> None:
        """Composite over what is in `output`."""
        left, right = max(0, self.box.left), min(output.shape[1], self.box.left + self.box.width)
        top = max(0, self.box.top)
        place = (slice(top, None), slice(left, right))
        inside = (
            slice(top - self.box.top, None),
            slice(left - self.box.left, right - self.box.left),
        )
        self._behind[inside] = output[place]
        self._blend.composite(
            _resized(frame, self._size), self._behind, _resized(alpha, self._small), self._before
        )
        output[place] = self._before[inside]


def _resized(picture: Bytes, size: Size) -> Bytes:
    smaller = picture.shape[0] > size[0]
    return ops.shrink(picture, size) if smaller else ops.stretch(picture, size)


def _tiles(pixels: float) -> int:
    """The nearest number of pixels that is whole tiles, at least one."""
    return max(1, round(pixels / TILE)) * TILE
