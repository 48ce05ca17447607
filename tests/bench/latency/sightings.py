"""From first sights of numbers to latencies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.harness import marker
from tests.harness.recording import SeenFrame


@dataclass(frozen=True)
class Sighting:
    """The first frame of a track that carried a number."""

    at_ms: float
    number: int


def first_sights(frames: Iterable[SeenFrame]) -> list[Sighting]:
    """Frames of one track whose number is not that of the last one that could be read.

    Args:
        frames: with the brightness of the barcode's cells, in their order.
    """
    sights: list[Sighting] = []
    for frame in frames:
        number = marker.decode(frame.boxes)
        if number is not None and (not sights or sights[-1].number != number):
            sights.append(Sighting(frame.at_ms, number))
    return sights


def latencies(camera: Sequence[Sighting], output: Sequence[Sighting]) -> list[float]:
    """Milliseconds from the first sight of a number in the camera's track to that in the output.

    The clip is played again and again: an output belongs to the last showing before it, which is
    right where nothing takes longer than the clip. What had been shown before the camera was looked
    at is left out.
    """
    shown: dict[int, list[float]] = {}
    for sight in camera:
        shown.setdefault(sight.number, []).append(sight.at_ms)
    first: dict[tuple[int, float], float] = {}
    for sight in output:
        times = shown.get(sight.number, [])
        index = bisect_right(times, sight.at_ms) - 1
        if index >= 0:
            first.setdefault((sight.number, times[index]), sight.at_ms)
    return [came_out - shown_at for (_, shown_at), came_out in first.items()]
