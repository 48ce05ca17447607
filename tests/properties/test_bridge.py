"""The border to JavaScript: no sequence of calls, refused or not, leaves it broken."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from cyclorama import quality, scenes, slides
from cyclorama.bridge import Bridge
from cyclorama.types import Bytes, Size
from tests.harness import arbitrary
from tests.harness.arbitrary import KINDS, NUMBERS, SIZES, TIMESTAMPS

BEHIND = (200, 10, 120)
"""A colour that the frames of the check do not have."""

FIELD = re.compile(
    "threshold|resolution|quality|frame rate|blur strength|colour|scene|place|size"
    "|(frame|look|glimpse|image|name|logo|slide|mask) (width|height|pixels)"
    "|timestamp|mask grid d?[xy]"
)
"""One of them is in every refusal."""

SIDES = st.one_of(NUMBERS, st.integers(1, arbitrary.LONGEST))
WORDS = st.sampled_from(["", "finest", "studio", "left", "__proto__"])


@dataclass(frozen=True)
class JsBuffer:
    """As Pyodide hands over an array of bytes."""

    content: bytes

    def to_bytes(self) -> bytes:
        """A copy."""
        return self.content


@dataclass(frozen=True)
class ImageData:
    """As browsers have it, but perhaps of another size than it says."""

    data: JsBuffer
    width: float
    height: float


BUFFERS = st.one_of(
    SIZES.map(lambda size: JsBuffer(bytes(4 * size[0] * size[1]))),
    st.integers(0, 99).map(lambda count: JsBuffer(bytes(count))),
)


def image(picture: Bytes) -> ImageData:
    return ImageData(JsBuffer(picture.tobytes()), picture.shape[1], picture.shape[0])


IMAGES = st.one_of(arbitrary.pictures().map(image), st.builds(ImageData, BUFFERS, SIDES, SIDES))


class BridgeMachine(RuleBasedStateMachine):
    """Calls as the compositor makes them, with whatever a message may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.bridge = Bridge()
        self.now_ms = 0.0

    def refusable(self, call: str, *values: Any) -> Any:
        """What a call gives; where it is refused, the refusal names what is wrong."""
        try:
            return getattr(self.bridge, call)(*values)
        except ValueError as error:
            if FIELD.search(str(error)) is None:
                raise AssertionError("the refusal does not name its field") from error
            return None

    def write_frame(self, kind: str, seed: int) -> None:
        frame = self.bridge.frame()
        frame[:] = arbitrary.picture(kind, (frame.shape[0], frame.shape[1]), 4, seed)
        frame[..., 3] = 255

    def write_mask(self, size: Size, value: int, timestamp: int) -> None:
        self.bridge.mask(size[1], size[0])[:] = value
        self.bridge.learn(0.5 / size[1], 0.5 / size[0], 1 / size[1], 1 / size[0], timestamp)

    @initialize(adapters=st.integers(1, 4))
    def start(self, adapters: int) -> None:
        self.bridge.offer(adapters)

    @rule(rate=NUMBERS, threshold=NUMBERS, name=WORDS, resolution=NUMBERS)
    def configure(self, rate: float, threshold: float, name: str, resolution: float) -> None:
        self.refusable("configure", rate, threshold, name, resolution)

    @rule(rate=st.floats(1, 60), name=st.sampled_from(list(quality.STEPS)))
    def configure_well(self, rate: float, name: str) -> None:
        self.bridge.configure(rate, 0.5, name, 0.5)

    @rule(rgb=st.tuples(NUMBERS, NUMBERS, NUMBERS))
    def stand_before_a_colour(self, rgb: tuple[float, float, float]) -> None:
        self.refusable("plate_color", *rgb)

    @rule(strength=NUMBERS)
    def stand_before_a_blur(self, strength: float) -> None:
        self.refusable("plate_blur", strength)
        self.refusable("glimpse_blur", strength, 32, 18)

    @rule(name=st.one_of(WORDS, st.sampled_from(list(scenes.SCENES))))
    def stand_before_a_scene(self, name: str) -> None:
        self.refusable("plate_scene", name)
        self.refusable("scene", name, 9, 7)

    @rule(pixels=BUFFERS, width=SIDES, height=SIDES)
    def stand_before_a_picture(self, pixels: JsBuffer, width: float, height: float) -> None:
        self.refusable("plate_image", pixels, width, height)

    @rule(rgb=st.tuples(NUMBERS, NUMBERS, NUMBERS), name=IMAGES, logo=st.none() | IMAGES)
    def stand_before_a_wall(
        self, rgb: tuple[float, float, float], name: ImageData, logo: ImageData | None
    ) -> None:
        self.refusable("plate_brand", *rgb, name, logo)

    @rule(place=st.one_of(WORDS, st.sampled_from(slides.PLACES)), share=NUMBERS)
    def stand_before_slides(self, place: str, share: float) -> None:
        self.refusable("plate_slides", place, share)

    @rule(width=SIDES, height=SIDES, seed=st.integers(0, 9))
    def show_a_slide(self, width: float, height: float, seed: int) -> None:
        coming = self.refusable("slide", width, height)
        if coming is not None:
            coming[:] = arbitrary.picture("noise", (len(coming), coming.shape[1]), 4, seed)
            coming[..., 3] = 255
            self.bridge.slide_written()

    @rule(width=SIDES, height=SIDES)
    def resize(self, width: float, height: float) -> None:
        self.refusable("resize", width, height)

    @rule(kind=st.sampled_from(KINDS), seed=st.integers(0, 99), timestamp=TIMESTAMPS | NUMBERS)
    def take_a_frame(self, kind: str, seed: int, timestamp: float) -> None:
        self.write_frame(kind, seed)
        self.bridge.met(self.now_ms)
        self.refusable("arrived", self.now_ms, timestamp, True, True)
        if self.refusable("render", self.now_ms, timestamp, 1.0):
            self.bridge.shown(self.now_ms, 0.1)

    @rule(width=SIDES, height=SIDES, value=arbitrary.BYTES)
    def be_given_a_mask(self, width: float, height: float, value: int) -> None:
        mask = self.refusable("mask", width, height)
        if mask is not None:
            mask[:] = value
        self.bridge.mask_settled(self.now_ms)

    @rule(grid=st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), timestamp=TIMESTAMPS | NUMBERS)
    def learn(self, grid: tuple[float, float, float, float], timestamp: float) -> None:
        self.refusable("learn", *grid, timestamp)

    @rule(size=SIZES, value=arbitrary.BYTES, timestamp=TIMESTAMPS)
    def learn_well(self, size: Size, value: int, timestamp: int) -> None:
        self.write_mask(size, value, timestamp)

    @rule(width=SIDES, height=SIDES)
    def show_the_segmenter(self, width: float, height: float) -> None:
        self.refusable("look", width, height)

    @rule(way=st.integers(-1, 5), ms=NUMBERS)
    def try_adapters(self, way: int, ms: float) -> None:
        self.bridge.adapter_took(way, ms)
        self.bridge.adapter_failed(way)
        assert 0 <= self.bridge.adapter() < 4

    @rule(ms=st.floats(-1e5, 1e5))
    def jump_in_time(self, ms: float) -> None:
        self.now_ms += ms
        delay_ms, *_ = self.bridge.plan(self.now_ms)
        assert 0 <= delay_ms <= 1000
        self.bridge.repeated(self.now_ms)

    @rule()
    def restart(self) -> None:
        self.bridge.restart()

    @invariant()
    def settings_hold(self) -> None:
        assert 0 < self.bridge.resolution() <= 1
        output = self.bridge.output()
        assert output.dtype == np.uint8
        assert output.shape[2] == 4
        assert self.bridge.output_height <= output.shape[0]
        assert self.bridge.output_width <= output.shape[1]
        stats = json.loads(self.bridge.stats(self.now_ms))
        assert stats["frames"] >= 0
        assert math.isfinite(stats["fps"])

    @rule(
        size=SIZES,
        seed=st.integers(0, 99),
        cells=SIZES,
        empty=st.booleans(),
        timestamp=st.integers(0, 10**9),
    )
    def go_on(self, size: Size, seed: int, cells: Size, empty: bool, timestamp: int) -> None:
        """Whatever came before: the next camera is composited, and an empty room is not shown."""
        self.bridge.restart()
        self.bridge.configure(30, 0.5, quality.DEFAULT, 0.5)
        self.bridge.plate_color(*BEHIND)
        self.bridge.resize(size[1], size[0])
        self.write_frame("noise", seed)
        assert not self.bridge.render(self.now_ms, timestamp, 1.0)
        self.write_mask(cells, 0 if empty else 255, timestamp)

        # The frame is written anew, as by a camera.
        self.write_frame("noise", seed)
        self.bridge.arrived(self.now_ms, timestamp + 33_333, False, False)
        assert self.bridge.render(self.now_ms, timestamp + 33_333, 1.0)

        assert (self.bridge.output_height, self.bridge.output_width) == size
        seen = self.bridge.output()[: size[0], : size[1]]
        frame = self.bridge.frame()[: size[0], : size[1]]
        assert (seen == ((*BEHIND, 255) if empty else frame)).all()


TestBridge = BridgeMachine.TestCase
TestBridge.settings = settings(max_examples=60, stateful_step_count=25)
