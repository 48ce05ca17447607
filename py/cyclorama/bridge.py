"""The border to the browser: the only module that JavaScript calls, and that knows it is called so.

Only numbers, strings and views of the pipeline's own arrays pass. Pixels are written and read in
place by the caller, through Pyodide's buffer protocol: what `frame`, `mask` and `output` give is
the memory that numpy computes on.
"""

import json
from typing import Any

import numpy as np

from . import plate, scenes
from .logits import Grid
from .meter import Meter
from .pipeline import Pipeline
from .scheduler import Scheduler
from .trial import Trial
from .types import Bytes

STAGES = ("pixels", "matte", "composite", "show", "mask")


class Bridge:
    """One compositor: a pipeline, its scheduler and its meter."""

    def __init__(self) -> None:
        self._adapters = 1
        self._trial = Trial(1)
        self._pipeline = Pipeline()
        self._scheduler = Scheduler(30)
        self._meter = Meter()
        self._held = 0
        self._shown_ms: float | None = None

    # Settings

    def scenes(self) -> str:
        """Names of the painted plates, a JSON list."""
        return json.dumps(list(scenes.SCENES))

    def scene(self, name: str, width: int, height: int) -> Bytes:
        """A picture of that scene, (height, width, 4) uint8."""
        return plate.opaque(scenes.paint(name, (height, width)))

    def configure(
        self, frame_rate: float, threshold: float, quality: str, resolution: float
    ) -> None:
        """Raises ValueError for a value out of range, naming it."""
        if not 0 < threshold < 1:
            raise ValueError(f"threshold must be between 0 and 1, got {threshold}")
        if not 0 < resolution <= 1:
            raise ValueError(f"resolution must be above 0 and at most 1, got {resolution}")
        self._pipeline.turn(quality)
        self._pipeline.look = resolution
        self._scheduler.frame_rate = frame_rate
        self._pipeline.threshold = threshold

    def plate_color(self, red: int, green: int, blue: int) -> None:
        """Stand the person before one colour."""
        self._pipeline.plate = plate.color((red, green, blue))

    def plate_blur(self, strength: float) -> None:
        """Stand the person before their own room, out of focus."""
        self._pipeline.plate = plate.Blur(strength)

    def plate_scene(self, name: str) -> None:
        """Stand the person before a painted scene; raises ValueError for an unknown name."""
        if name not in scenes.SCENES:
            raise ValueError(f"no scene is called {name!r}; there are {', '.join(scenes.SCENES)}")
        self._pipeline.plate = plate.Still(lambda size: scenes.paint(name, size))

    def plate_image(self, pixels: Any, width: int, height: int) -> None:
        """Stand the person before a picture: a JavaScript buffer of RGBA bytes, row by row."""
        picture = _array(pixels, (height, width, 4))
        self._pipeline.plate = plate.image(picture)

    # Frames and masks

    def resize(self, width: int, height: int) -> None:
        """Frames have this size from now on."""
        if self._pipeline.size != (height, width):
            self._pipeline.resize((height, width))

    def frame(self) -> Bytes:
        """Where the next frame goes, at the top left of (H, W, 4) uint8, which may be larger."""
        return self._pipeline.frame

    def output(self) -> Bytes:
        """The newest composite, likewise."""
        return self._pipeline.output

    def look(self, width: int, height: int) -> Bytes:
        """The frame just written as the segmenter is to see it, (height, width, 4) uint8."""
        return self._pipeline.shrunk((height, width))

    def mask(self, width: int, height: int) -> Bytes:
        """Where the next mask goes, (h, w, 4) uint8."""
        return self._pipeline.mask((height, width))

    def render(self, now_ms: float, timestamp: int, pixels_ms: float) -> bool:
        """Composite the frame; False where the card must be shown instead."""
        spent = self._pipeline.render(timestamp)
        if spent is None:
            return False
        age_ms = self._pipeline.mask_age_ms()
        for stage, value in {**spent, "pixels": pixels_ms, "age": age_ms or 0.0}.items():
            self._meter.note(stage, now_ms, value)
        return True

    def shown(self, now_ms: float, show_ms: float) -> None:
        """The composite was handed to the stage."""
        self._meter.note("show", now_ms, show_ms)
        if self._shown_ms is not None:
            periods = round((now_ms - self._shown_ms) / self._scheduler.period_ms)
            self._held += max(0, periods - 1)
        self._shown_ms = now_ms

    def learn(self, x: float, y: float, dx: float, dy: float, timestamp: int) -> None:
        """Learn from the mask just written; its grid as in `logits.Grid`."""
        self._pipeline.learn(Grid(x, y, dx, dy), timestamp)

    def learned(self, now_ms: float, mask_ms: float) -> None:
        """A mask was taken in, in this time."""
        self._meter.note("mask", now_ms, mask_ms)

    def resolution(self) -> float:
        """Share of the frame's size that the segmenter is to be shown."""
        return self._pipeline.resolution

    # Adapters

    def offer(self, adapters: int) -> None:
        """There are so many ways to get a frame's pixels here."""
        self._adapters = adapters
        self._trial = Trial(adapters)

    def adapter(self) -> int:
        """The number of the way to get the next frame's pixels."""
        return self._trial.way

    def adapter_took(self, adapter: int, ms: float) -> None:
        """That way got a frame's pixels, in so much time of all threads."""
        self._trial.took(adapter, ms)

    def adapter_failed(self, adapter: int) -> bool:
        """That way does not work here; whether there is another."""
        return self._trial.failed(adapter)

    # The clock

    def plan(self, now_ms: float) -> tuple[float, bool, bool]:
        """Milliseconds until the next pull, whether with a mask, whether one is overdue."""
        plan = self._scheduler.plan(now_ms)
        return plan.delay_ms, plan.mask, plan.overdue

    def arrived(self, now_ms: float, timestamp: int, mask: bool) -> None:
        """A new frame came."""
        self._scheduler.frame(now_ms, timestamp, mask=mask)

    def repeated(self, now_ms: float) -> None:
        """Nothing new was there: what is on stands a little longer."""
        self._scheduler.repeat(now_ms)

    def mask_settled(self) -> None:
        """The mask that was asked for came, or will not come."""
        self._scheduler.mask()

    def restart(self) -> None:
        """Another camera: forget the matte and the phase."""
        self._pipeline.forget()
        self._trial = Trial(self._adapters)
        self._shown_ms = None
        self._scheduler.restart()

    def stats(self, now_ms: float) -> str:
        """`CompositorStats` of worker/protocol.d.ts without the adapter, as JSON."""
        height, width = self._pipeline.size
        quantiles = {name: self._quantiles(name, now_ms) for name in (*STAGES, "age")}
        return json.dumps(
            {
                "fps": self._meter.rate("show", now_ms),
                "masksPerSecond": self._meter.rate("mask", now_ms),
                "maskAgeMs": quantiles.pop("age"),
                "stagesMs": quantiles,
                "held": self._held,
                "dropped": self._scheduler.dropped,
                "width": width,
                "height": height,
            }
        )

    def _quantiles(self, name: str, now_ms: float) -> dict[str, float]:
        p50, p95 = self._meter.quantiles(name, now_ms)
        return {"p50": p50, "p95": p95}


def _array(pixels: Any, shape: tuple[int, int, int]) -> Bytes:
    """A copy of a JavaScript buffer as an array; `pixels` is Pyodide's JsBuffer."""
    return np.frombuffer(pixels.to_bytes(), np.uint8).reshape(shape)
