"""The border to the browser: the only module that JavaScript calls, and that knows it is called so.

Only numbers, strings and views of the pipeline's own arrays pass. Pixels are written and read in
place by the caller, through Pyodide's buffer protocol: what `frame`, `mask` and `output` give is
the memory that numpy computes on.
"""

import json
import math
from typing import Any

import numpy as np

from . import brand, plate, scenes
from . import quality as quality_steps
from .logits import Grid
from .meter import Meter
from .pipeline import Pipeline
from .repeats import Repeats
from .scheduler import MASK_INTERVAL_MS, Scheduler
from .slides import Slides
from .trial import Trial
from .tuning import tuner
from .tuning.tuner import Tuner, Wish
from .types import Bytes, Size

LONGEST_SIDE = 8192
"""Pixels; more than any camera or screen has, and what its arrays would fill the memory with."""

PRESSED_MS = 2000.0
"""The first composite has the processor to itself for so long at most."""

STAGES = ("pixels", "matte", "composite", "show", "mask")


class Bridge:
    """One compositor: a pipeline, its scheduler and its meter."""

    def __init__(self) -> None:
        self._adapters = 1
        self._trial = Trial(1)
        self._pipeline = Pipeline()
        self._scheduler = Scheduler(30)
        self._repeats = Repeats()
        self._meter = Meter()
        self._frames = 0
        self._held = 0
        self._shown_ms: float | None = None
        self._concealed_ms: float | None = None
        self._arrived_ms = 0.0
        self._tuner: Tuner | None = None

    # Settings

    def scenes(self) -> str:
        """Names of the painted plates, a JSON list."""
        return json.dumps(list(scenes.SCENES))

    def scene(self, name: str, width: int, height: int) -> Bytes:
        """A picture of that scene, (height, width, 4) uint8."""
        return plate.opaque(scenes.paint(_scene(name), _size("scene", width, height)))

    def glimpse_blur(self, strength: float, width: int, height: int) -> Bytes | None:
        """The room at that blur, (height, width, 4) uint8, once there was a composite."""
        size = _size("glimpse", width, height)
        picture = self._pipeline.glimpse(plate.Blur(strength), size)
        return None if picture is None else np.ascontiguousarray(picture)

    def configure(
        self, frame_rate: float, threshold: float, quality: str, resolution: float
    ) -> None:
        """Raises ValueError for a value out of range, naming it; all is then as it was."""
        if not 0 < threshold < 1:
            raise ValueError(f"threshold must be between 0 and 1, got {threshold}")
        if not 0 < resolution <= 1:
            raise ValueError(f"resolution must be above 0 and at most 1, got {resolution}")
        quality_steps.named(quality)
        self._scheduler.frame_rate = frame_rate
        self._pipeline.turn(quality)
        self._pipeline.look = resolution
        self._pipeline.threshold = threshold
        self._keep_rung()

    def plate_color(self, red: int, green: int, blue: int) -> None:
        """Stand the person before one colour."""
        self._stand(plate.color((red, green, blue)))

    def plate_blur(self, strength: float) -> None:
        """Stand the person before their own room, out of focus."""
        self._stand(plate.Blur(strength))

    def plate_scene(self, name: str) -> None:
        """Stand the person before a painted scene; raises ValueError for an unknown name."""
        known = _scene(name)
        self._stand(plate.Still(lambda size: scenes.paint(known, size)))

    def plate_image(self, pixels: Any, width: int, height: int) -> None:
        """Stand the person before a picture: a JavaScript buffer of RGBA bytes, row by row."""
        picture = _array("image", pixels, width, height)
        self._stand(plate.image(picture))

    def plate_brand(self, red: int, green: int, blue: int, name: Any, logo: Any) -> None:
        """Stand the person before a wall with a sign: two JavaScript ImageData, or None."""
        letters = None if name is None else _pixels("name", name)[..., 3].copy()
        badge = None if logo is None else _pixels("logo", logo)
        wall = plate.checked((red, green, blue))
        self._stand(plate.Still(lambda size: brand.paint(size, wall, letters, badge)))

    def plate_slides(self, place: str, size: float) -> None:
        """Stand the person before shared pictures, from the first that comes; see `Slides`."""
        slides = Slides(place, size)
        if self._pipeline.slides:
            slides.take_over(self._pipeline.slides)
        self._pipeline.slides = slides
        self._scheduler.slides = True

    def _stand(self, behind: plate.Plate) -> None:
        self._pipeline.plate = behind
        self._pipeline.slides = None
        self._scheduler.slides = False

    # Slides

    def slide(self, width: int, height: int) -> Bytes | None:
        """Where the next slide goes, (height, width, 4) uint8; None where none is wanted now."""
        slides = self._pipeline.slides
        return slides.coming(_size("slide", width, height)) if slides else None

    def slide_written(self) -> None:
        """The slide is whole: show it."""
        if self._pipeline.slides:
            self._pipeline.slides.show()

    # Frames and masks

    def resize(self, width: int, height: int) -> None:
        """Frames have this size from now on."""
        size = _size("frame", width, height)
        if self._pipeline.size != size:
            self._pipeline.resize(size)

    def frame(self) -> Bytes:
        """Where the next frame goes, at the top left of (H, W, 4) uint8, which may be larger."""
        return self._pipeline.frame

    def output(self) -> Bytes:
        """The newest composite, likewise."""
        return self._pipeline.output

    @property
    def output_width(self) -> int:
        """Pixels of `output` that are to be seen, from its left."""
        return self._pipeline.shown[1]

    @property
    def output_height(self) -> int:
        """Pixels of `output` that are to be seen, from its top."""
        return self._pipeline.shown[0]

    @property
    def moved(self) -> bool:
        """Whether the person in `output` moved, so that it cannot be the picture before."""
        return self._pipeline.moved

    def look(self, width: int, height: int) -> Bytes:
        """The frame just written as the segmenter is to see it, (height, width, 4) uint8."""
        return self._pipeline.shrunk(_size("look", width, height))

    def mask(self, width: int, height: int) -> Bytes:
        """Where the next mask goes, (h, w, 4) uint8."""
        return self._pipeline.mask(_size("mask", width, height))

    def render(self, now_ms: float, timestamp: int, pixels_ms: float) -> bool:
        """Composite the frame; False where the card must be shown instead."""
        spent = self._pipeline.render(_timestamp(timestamp))
        if spent is None:
            if self._concealed_ms is None:
                self._concealed_ms = now_ms
            return False
        age_ms = self._pipeline.mask_age_ms()
        for stage, value in {**spent, "pixels": pixels_ms, "age": age_ms or 0.0}.items():
            self._meter.note(stage, now_ms, value)
        return True

    def shown(self, now_ms: float, show_ms: float) -> None:
        """The composite was handed to the stage."""
        self._meter.note("show", now_ms, show_ms)
        if self._tuner:
            self._tuner.monitor.worked(now_ms - self._arrived_ms)
        self._frames += 1
        if self._shown_ms is not None:
            periods = round((now_ms - self._shown_ms) / self._scheduler.period_ms)
            self._held += max(0, periods - 1)
        self._shown_ms = now_ms

    def pressed(self, now_ms: float) -> bool:
        """Whether somebody waits to be seen for the first time, and all else has to wait too."""
        if self._frames or self._concealed_ms is None:
            return False
        return now_ms - self._concealed_ms < PRESSED_MS

    def learn(self, x: float, y: float, dx: float, dy: float, timestamp: int) -> None:
        """Learn from the mask just written; its grid as in `logits.Grid`."""
        self._pipeline.learn(Grid(x, y, dx, dy), _timestamp(timestamp))

    def learned(self, now_ms: float, mask_ms: float) -> None:
        """A mask was taken in, in this time."""
        self._meter.note("mask", now_ms, mask_ms)
        if self._tuner:
            self._tuner.monitor.mask(now_ms - mask_ms)
            self._tuner.monitor.learned(mask_ms)

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

    def plan(self, now_ms: float) -> tuple[float, bool, bool, bool]:
        """Milliseconds until the next pull, its mask, whether one is overdue, its slide."""
        plan = self._scheduler.plan(now_ms)
        return plan.delay_ms, plan.mask, plan.overdue, plan.slide

    def arrived(self, now_ms: float, timestamp: int, mask: bool, slide: bool) -> None:
        """A new frame came; whether the segmenter was given it, and a slide was asked for."""
        self._scheduler.frame(now_ms, _timestamp(timestamp), mask=mask, slide=slide)
        self._arrived_ms = now_ms
        if self._tuner:
            self._tuner.monitor.frame(now_ms, timestamp, mask=mask)

    def met(self, now_ms: float) -> bool:
        """Whether the frame just written is the one before once more, as far as pixels tell."""
        return self._repeats.met(self._pipeline.frame, now_ms)

    def repeated(self, now_ms: float) -> None:
        """Nothing new was there: what is on stands a little longer."""
        self._scheduler.repeat(now_ms)
        if self._tuner:
            self._tuner.monitor.repeat()

    def mask_settled(self, now_ms: float) -> bool:
        """The mask that was asked for came, or will not come; whether one was awaited at all."""
        return self._scheduler.mask(now_ms)

    def restart(self) -> None:
        """Another camera: forget the matte and the phase."""
        self._pipeline.forget()
        self._trial = Trial(self._adapters)
        self._shown_ms = None
        self._repeats = Repeats()
        self._scheduler.restart()
        if self._tuner:
            self._tuner.restart()

    # Tuning

    def tune(self, wish: str) -> None:
        """Tune as `Tuning` of worker/protocol.d.ts says, JSON; an empty text ends it."""
        if not wish:
            self._tuner = None
            self._scheduler.mask_interval_ms = MASK_INTERVAL_MS
            return
        wished = Wish.loads(wish)
        if self._tuner and self._tuner.serves(wished):
            return
        self._tuner = Tuner(wished, self._tuner)
        self._keep_rung()

    def tuned(self, now_ms: float) -> str:
        """What changed since it was last asked, as JSON; see `TunedMessage`. Empty: nothing."""
        if not self._tuner:
            return ""
        change = self._tuner.change(now_ms)
        calibration = self._tuner.calibration()
        if change:
            self._keep_rung()
        if not change and calibration is None:
            return ""
        return json.dumps(
            {"change": tuner.dumps(change) if change else None, "calibration": calibration}
        )

    def _keep_rung(self) -> None:
        """Python's own part of the rung in use."""
        if not self._tuner:
            return
        rung = self._tuner.rung
        self._pipeline.turn(rung.quality)
        self._pipeline.look = rung.resolution
        self._scheduler.mask_interval_ms = rung.mask_interval_ms
        self._scheduler.frame_rate = rung.frame_rate

    def stats(self, now_ms: float) -> str:
        """`CompositorStats` of worker/protocol.d.ts without its time and adapter, as JSON."""
        height, width = self._pipeline.size
        quantiles = {name: self._quantiles(name, now_ms) for name in (*STAGES, "age")}
        return json.dumps(
            {
                "frames": self._frames,
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


def _scene(name: str) -> str:
    if name not in scenes.SCENES:
        raise ValueError(f"no scene is called {name!r}; there are {', '.join(scenes.SCENES)}")
    return name


def _size(what: str, width: float, height: float) -> Size:
    """(height, width) of what has this name; JavaScript's numbers may be anything."""
    for side, pixels in (("width", width), ("height", height)):
        if not (1 <= pixels <= LONGEST_SIDE and pixels == int(pixels)):
            raise ValueError(f"{what} {side} must be 1 to {LONGEST_SIDE} pixels, got {pixels}")
    return int(height), int(width)


def _timestamp(microseconds: float) -> int:
    if not math.isfinite(microseconds):
        raise ValueError(f"timestamp must be a number of microseconds, got {microseconds}")
    return int(microseconds)


def _array(what: str, pixels: Any, width: int, height: int) -> Bytes:
    """A copy of a JavaScript buffer as a picture; `pixels` is Pyodide's JsBuffer."""
    size = _size(what, width, height)
    data = np.frombuffer(pixels.to_bytes(), np.uint8)
    if data.size != 4 * size[0] * size[1]:
        raise ValueError(f"{what} pixels must be {width}×{height} of 4 bytes, got {data.size}")
    return data.reshape(*size, 4)


def _pixels(what: str, image: Any) -> Bytes:
    """A copy of a JavaScript ImageData, (h, w, 4) uint8."""
    return _array(what, image.data, image.width, image.height)
