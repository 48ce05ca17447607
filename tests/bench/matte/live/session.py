"""One browser: a subject started before the numbered clip, and its output recorded."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Playwright

from tests.bench.matte.live.numbered import PLACE, NumberedClip
from tests.bench.matte.live.score import Shown
from tests.bench.matte.live.subjects import Row, before
from tests.bench.speed.browser import BenchError
from tests.bench.speed.camera import Size
from tests.bench.speed.session import Session, started
from tests.bench.speed.window import Window
from tests.harness import marker, recording
from tests.harness.recording import Recording
from tests.harness.site import Site

SECONDS = 16
"""Of each window: the camera plays the whole clip forward and backward."""

PAIR_EVERY = 4
"""Frames. Of each four the first two are kept, for changes are seen in neighbours. The masks come
every third frame, so that all distances from a mask are met equally often."""

KEEP = 300
"""Pictures at most, 295 MB of 640×384 in the page; SECONDS at 30 fps give 240, and the recording
lasts a little longer."""

CAMERA_FRAMES = 15
CAMERA_S = 1.0
CAMERA_TOLERANCE = 2
"""Levels by which the camera's track may differ from what was computed."""


@dataclass(frozen=True)
class Seen:
    """A row as it was seen."""

    row: Row
    window: Window
    shown: list[Shown]


def watch(
    playwright: Playwright, site: Site, rows: Sequence[Row], clip: NumberedClip, path: Path
) -> list[Seen]:
    """Record one subject in the states that `rows` name.

    It has settled before, so its first seconds are not in the figures, as they are in those of the
    takes. Hidden comes half a minute after visible: what the product learns of a room, it knows
    better then, and the two rows are not there to be held against each other to the decimal.

    Args:
        playwright: drives the browser.
        site: serves dist/ and the subject's page.
        rows: of one subject, visible before hidden.
        clip: what the camera plays.
        path: the same as .y4m file.

    Raises:
        BenchError: the page failed, was not hidden when it should be, or its camera gave other
            pictures than the clip's.
    """
    case = before(rows[0].subject, Size(clip.width, clip.height))
    with started(playwright, site, case, path) as tab:
        session = Session(tab, site, case, SECONDS, repeat=0)
        seen = []
        for row in rows:
            if row.hidden:
                tab.hide()
            window, recorded = session.watch(hidden=row.hidden, keep=KEEP, pair_every=PAIR_EVERY)
            seen.append(Seen(row, window, shown(recorded)))
        _check_camera(session, site, clip)
        return seen


def shown(recorded: Recording) -> list[Shown]:
    """The pictures of a recording but those that only repeat the one before."""
    pictures = iter(recorded.pictures)
    result = []
    earlier = None
    for index, frame in enumerate(recorded.frames):
        picture = next(pictures) if frame.kept else None
        if picture is not None and frame.hash != earlier:
            result.append(Shown(index, picture))
        earlier = frame.hash
    return result


def _check_camera(session: Session, site: Site, clip: NumberedClip) -> None:
    """Make sure that the camera's track gives what `clip.camera_frame` says."""
    recorder = recording.start(session.tab.page, site, "ready.camera", keep=CAMERA_FRAMES)
    time.sleep(CAMERA_S)
    pictures = recorder.stop().pictures
    numbers = [marker.read(picture, *PLACE) for picture in pictures]
    differences = [
        np.abs(picture.astype(np.int16) - clip.camera_frame(number)).max()
        for picture, number in zip(pictures, numbers, strict=True)
        if number is not None
    ]
    if not differences or max(differences) > CAMERA_TOLERANCE:
        raise BenchError(
            f"the camera gave other pictures than {clip.name}: {differences} levels off"
        )
