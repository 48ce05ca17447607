"""What happens before the camera. A scene gives (picture, true alpha), frame by frame."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from cyclorama.types import Bytes
from tests.bench.matte import footage, layers
from tests.bench.matte.layers import Person, shift

T = TypeVar("T")

Shot = tuple[Bytes, Bytes | None]
"""(H, W, 3) uint8 BGR, and (H, W) uint8 where the truth is known."""

FPS = 30

LENGTH = 474
"""Frames of a moving person; as many as the `talk` clips have forward and backward."""

SHORT = 300
"""Frames of a robustness clip."""

WHOLE = 96
"""So many frames at the start of `talk` show the person clear of the left and right border."""


@dataclass(frozen=True)
class Scene:
    """A scene by name.

    Attributes:
        group: scenes of one group are reported together.
        sources: the files it is made from.
        shots: makes its frames anew.
        real: whether a real camera took it, so that no camera need be modelled.
    """

    name: str
    group: str
    sources: tuple[Path, ...]
    shots: Callable[[], Iterator[Shot]]
    real: bool = False


def there_and_back(items: Sequence[T]) -> list[T]:
    """Forward, then backward without showing an end twice: a loop without a jump."""
    return [*items, *items[-2:0:-1]]


def talk(room: str) -> Scene:
    """The seated person as filmed."""
    return _made(f"talk-{room}", "seated", room, lambda: iter(_talk(room)))


def moving(room: str) -> Scene:
    """The person leaves to the left, comes back, leaves to the right, comes back."""
    knots = ((2, 0), (4, -1), (5.5, -1), (7, 0), (8.5, 0), (10.5, 1), (12, 1), (13.5, 0))

    def shots() -> Iterator[Shot]:
        clean = _room(room)
        for time, person in enumerate(_people(room, LENGTH)):
            there = person.moved(footage.WIDTH * glide(knots, time / FPS))
            yield there.over(clean), there.alpha

    return _made(f"moving-{room}", "moving", room, shots)


def light(room: str) -> Scene:
    """The light falls by 30 % and turns warmer, and comes back."""
    dim = np.array([0.62, 0.70, 0.80], np.float32)

    def shots() -> Iterator[Shot]:
        for time, (picture, alpha) in enumerate(_talk(room)[:SHORT]):
            dark = SHORT // 3 <= time < 2 * SHORT // 3
            yield (np.rint(picture * dim).astype(np.uint8) if dark else picture), alpha

    return _made("light step", "robust", room, shots)


def window(room: str) -> Scene:
    """A landscape passes by behind the person, as in a train."""

    def shots() -> Iterator[Shot]:
        wall = _room(room)
        rows = round(wall.shape[0] * 0.65)
        view = footage.fit(footage.photograph("photo-by-spacex"))[:rows]
        view = np.hstack([view, view[:, ::-1]])
        for time, person in enumerate(_people(room)):
            wall[:rows] = np.roll(view, -4 * time, axis=1)[:, : wall.shape[1]]
            yield person.over(wall), person.alpha

    return _made("passing landscape", "robust", room, shots)


def sway(room: str) -> Scene:
    """The camera sways by 8 pixels each way."""

    def shots() -> Iterator[Shot]:
        for time, (picture, alpha) in enumerate(_talk(room)[:SHORT]):
            turn = 2 * math.pi * time / FPS
            by = (8 * math.sin(turn / 2.1), 8 * math.sin(turn / 1.3))
            yield shift(picture, by, 1.08), shift(alpha, by, 1.08)

    return _made("camera sway", "robust", room, shots)


def second(room: str) -> Scene:
    """Another person enters, stays beside the first and leaves."""
    knots = ((2.0, 1.0), (4.0, 0.45), (7.0, 0.45), (9.0, 1.0))

    def shots() -> Iterator[Shot]:
        clean = _room(room)
        people = _people(room)
        others = itertools.islice(_people(room, SHORT + 60), 60, None)
        for time, (person, other) in enumerate(zip(people, others, strict=True)):
            front = person.moved(-130)
            behind = other.moved(footage.WIDTH * glide(knots, time / FPS), mirrored=True)
            clear = (255 - front.alpha.astype(np.uint16)) * (255 - behind.alpha)
            yield front.over(behind.over(clean)), 255 - (clear // 255).astype(np.uint8)

    return _made("second person", "robust", room, shots)


def bump(room: str) -> Scene:
    """The camera is pushed, and a lantern stands in the room from then on."""

    def shots() -> Iterator[Shot]:
        before, after = _room(room), _room(room)
        lantern = footage.fit(footage.photograph("mr--lee"))[50:270, 110:260]
        after[40 : 40 + lantern.shape[0], 440 : 440 + lantern.shape[1]] = lantern
        for time, person in enumerate(_people(room)):
            pushed = time >= SHORT // 2
            by = (22.0, -9.0) if pushed else (0.0, 0.0)
            picture = person.over(after if pushed else before)
            yield shift(picture, by, 1.1), shift(person.alpha, by, 1.1)

    return _made("camera bump", "robust", room, shots)


def filmed(name: str, group: str, path: Path, truth: Path | None = None) -> Scene:
    """Footage of a real camera, with its truth where there is one."""

    def shots() -> Iterator[Shot]:
        frames: list[Bytes] = list(footage.pictures(path))
        known: list[Bytes | None] = [None] * len(frames)
        if truth:
            mattes = footage.mattes(truth)
            known = list(mattes)
            if len(mattes) != len(frames) or mattes[0].shape != frames[0].shape[:2]:
                raise footage.NoFootageError(
                    f"{truth} must have as many frames as {path}, of the same proportions."
                )
        yield from there_and_back(list(zip(frames, known, strict=True)))

    sources = (path, truth) if truth else (path,)
    return Scene(name, group, sources, shots, real=True)


def glide(knots: Iterable[tuple[float, float]], time: float) -> float:
    """A value that rests and glides: (time, value) knots joined by smooth steps."""
    before: tuple[float, float] | None = None
    for knot in knots:
        if time < knot[0]:
            if before is None:
                return knot[1]
            share = (time - before[0]) / (knot[0] - before[0])
            return before[1] + (knot[1] - before[1]) * share * share * (3 - 2 * share)
        before = knot
    return before[1] if before else 0.0


def _made(name: str, group: str, room: str, shots: Callable[[], Iterator[Shot]]) -> Scene:
    photographs = sorted(footage.PHOTOGRAPHS.glob("*.jpg"))
    return Scene(name, group, (footage.clip(f"talk-{room}"), footage.TRUTH, *photographs), shots)


def _talk(room: str) -> list[tuple[Bytes, Bytes]]:
    frames = footage.stored(footage.clip(f"talk-{room}"))
    return there_and_back(list(zip(frames, footage.mattes(footage.TRUTH), strict=True)))


def _room(room: str) -> Bytes:
    return layers.room(footage.clip(f"talk-{room}"), footage.TRUTH).copy()


def _people(room: str, length: int = SHORT) -> Iterator[Person]:
    """The person alone in frames that show them whole, forward and backward."""
    return itertools.islice(itertools.cycle(there_and_back(_cut(room))), length)


@functools.lru_cache(maxsize=1)
def _cut(room: str) -> tuple[Person, ...]:
    frames = footage.stored(footage.clip(f"talk-{room}"))[:WHOLE]
    mattes = footage.mattes(footage.TRUTH)[:WHOLE]
    return tuple(layers.cut(frame, alpha) for frame, alpha in zip(frames, mattes, strict=True))
