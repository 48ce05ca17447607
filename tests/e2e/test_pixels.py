"""What Python paints is what the track shows: JavaScript copies and never blends."""

from __future__ import annotations

import numpy as np

from tests.harness.recording import recording
from tests.harness.studio import Studio, publish, ready


def test_a_constant_picture_arrives_as_it_was_painted(studio: Studio) -> None:
    studio.site.patch(pipeline="constant.py")
    page = studio.embed()
    publish(page)
    ready(page)
    page.wait_for_timeout(500)
    with recording(page, studio.site, "track", keep=5) as seen:
        page.wait_for_timeout(1000)
    assert len(seen.pictures) == 5
    for picture in seen.pictures:
        quarters = [half for rows in np.split(picture, 2) for half in np.split(rows, 2, axis=1)]
        for quarter, level in zip(quarters, (16, 77, 128, 235), strict=True):
            assert (quarter == level).all(), f"{np.unique(quarter)} instead of {level}"
