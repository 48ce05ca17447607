"""What an hour would fill: nothing that a frame or a mask leaves behind may stay."""

from __future__ import annotations

import gc
import sys
from itertools import pairwise

import numpy as np

from cyclorama.bridge import Bridge
from cyclorama.types import Bytes

COLUMNS, ROWS = 4, 3
SETTLED, LONGER = 600, 900
"""Frames. Everything that is remembered for some seconds is there after the first."""

FEW = 100
"""Blocks of memory that may come and go; one for each frame would be 900."""

TIMES = 3
"""What else runs in this process keeps something too, but hardly each time."""


def test_frames_and_masks_leave_nothing_behind() -> None:
    bridge = Bridge()
    bridge.configure(30, 0.5, "fine", 0.5)
    bridge.resize(48, 32)
    bridge.plate_color(0, 255, 0)
    bridge.offer(2)
    random = np.random.default_rng(1)
    frames = random.integers(0, 256, (7, 32, 48, 4), np.uint8)
    masks = random.integers(0, 256, (7, ROWS, COLUMNS, 4), np.uint8)
    blocks = []
    for number in range(SETTLED + TIMES * LONGER):
        _tick(bridge, number, frames[number % 7], masks[number // 3 % 7])
        if number + 1 >= SETTLED and (number + 1 - SETTLED) % LONGER == 0:
            gc.collect()
            blocks.append(sys.getallocatedblocks())
    assert min(after - before for before, after in pairwise(blocks)) < FEW


def _tick(
    bridge: Bridge,
    number: int,
    frame: Bytes,
    mask: Bytes,
) -> None:
    """What worker/compositor.js does each time, every third time with a mask."""
    now_ms = number * 1000 / 30
    timestamp = round(now_ms * 1000)
    masked = number % 3 == 0
    bridge.plan(now_ms)
    bridge.adapter_took(bridge.adapter(), 1.0)
    bridge.frame()[:] = frame
    bridge.met(now_ms)
    bridge.look(32, 24)
    bridge.arrived(now_ms, timestamp, masked, False)
    bridge.render(now_ms, timestamp, 0.5)
    bridge.output()
    bridge.shown(now_ms + 3, 0.3)
    if masked:
        bridge.mask_settled(now_ms + 20)
        bridge.mask(COLUMNS, ROWS)[:] = mask
        bridge.learn(0.5 / COLUMNS, 0.5 / ROWS, 1 / COLUMNS, 1 / ROWS, timestamp)
        bridge.learned(now_ms + 21, 2.0)
    if number % 30 == 0:
        bridge.stats(now_ms)
