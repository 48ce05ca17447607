"""Runs methods over a take, frame by frame as a call would, and scores every frame."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cyclorama.logits import Grid
from cyclorama.types import Bytes
from tests.bench.matte import metrics, stillness
from tests.bench.matte.methods import Method
from tests.bench.matte.rows import CEILINGS, Row
from tests.bench.matte.scenes import FPS
from tests.bench.matte.takes import Take


@dataclass(frozen=True)
class Schedule:
    """When masks are made, and when they arrive."""

    name: str
    every: int
    late: int
    """Both in frames."""

    def arriving(self, index: int) -> int | None:
        """The frame whose mask arrives with this one."""
        made = index - self.late
        return made if made >= 0 and made % self.every == 0 else None

    def indices(self, length: int) -> range:
        """The frames whose masks are needed."""
        return range(0, length - self.late, self.every)


ZERO = Schedule("zero", 1, 0)
REALISTIC = Schedule("realistic", 3, 3)


@dataclass
class Result:
    """One method on one take."""

    scores: list[metrics.Score] = field(default_factory=list)
    flicker: list[float] = field(default_factory=list)
    compared: int = 0
    still: int = 0
    changed: int = 0
    """Pixels looked at, of them still ones, of them those whose alpha changed; over all frames."""
    missing: int = 0
    """Frames for which the method had no alpha, where there had been a mask."""
    frame_ms: list[float] = field(default_factory=list)
    mask_ms: list[float] = field(default_factory=list)


class Player:
    """One method at work, and its score."""

    def __init__(self, method: Method) -> None:
        self.result = Result()
        self._method = method

    def alpha(self, frame: Bytes, timestamp: int, mask: Mask | None) -> Bytes | None:
        """What the method says of this frame, with the mask that arrives along with it."""
        start = time.perf_counter()
        self._method.observe(frame, timestamp)
        spent = time.perf_counter() - start
        if mask:
            start = time.perf_counter()
            self._method.learn(mask.logits, mask.grid, mask.timestamp)
            self.result.mask_ms.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        alpha = self._method.alpha()
        self.result.frame_ms.append((spent + time.perf_counter() - start) * 1000)
        if alpha is None and self.result.mask_ms:
            self.result.missing += 1
        return alpha


@dataclass(frozen=True)
class Mask:
    """A mask on its way to a method."""

    logits: Bytes
    grid: Grid
    timestamp: int


class Scorer:
    """Scores one method's alphas, frame after frame."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._before: tuple[Bytes, metrics.Truth | None] | None = None

    def add(self, alpha: Bytes, true: metrics.Truth | None, still: Bytes | None) -> None:
        """Score the alpha of the next frame."""
        alpha = alpha.copy()
        before, self._before = self._before, (alpha, true)
        if true:
            self._result.scores.append(metrics.score(alpha, true))
        if before is None:
            return
        alpha_before, true_before = before
        if true and true_before:
            change = metrics.flicker(alpha, alpha_before, true.alpha, true_before.alpha)
            self._result.flicker.append(change)
        if still is not None:
            changed, of = stillness.changed(alpha, alpha_before, still)
            self._result.changed += changed
            self._result.still += of
            self._result.compared += alpha.size


def play(
    take: Take,
    masks: Mapping[int, Bytes],
    grid: Grid,
    schedule: Schedule,
    rows: Sequence[Row],
) -> dict[str, Result]:
    """Run every row over the take; results by row name, the ceilings' among them."""
    height, width = take.frame(0).shape[:2]
    players = {row.name: Player(row.method((height, width))) for row in rows}
    results = {name: player.result for name, player in players.items()}
    results |= {name: Result() for name in CEILINGS if take.has_truth}
    scorers = {name: Scorer(result) for name, result in results.items()}
    finder = stillness.Stillness()

    for index in range(len(take)):
        frame = take.frame(index)
        true = metrics.truth(take.truth(index)) if take.has_truth else None
        still = None if true else finder.observe(frame)
        made = schedule.arriving(index)
        mask = None if made is None else Mask(masks[made], grid, _timestamp(made))
        for name, alpha in _alphas(players, frame, index, mask):
            scorers[name].add(alpha, true, still)
        if true and index >= schedule.late:
            for name, spoil in CEILINGS.items():
                scorers[name].add(spoil(true.alpha), true, None)
    return results


def _alphas(
    players: Mapping[str, Player], frame: Bytes, index: int, mask: Mask | None
) -> Iterable[tuple[str, Bytes]]:
    for name, player in players.items():
        alpha = player.alpha(frame, _timestamp(index), mask)
        if alpha is not None:
            yield name, alpha


def _timestamp(index: int) -> int:
    return round(index * 1_000_000 / FPS)
