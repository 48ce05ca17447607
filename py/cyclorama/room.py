"""The empty room behind the person, learned over time: a clean plate.

Where masks are sure of background, a running mean of the colours is kept; a gain per channel makes
up for the camera's exposure and white balance. Where a mask is in doubt, a pixel that looks like
the empty room is room, and one that does not is person:

    d = max over channels |picture - gain · room|
    v = clip((d - SAME) / (OTHER - SAME), 0, 1)
    n = clip((d - FOREIGN) / (ALIEN - FOREIGN), 0, 1)
    fall = (1 - v) · max(doubt, novelty)
    lift = max(LIFT · max(2v - 1, 0) · doubt, NEW_LIFT · n · novelty · likely)
    alpha += trust · (lift · (1 - alpha) - fall · alpha)

Doubt is the mask's own; novelty is where the picture is not what motion makes of the mask's frame
(`flow.novelty`): of what has come since, the mask knows nothing at all. What is new and no room
may still be a picture that changes on a screen: it is drawn to the person as far as that is likely.

Where the room was never seen, beside the person, it is taken to go on as it does around: the mean
of what is known within REACH. Where that is smooth, a pixel much like it is room (`fall` with a
steeper v, times how sure the guess is); nothing is drawn to the person by a guess.

Trust falls to nothing when the room that can be seen is not the room that was learned: its things
move, or the camera was pushed. After Porikli and Tuzel's and others' background subtraction with a
running mean; for the gain see `light`.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from . import light, ops
from .types import Bytes, Floats, Size

Mask: TypeAlias = npt.NDArray[np.bool_]

SURE = -2.5
"""Logit below which a mask is sure of background; one small pixel around the person is left out."""

KNOWN = 3
"""Masks that must have been sure of a pixel before its colour counts."""

RATE = 0.08
"""Share of a new colour in the running mean, once that has settled."""

SAME, OTHER = 8.0, 24.0
"""Levels by which a pixel of the empty room differs from the mean of earlier ones, and from which a
pixel is surely not the room."""

LIFT = 0.5
"""How far a doubtful pixel that is not the room is drawn to the person; the other way it goes all
of it. A shadow is not the room either, so this alone makes no one of it."""

FOREIGN, ALIEN = 32.0, 64.0
"""Levels of difference from which a new pixel is drawn to the person, and from which it is whole:
more than a shadow makes."""

NEW_LIFT = 0.75
"""How far, at most: enough for the whole person after the last step's contrast."""

CALM, UNREST = 5.0, 11.0
"""Levels of the 80th percentile of the difference: up to CALM the room is trusted, from UNREST on
not at all."""

REACH_FRACTION = 1 / 15
"""Reach of a guess as a share of the picture's shorter side: 8 px of 120."""

ENOUGH_AROUND = 1 / 6
"""Share of a guess's surroundings that must be known for it to count whole."""

SMOOTH, ROUGH = 8.0, 16.0
"""Standard deviation of green, in levels, of the known room around: up to SMOOTH a guess is good,
from ROUGH on it is none."""

LIKE, UNLIKE = 4.0, 12.0
"""Levels by which a pixel may differ from a guess and surely be it, and from which it is not."""

GONE = 36.0
"""Levels from which a pixel is something else than what was learned, and is forgotten."""

GONE_SHARE = 0.25
"""Share of such pixels from which the camera has moved: nothing that was learned counts, and the
next mask's frame begins anew."""

SPARSE = (slice(None, None, 3), slice(None, None, 3))
"""Every third pixel each way is asked for gain and trust: medians of thousands cost the most of
what a mask costs, and say no more than medians of hundreds."""

TINY = 1e-3
"""Keeps a division by no known pixel at all from being one by zero."""

ENOUGH = 16
"""Of these, how many of known room must be in sight to say how bright it is now."""


class Room:
    """The clean plate of one camera.

    Args:
        size: (height, width) of the small pictures.
    """

    def __init__(self, size: Size) -> None:
        self._mean: Floats = np.zeros((*size, 3), np.float32)
        self._seen: Floats = np.zeros(size, np.float32)
        self._gain: Floats = np.ones(3, np.float32)
        self._trust = 0.0
        self._expected: Bytes = np.zeros((*size, 3), np.uint8)
        self._weight: Floats = np.zeros(size, np.float32)
        other = ops.slope(SAME, OTHER)
        self._same: Floats = 1 - other
        self._like: Floats = 1 - ops.slope(LIKE, UNLIKE)
        self._guessed: Floats = np.zeros(size, np.float32)
        self._lift: Floats = LIFT * np.maximum(2 * other - 1, 0)
        self._new_lift: Floats = NEW_LIFT * ops.slope(FOREIGN, ALIEN)

    @property
    def trust(self) -> float:
        """How much the room's word counts, 0 … 1."""
        return self._trust

    def learn(self, picture: Bytes, z: Floats) -> None:
        """Take in the room as this picture shows it.

        Args:
            picture: (h, w, 3) uint8.
            z: (h, w) float32, the mask's logits of that picture.
        """
        sure = ops.lowest((z < SURE).astype(np.uint8), 1, 1) > 0
        known = sure & (self._seen >= KNOWN - 1)
        colour = picture.astype(np.float32)
        if np.count_nonzero(known[SPARSE]) >= ENOUGH:
            then = self._mean[SPARSE][known[SPARSE]]
            self._gain = light.gain(colour[SPARSE][known[SPARSE]], then)
            colour = ops.scale(colour, 1 / self._gain)
            self._judge(ops.difference(colour, self._mean), known)
        else:
            colour = ops.scale(colour, 1 / self._gain)
        rate = np.maximum(1 / (self._seen + 1), np.float32(RATE)) * sure
        self._mean += ops.stack(rate, rate, rate) * (colour - self._mean)
        self._seen += sure
        known = self._seen >= KNOWN
        self._weight = known * np.float32(self._trust)
        guess, sureness = self._go_on()
        self._guessed = sureness * ~known * np.float32(self._trust)
        expected = ops.put(self._mean, known, guess)
        self._expected = ops.rounded(ops.scale(expected, self._gain))

    def correct(
        self, alpha: Floats, doubt: Floats, novelty: Floats, likely: Floats, picture: Bytes
    ) -> Floats:
        """Alpha with the room's word added, by the equation above.

        Args:
            alpha: (h, w) float32, 0 … 1.
            doubt: (h, w) float32, 0 … 1; 1 where the mask does not know at all.
            novelty: (h, w) float32, 0 … 1; 1 where the mask's frame had something else.
            likely: (h, w) float32, 0 … 1; 1 where something new is surely of the person.
            picture: (h, w, 3) uint8, the frame that alpha is of, in the light of the last picture
                that was learned from.
        """
        if self._trust == 0:
            return alpha
        difference = ops.difference(picture, self._expected)
        if self._is_gone(difference, alpha):
            return alpha
        same = ops.look_up(self._same, difference) * self._weight
        same += ops.look_up(self._like, difference) * self._guessed
        fall = same * np.maximum(doubt, novelty) * alpha
        lift = np.maximum(
            ops.look_up(self._lift, difference) * doubt,
            ops.look_up(self._new_lift, difference) * novelty * likely,
        )
        corrected: Floats = alpha + self._weight * lift * (1 - alpha) - fall
        return corrected

    def _go_on(self) -> tuple[Floats, Floats]:
        """The room where it was not seen, (h, w, 3) float32, and how sure that is, (h, w) 0 … 1."""
        height, width = self._seen.shape
        # At half the size: what is smooth over the reach has nothing finer to say.
        half: Size = (max(height // 2, 1), max(width // 2, 1))
        reach = max(1, round(min(half) * REACH_FRACTION))
        share = ops.shrink((self._seen > 0).astype(np.float32), half)
        colour = ops.shrink(self._mean, half)  # nothing where it was not seen
        green = colour[..., 1]
        square = green * green / np.maximum(share, TINY)
        around = ops.box(ops.stack(colour, square, share), reach)
        red, green, blue, square, share = ops.planes(around)
        share = np.maximum(share, TINY)
        variance = square / share - (green / share) ** 2
        smooth = (ROUGH - np.sqrt(np.maximum(variance, 0))) / (ROUGH - SMOOTH)
        sureness = np.minimum(share / ENOUGH_AROUND, 1) * np.clip(smooth, 0, 1)
        # Divided last: a guess from nothing is no colour that could be blended with its neighbour.
        guess = ops.stretch(ops.stack(red, green, blue, share, sureness), (height, width))
        red, green, blue, share, sureness = ops.planes(guess)
        return ops.stack(red / share, green / share, blue / share), sureness

    def _forget(self, where: Mask) -> None:
        self._seen[where] = 0
        self._mean[where] = 0

    def _is_gone(self, difference: Bytes, alpha: Floats) -> bool:
        """Whether this picture's background is not the room that was learned: a moved camera."""
        behind = (self._weight[SPARSE] > 0) & (alpha[SPARSE] < 0.5)
        other = np.count_nonzero(behind & (difference[SPARSE] > GONE))
        return other > GONE_SHARE * np.count_nonzero(behind)

    def _judge(self, difference: Floats, known: Mask) -> None:
        """Set the trust by how much the known room differs; forget what is no longer there."""
        sample = difference[SPARSE][known[SPARSE]]
        unrest = float(np.percentile(sample, 80))
        self._trust = min(max((UNREST - unrest) / (UNREST - CALM), 0.0), 1.0)
        if np.mean(sample > GONE) > GONE_SHARE:
            self._forget(np.ones_like(known))
            self._trust = 0.0
        else:
            gone = known & (difference > GONE)
            if gone.any():
                self._forget(gone)
