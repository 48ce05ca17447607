"""Picture files as a user might choose them."""

from __future__ import annotations

import cv2
import numpy as np

Rgb = tuple[int, int, int]


def picture_file(left: Rgb, right: Rgb) -> bytes:
    """A PNG of two colours side by side, of quite another shape than the camera's."""
    picture = np.zeros((300, 900, 3), np.uint8)
    picture[:, :450], picture[:, 450:] = left[::-1], right[::-1]
    return cv2.imencode(".png", picture)[1].tobytes()
