"""Pictures of the output held against the truths of the very frames that they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cyclorama.types import Bytes
from tests.bench.matte import metrics
from tests.bench.matte.live import readback
from tests.bench.matte.live.identify import Identifier
from tests.bench.matte.live.numbered import NumberedClip
from tests.bench.matte.play import Result, Scorer


@dataclass(frozen=True)
class Shown:
    """A picture of the output."""

    index: int
    """Counts the frames of the track; pictures next to each other in it are compared."""
    picture: Bytes
    """(H, W, 3) uint8 RGB."""


@dataclass
class Scored:
    """What was found of one subject in one state of its page."""

    result: Result = field(default_factory=Result)
    pictures: int = 0
    """Of them `read` by their barcodes, and as many scored as `result` has scores."""
    read: int = 0
    unexplained: list[float] = field(default_factory=list)
    """See `readback.unexplained`; of each picture that has mixed pixels."""


def score(shown: Sequence[Shown], clip: NumberedClip, color: Sequence[int]) -> Scored:
    """Read alpha back from each picture, and score it. Pictures of no frame, as the card, are not.

    Args:
        shown: in the order of the track.
        clip: that the camera plays.
        color: that the plate should have, RGB.

    Raises:
        NoPlateError: the output shows no plate of this colour.
    """
    plate = readback.shown_plate((each.picture for each in shown), color)
    identifier = Identifier(clip, plate)
    scored = Scored(pictures=len(shown))
    scorer, before = Scorer(scored.result), None
    for each in shown:
        number = identifier.barcode(each.picture)
        if number is None:
            number = identifier.best_explained(each.picture)
        else:
            scored.read += 1
        if number is None:
            continue
        if each.index - 1 != before:
            scorer = Scorer(scored.result)  # it knows no picture to see changes from
        before = each.index
        frame = clip.camera_frame(number)
        alpha = readback.alpha(each.picture, frame, plate)
        scorer.add(alpha, metrics.truth(clip.truths[number]), None)
        unexplained = readback.unexplained(each.picture, frame, plate, alpha)
        if unexplained is not None:
            scored.unexplained.append(unexplained)
    return scored
