"""From the brightness of a barcode's cells to latencies."""

from __future__ import annotations

import numpy as np

from tests.bench.latency.clip import placed
from tests.bench.latency.run import Latency
from tests.bench.latency.sightings import Sighting, first_sights, latencies
from tests.bench.latency.tables import ratios
from tests.bench.speed.camera import Size
from tests.bench.speed.window import Quantiles
from tests.harness import marker
from tests.harness.recording import SeenFrame


def seen(at_ms: float, number: int | None) -> SeenFrame:
    """A frame that carries a number, or has grey where the barcode should be."""
    picture = np.full((40, 100, 3), 128, np.uint8)
    if number is not None:
        marker.draw(picture, number, 0, 0)
    height, width = picture.shape[:2]
    boxes = [
        picture[round(y0 * height) : round(y1 * height), round(x0 * width) : round(x1 * width)]
        for x0, y0, x1, y1 in marker.boxes(0, 0, width, height)
    ]
    brightness = np.array([box.mean() for box in boxes])
    return SeenFrame(timestamp=0, at_ms=at_ms, width=0, height=0, hash=0, boxes=brightness)


def test_every_number_is_read_from_its_boxes() -> None:
    assert [marker.decode(seen(0, number).boxes) for number in range(256)] == [*range(256)]


def test_only_the_first_frame_with_a_number_counts() -> None:
    frames = [seen(0, 7), seen(33, 7), seen(67, None), seen(100, 7), seen(133, 8)]

    assert first_sights(frames) == [Sighting(0, 7), Sighting(133, 8)]


def test_latency_is_from_sight_to_sight() -> None:
    camera = [Sighting(0, 1), Sighting(33, 2), Sighting(67, 3)]
    output = [Sighting(50, 1), Sighting(120, 3)]

    assert latencies(camera, output) == [50, 53]


def test_a_number_shown_again_belongs_to_its_latest_showing() -> None:
    camera = [Sighting(0, 1), Sighting(8000, 1)]
    output = [Sighting(40, 1), Sighting(8070, 1)]

    assert latencies(camera, output) == [40, 70]


def test_what_was_shown_before_the_camera_was_looked_at_is_left_out() -> None:
    assert latencies([Sighting(100, 2)], [Sighting(90, 1), Sighting(95, 2), Sighting(130, 2)]) == [
        30
    ]


def test_an_old_picture_that_comes_out_again_is_no_second_sight() -> None:
    camera = [Sighting(0, 1), Sighting(33, 2)]
    output = [Sighting(40, 1), Sighting(70, 2), Sighting(100, 1)]

    assert latencies(camera, output) == [40, 37]


def test_a_place_stays_on_the_person_when_the_picture_is_cut_to_another_size() -> None:
    # 640×384 is scaled to 800×480, and 80 columns go on each side.
    assert placed((205, 350), Size(640, 384), Size(640, 480)) == (176, 438)
    assert placed((205, 350), Size(640, 384), Size(640, 384)) == (205, 350)


def test_latencies_of_too_few_frames_make_no_ratio() -> None:
    def row(subject: str, ms: float, frames: int) -> Latency:
        return Latency(subject, "640×480", "hidden", Quantiles(ms, 2 * ms), frames, 100, 0)

    found = ratios([row("ours", 30, 200), row("twilio", 60, 100), row("article-webgl", 20, 3)])

    assert found == {
        "ours ÷ twilio, 640×480 hidden: latency p50": 0.5,
        "ours ÷ twilio, 640×480 hidden: latency p95": 0.5,
    }
