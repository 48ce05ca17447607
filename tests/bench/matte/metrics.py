"""How near one alpha is to the truth. Pure functions of (H, W) uint8 alpha, WIDTH wide."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import cv2
import numpy as np

from cyclorama.types import Bytes

EDGE = 128
"""Alpha from which a pixel counts as person."""

FAR = 8
"""Pixels; farther from the truth's edge than this, alpha is not an inexact edge but a mistake."""

MIN_SHARE = 0.02
"""Share of the picture below which a person is too little for IoU and F1 to mean anything."""


@dataclass(frozen=True)
class Truth:
    """A true alpha, with what comparing to it needs."""

    alpha: Bytes
    person: Bytes
    """255 where alpha is at least EDGE, else 0."""
    boundary: Bytes
    """255 on the person's boundary."""
    near_boundary: tuple[Bytes, Bytes]
    """255 within 2 and within 4 pixels of the boundary."""
    outside: Bytes
    """255 more than FAR pixels outside the person."""
    inside: Bytes
    """255 more than FAR pixels inside."""

    @property
    def has_person(self) -> bool:
        """Whether IoU and F1 mean anything."""
        return cv2.countNonZero(self.person) >= MIN_SHARE * self.person.size


@dataclass(frozen=True)
class Score:
    """One frame. Shares of the picture unless said; None where there is no person to find."""

    iou: float | None
    """Of person pixels: those in both by those in either."""
    f1_2px: float | None
    """Harmonic mean of boundary precision and recall, matched within 2 pixels."""
    f1_4px: float | None
    mad: float
    """Mean absolute difference of alpha."""
    leak: float
    """Alpha where the truth has none within FAR pixels."""
    miss: float
    """Alpha lacking where the truth is whole within FAR pixels."""


def truth(alpha: Bytes) -> Truth:
    """Prepare a true alpha."""
    whole = person(alpha)
    edge = boundary(whole)
    return Truth(
        alpha=alpha,
        person=whole,
        boundary=edge,
        near_boundary=(grown(edge, 2), grown(edge, 4)),
        outside=np.asarray(cv2.bitwise_not(grown(whole, FAR)), np.uint8),
        inside=np.asarray(cv2.erode(whole, disk(FAR)), np.uint8),
    )


def score(alpha: Bytes, true: Truth) -> Score:
    """Compare an alpha with the truth of its frame."""
    found = person(alpha)
    f1_2px, f1_4px = _f1(boundary(found), true) if true.has_person else (None, None)
    lacking = cv2.bitwise_not(alpha)
    return Score(
        iou=iou(found, true.person) if true.has_person else None,
        f1_2px=f1_2px,
        f1_4px=f1_4px,
        mad=cv2.norm(alpha, true.alpha, cv2.NORM_L1) / 255 / alpha.size,
        leak=cv2.sumElems(cv2.bitwise_and(alpha, true.outside))[0] / 255 / alpha.size,
        miss=cv2.sumElems(cv2.bitwise_and(lacking, true.inside))[0] / 255 / alpha.size,
    )


def flicker(alpha: Bytes, before: Bytes, true: Bytes, true_before: Bytes) -> float:
    """Mean absolute difference of the changes since the frame before: change not in the truth."""
    change = cv2.subtract(alpha, before, dtype=cv2.CV_16S)
    true_change = cv2.subtract(true, true_before, dtype=cv2.CV_16S)
    return cv2.norm(change, true_change, cv2.NORM_L1) / 255 / alpha.size


def person(alpha: Bytes) -> Bytes:
    """255 where alpha is at least EDGE, else 0."""
    return np.asarray(cv2.threshold(alpha, EDGE - 1, 255, cv2.THRESH_BINARY)[1], np.uint8)


def iou(a: Bytes, b: Bytes) -> float:
    """Intersection by union of two 0/255 masks; 1 when both are empty."""
    either = cv2.countNonZero(cv2.bitwise_or(a, b))
    return cv2.countNonZero(cv2.bitwise_and(a, b)) / either if either else 1.0


def boundary(mask: Bytes) -> Bytes:
    """The inner boundary of a 0/255 mask: pixels that a 3×3 erosion takes away.

    The picture's border is not one: erosion takes what lies beyond it for person.
    """
    return np.asarray(cv2.subtract(mask, cv2.erode(mask, np.ones((3, 3), np.uint8))), np.uint8)


def grown(mask: Bytes, radius: int) -> Bytes:
    """255 within this many pixels of the nonzero pixels of a 0/255 mask."""
    return np.asarray(cv2.dilate(mask, disk(radius)), np.uint8)


@functools.cache
def disk(radius: int) -> Bytes:
    """The pixels within a radius of the middle, (2·radius + 1, 2·radius + 1) uint8, 0 and 1."""
    y, x = np.ogrid[-radius : radius + 1, -radius : radius + 1]
    return np.asarray(x * x + y * y <= radius * radius, np.uint8)


def _f1(edge: Bytes, true: Truth) -> list[float]:
    """F1 within 2 and within 4 pixels."""
    found, wanted = cv2.countNonZero(edge), cv2.countNonZero(true.boundary)
    if not found or not wanted:
        return [0.0, 0.0]
    result = []
    for radius, near in zip((2, 4), true.near_boundary, strict=True):
        precision = cv2.countNonZero(cv2.bitwise_and(edge, near)) / found
        recall = cv2.countNonZero(cv2.bitwise_and(true.boundary, grown(edge, radius))) / wanted
        both = precision + recall
        result.append(2 * precision * recall / both if both else 0.0)
    return result
