"""What the bridge adds to what it puts together."""

from __future__ import annotations

import numpy as np

from cyclorama.bridge import PRESSED_MS, Bridge

BEFORE = 100.0
"""Milliseconds of some clock."""


def _bridge() -> Bridge:
    bridge = Bridge()
    bridge.configure(30, 0.5, "fine", 0.5)
    bridge.resize(48, 32)
    bridge.plate_color(0, 255, 0)
    bridge.offer(1)
    return bridge


def test_only_from_a_first_frame_to_a_first_composite_all_else_waits() -> None:
    bridge = _bridge()
    assert not bridge.pressed(BEFORE)

    assert not bridge.render(BEFORE, 0, 0.5)
    assert bridge.pressed(BEFORE + 1)

    bridge.mask(4, 3)[:] = np.uint8(255)
    bridge.learn(0.125, 1 / 6, 0.25, 1 / 3, 0)
    assert bridge.render(BEFORE + 33, 33_000, 0.5)
    bridge.shown(BEFORE + 34, 0.3)
    assert not bridge.pressed(BEFORE + 35)


def test_a_first_composite_that_does_not_come_keeps_nothing_waiting_for_good() -> None:
    bridge = _bridge()
    for now_ms in (BEFORE, BEFORE + PRESSED_MS / 2, BEFORE + PRESSED_MS):
        assert not bridge.render(now_ms, round(1000 * now_ms), 0.5)
    assert not bridge.pressed(BEFORE + PRESSED_MS)
