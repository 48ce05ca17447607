"""What is compared, and the pages that run it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

import cv2
import numpy as np

from tests.bench.effort import Effort
from tests.bench.speed.camera import HD, VGA, Size
from tools.paths import NODE_MODULES

BENCH = Path(__file__).resolve().parent.parent
PREFIX = "__bench__"
WEBGL = NODE_MODULES / "@tensorflow/tfjs-backend-webgl/dist/tf-backend-webgl.es2017.min.js"
FOLDERS = {
    "article": BENCH / "article",
    "speed/page": BENCH / "speed" / "page",
    "peers": BENCH / "peers",
    "peers/twilio": NODE_MODULES / "@twilio/video-processors/dist/build",
    "peers/shiguredo": NODE_MODULES / "@shiguredo/virtual-background/dist",
}
"""Folders by where the server has them."""


@dataclass(frozen=True)
class Subject:
    """A way to composite, as a page."""

    name: str
    label: str
    page: str
    """Relative to the site's URL."""

    def at(self, **query: object) -> Subject:
        """The same with more in the page's query; see page/scene.js."""
        mark = "&" if "?" in self.page else "?"
        return replace(self, page=f"{self.page}{mark}{urlencode(query)}")


@dataclass(frozen=True)
class Case:
    """A subject before a camera of some size."""

    subject: Subject
    size: Size

    @property
    def name(self) -> str:
        """For rows and ratios."""
        return f"{self.subject.name} {self.size}"

    @property
    def page(self) -> Subject:
        """The subject with a page for that camera."""
        return self.subject.at(width=self.size.width, height=self.size.height)


_ARTICLE = f"{PREFIX}/article/article.html"

OURS = Subject("ours", "Cyclorama", f"{PREFIX}/speed/page/ours.html")
ARTICLE = Subject("article-wasm", "usual, WASM", f"{_ARTICLE}?backend=wasm")
NO_REST = Subject("article-wasm-no-rest", "no rest, WASM", f"{_ARTICLE}?backend=wasm&wait=rest")
WEBGL_ARTICLE = Subject("article-webgl", "usual, WebGL", f"{_ARTICLE}?backend=webgl")
"""The usual loop on the main thread, see article.js. tfjs takes WebGL unless told otherwise."""
TWILIO = Subject("twilio", "Twilio", f"{PREFIX}/peers/twilio.html")
SHIGUREDO = Subject("shiguredo", "Shiguredo", f"{PREFIX}/peers/shiguredo.html")
CAMERA = Subject("camera", "camera alone", f"{PREFIX}/peers/camera.html")

SUBJECTS = (OURS, ARTICLE, WEBGL_ARTICLE, NO_REST, TWILIO, SHIGUREDO, CAMERA)
QUICK_SUBJECTS = (OURS, ARTICLE, WEBGL_ARTICLE, CAMERA)


def cases(effort: Effort) -> list[Case]:
    """What is to be measured, in its order."""
    subjects, sizes = (SUBJECTS, (VGA, HD)) if effort.full else (QUICK_SUBJECTS, (VGA,))
    every = [Case(subject, size) for size in sizes for subject in subjects]
    return [
        # The loop without a rest is there to show that its rest is not what makes it slow.
        case
        for case in every
        if effort.row in case.name and (case.subject is not NO_REST or case.size is VGA)
    ]


def overlay() -> dict[str, bytes]:
    """The pages and what they need beside dist/, by path on the server."""
    return dict(_files()) | {
        f"{PREFIX}/tf-backend-webgl.js": WEBGL.read_bytes(),
        f"{PREFIX}/background.jpg": _background(),
    }


def _files() -> Iterator[tuple[str, bytes]]:
    for served, folder in FOLDERS.items():
        for file in folder.iterdir():
            if file.is_file():
                yield f"{PREFIX}/{served}/{file.name}", file.read_bytes()


def _background() -> bytes:
    """A picture of 1280×960 with coarse and fine detail, as JPEG."""
    random = np.random.default_rng(1)
    coarse = random.integers(0, 256, (6, 8, 3)).astype(np.uint8)
    picture = cv2.resize(coarse, (1280, 960), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    picture += random.integers(-12, 13, picture.shape, np.int16)
    _, file = cv2.imencode(".jpg", picture.clip(0, 255).astype(np.uint8))
    return file.tobytes()
