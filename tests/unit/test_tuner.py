"""The bridge's part of the tuning, told the time."""

import json
from typing import Any

import numpy as np
import pytest

from cyclorama.bridge import Bridge
from cyclorama.scheduler import MASK_INTERVAL_MS
from cyclorama.tuning.calibration import Calibration
from cyclorama.tuning.load import Speed

RUNG = {
    "segmenter": "bodypix-050",
    "stride": 16,
    "backend": "wasm",
    "resolution": 0.475,
    "mask_interval_ms": 75,
    "quality": "fine",
    "scale": 1,
    "frame_rate": 30,
}
WISH = {
    "budget": "balanced",
    "segmenters": {"bodypix-050": [16, 8]},
    "backend": "wasm",
    "frameRate": 30,
    "pins": {},
    "current": RUNG,
    "machine": "here",
    "kept": None,
}


def bridge(**changes: Any) -> Bridge:
    made = Bridge()
    made.configure(30, 0.5, "fine", 0.475)
    made.plate_color(0, 0, 255)
    made.resize(64, 48)
    made.tune(json.dumps({**WISH, **changes}))
    return made


def play(
    made: Bridge,
    until_s: float,
    *,
    work_ms: float,
    trip_ms: float,
    start_s: float = 0,
    every: int = 1,
) -> list[dict[str, Any]]:
    """Frames of a 30 fps camera that take so long each, as the compositor would run them.

    Where only every second or so is asked for, each is there when it is.
    """
    told = []
    period, now, taken = every * 1000 / 30, start_s * 1000, -1
    mask_at: float | None = None
    while now < until_s * 1000:
        newest = int(now // period)
        if newest == taken:
            if every == 1:
                made.repeated(now)
            now = (newest + 1) * period + 0.01
            continue
        taken = newest
        asked = mask_at is None
        made.arrived(now, round(newest * period * 1000), asked, False)
        if asked:
            mask_at = now + trip_ms
        made.frame()[:] = 99
        made.render(now, round(newest * period * 1000), 1.0)
        now += work_ms
        made.shown(now, 1.0)
        if mask_at is not None and now >= mask_at:
            made.mask_settled(now)
            made.mask(5, 4)[:] = np.uint8(200)
            made.learn(0.1, 0.125, 0.2, 0.25, round(newest * period * 1000))
            made.learned(now, work_ms / 2)
            mask_at = None
        if text := made.tuned(now):
            told.append(json.loads(text))
    return told


def changes(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each["change"] for each in told if each["change"]]


def test_a_machine_that_holds_the_defaults_keeps_them() -> None:
    told = play(bridge(), 10, work_ms=8, trip_ms=50)
    assert changes(told) == []
    assert [each["calibration"] is not None for each in told] == [True]


def test_a_slow_machine_is_given_less_and_told_why() -> None:
    made = bridge()
    told = changes(play(made, 10, work_ms=45, trip_ms=120))
    assert told
    assert "→" in told[0]["reason"]
    rung = told[-1]["rung"]
    assert made.resolution() == pytest.approx(rung["resolution"])
    assert rung != RUNG


def test_what_is_pinned_stays() -> None:
    told = changes(play(bridge(pins={"quality": "fine", "scale": 1}), 10, work_ms=45, trip_ms=120))
    assert told
    assert {(change["rung"]["quality"], change["rung"]["scale"]) for change in told} == {
        ("fine", 1)
    }


def test_a_machine_that_is_known_begins_where_it_ended() -> None:
    kept = Calibration("here", Speed(2.5, 2.5, 2.5)).dumps()
    made = bridge(kept=kept)
    first = json.loads(made.tuned(0.0))["change"]
    assert first["rung"] != RUNG
    assert "before" in first["reason"]
    assert bridge(kept=kept, machine="there").tuned(0.0) == ""


def test_a_setting_of_the_page_does_not_undo_a_rung() -> None:
    made = bridge(kept=Calibration("here", Speed(2.5, 2.5, 2.5)).dumps())
    rung = json.loads(made.tuned(0.0))["change"]["rung"]
    made.configure(30, 0.6, "fine", 0.475)
    assert made.resolution() == pytest.approx(rung["resolution"])


def test_with_tuning_off_the_settings_hold() -> None:
    made = bridge(kept=Calibration("here", Speed(2.5, 2.5, 2.5)).dumps())
    made.tune("")
    made.configure(30, 0.5, "fine", 0.475)
    assert made.resolution() == pytest.approx(0.475)
    assert made.tuned(0.0) == ""
    assert made._scheduler.mask_interval_ms == MASK_INTERVAL_MS


def test_another_wish_begins_where_the_one_before_was() -> None:
    """What was measured before the load came would lead back to where it does not hold."""
    kept = Calibration("here", Speed(0.5, 0.5, 0.5)).dumps()
    made = bridge(kept=kept)
    rung = changes(play(made, 10, work_ms=45, trip_ms=120))[-1]["rung"]
    pins = {"scale": 1, "frame_rate": 30}
    made.tune(json.dumps({**WISH, "kept": kept, "current": {**rung, **pins}, "pins": pins}))
    assert made.tuned(10_000.0) == ""
    assert made.resolution() == pytest.approx(rung["resolution"])


def test_another_frame_rate_is_no_missed_frame() -> None:
    """Every other frame of the camera is left out by wish."""
    made = bridge()
    assert changes(play(made, 10, work_ms=8, trip_ms=50)) == []
    made.tune(json.dumps({**WISH, "frameRate": 15, "current": {**RUNG, "frame_rate": 15}}))
    told = changes(play(made, 20, work_ms=8, trip_ms=50, start_s=10, every=2))
    assert not any("missed" in change["reason"] for change in told)


def test_what_only_says_what_runs_is_no_other_wish() -> None:
    made = bridge()
    rung = changes(play(made, 10, work_ms=45, trip_ms=120))[-1]["rung"]
    tuner = made._tuner
    made.tune(json.dumps({**WISH, "current": rung, "kept": "measured meanwhile"}))
    assert made._tuner is tuner


def test_a_budget_or_backend_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="much"):
        bridge(budget="much")
    with pytest.raises(ValueError, match="abacus"):
        bridge(backend="abacus")
