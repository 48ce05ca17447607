"""The rows of the tables. To measure one more idea, add a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from cyclorama import quality
from cyclorama.matte import Parts
from cyclorama.types import Bytes, Size
from tests.bench.matte.methods import Average, Feather, Hysteresis, Method, Ours, Threshold


@dataclass(frozen=True)
class Row:
    """A method by name."""

    name: str
    method: Callable[[Size], Method]
    """Makes it for frames of a (height, width)."""
    quick: bool = False
    """Whether it belongs to the quick set."""


def ours(**parts: Any) -> Callable[[Size], Method]:
    """The product's matte; see `cyclorama.matte.Parts` for what can be left out."""
    return lambda size: Ours(size, Parts(**parts))


def step(name: str) -> Callable[[Size], Method]:
    """A step of the dial; how well the segmenter looks is the same for all rows."""
    parts = quality.STEPS[name].parts
    return lambda size: Ours(size, parts)


ROWS = (
    Row("article: threshold 0.4", lambda size: Threshold(size, 0.4), quick=True),
    Row("threshold 0.5, feather", Feather),
    Row("moving average 0.75", Average),
    Row("hysteresis", Hysteresis),
    Row("ours", ours(), quick=True),
    Row("ours, no flow", ours(flow=None), quick=True),
    Row("ours, no light", ours(light=False)),
    Row("ours, no novelty", ours(novelty=False)),
    Row("ours, no room", ours(room=False)),
    Row("ours, no histogram", ours(histogram=False)),
    Row("ours, no memory", ours(memory=False)),
    *(Row(f"quality {name}", step(name)) for name in quality.STEPS if name != quality.DEFAULT),
)


def moved(truth: Bytes) -> Bytes:
    """The truth one pixel to the right."""
    return np.hstack([truth[:, :1], truth[:, :-1]])


def rekeyed(truth: Bytes) -> Bytes:
    """The truth keyed so that its edge lies one pixel farther out."""
    return np.asarray(cv2.dilate(truth, np.ones((3, 3), np.uint8)), np.uint8)


CEILINGS: dict[str, Callable[[Bytes], Bytes]] = {
    "ceiling: truth moved 1 px": moved,
    "ceiling: truth keyed 1 px out": rekeyed,
}
"""As good as the footage can tell: its own edge is about two pixels wide."""
