"""Recordings of a video track, made by js/record.js in a worker of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.harness.scripted import Handle, Scripted
from tests.harness.site import UPLOAD, Site

Picture = NDArray[np.uint8]

SELF_VIEW = "document.querySelector('#self').srcObject.getVideoTracks()[0]"

_names = (f"recording-{number}" for number in count())


@dataclass(frozen=True)
class SeenFrame:
    """One frame of a track, as a worker read it."""

    timestamp: int
    """Microseconds."""
    at_ms: float
    """When it was read, on the wall clock."""
    width: int
    height: int
    hash: int
    """Equal for equal pictures."""
    boxes: NDArray[np.float64]
    """Mean brightness of each box that was asked for, 0 … 255."""
    kept: bool = False
    """Whether the recording has its picture."""
    track: int = 0
    """Index of the track, of those that are recorded."""


@dataclass
class Recording:
    """What a track showed; filled when the recording ends."""

    frames: list[SeenFrame] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    """(H, W, 3) RGB of the frames that were kept, in their order."""

    @property
    def seconds(self) -> float:
        """Between the first frame and the last."""
        return (self.frames[-1].at_ms - self.frames[0].at_ms) / 1000 if self.frames else 0.0

    def distinct_fps(self) -> float:
        """Pictures per second that differ from the one before."""
        changes = sum(a.hash != b.hash for a, b in pairwise(self.frames))
        return changes / self.seconds if self.seconds else 0.0


class Recorder:
    """A recording under way."""

    def __init__(self, handle: Handle, site: Site, name: str) -> None:
        self._handle = handle
        self._site = site
        self._name = name

    def count(self) -> int:
        """Frames seen so far."""
        return int(self._handle.evaluate("recorder => recorder.count()"))

    def stop(self) -> Recording:
        """End the recording and fetch it."""
        url = f"{self._site.url}{UPLOAD}?{self._name}"
        seen = self._handle.evaluate("(recorder, url) => recorder.stop(url)", url)
        frames = [_seen(frame) for frame in seen]
        kept = [frame for frame in frames if frame.kept]
        bodies = self._site.uploads.pop(self._name, [])
        pictures = [_picture(body, frame) for body, frame in zip(bodies, kept, strict=True)]
        return Recording(frames, pictures)


def start(
    page: Scripted,
    site: Site,
    *tracks: str,
    boxes: Sequence[Sequence[float]] = (),
    keep: int = 0,
    pair_every: int = 2,
) -> Recorder:
    """Begin to record a track, or more of them in one worker.

    Args:
        page: that holds the tracks.
        site: that serves the page.
        tracks: JavaScript expression of each track; their own clones are read.
        boxes: (left, top, right, bottom) in fractions of the frame, of which to note the
            brightness in every frame.
        keep: of how many frames to keep the pixels, from the first.
        pair_every: keep them in pairs of neighbours, one pair in this many frames; 2 keeps all.
    """
    handle = page.evaluate_handle(
        f"""async ([base, options]) => {{
          const {{ record }} = await import(`${{base}}__test__/record.js`);
          return record([{", ".join(tracks)}], options);
        }}""",
        [
            site.url,
            {"boxes": [list(box) for box in boxes], "keep": keep, "pairEvery": pair_every},
        ],
    )
    return Recorder(handle, site, next(_names))


@contextmanager
def recording(page: Scripted, site: Site, track: str, **options: Any) -> Iterator[Recording]:
    """Record a track while the context lasts; the recording is filled at its end."""
    recorder = start(page, site, track, **options)
    result = Recording()
    yield result
    ended = recorder.stop()
    result.frames, result.pictures = ended.frames, ended.pictures


def _seen(frame: dict[str, Any]) -> SeenFrame:
    return SeenFrame(
        timestamp=frame["timestamp"],
        at_ms=frame["atMs"],
        width=frame["width"],
        height=frame["height"],
        hash=frame["hash"],
        boxes=np.array(frame["boxes"]),
        kept=frame["kept"],
        track=frame["track"],
    )


def _picture(body: bytes, frame: SeenFrame) -> Picture:
    return np.frombuffer(body, np.uint8).reshape(frame.height, frame.width, 4)[..., :3]
