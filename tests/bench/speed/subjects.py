"""What is compared, and the pages that run it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from tools.paths import NODE_MODULES

BENCH = Path(__file__).resolve().parent.parent
PAGES = (BENCH / "article", BENCH / "speed" / "page")
PREFIX = "__bench__"
WEBGL = NODE_MODULES / "@tensorflow/tfjs-backend-webgl/dist/tf-backend-webgl.es2017.min.js"


@dataclass(frozen=True)
class Subject:
    """A way to composite, as a page."""

    name: str
    label: str
    page: str
    """Relative to the site's URL."""


_ARTICLE = f"{PREFIX}/article/article.html"

OURS = Subject("ours", "Cyclorama", f"{PREFIX}/speed/page/ours.html")
RIVALS = (
    Subject("article-wasm", "usual, WASM", f"{_ARTICLE}?backend=wasm"),
    Subject("article-wasm-no-rest", "no rest, WASM", f"{_ARTICLE}?backend=wasm&wait=rest"),
    Subject("article-webgl", "usual, WebGL", f"{_ARTICLE}?backend=webgl"),
)
"""The usual loop on the main thread, see article.js. tfjs takes WebGL unless told otherwise."""

SUBJECTS = (OURS, *RIVALS)


def overlay() -> dict[str, bytes]:
    """The pages and what they need beside dist/, by path on the server."""
    files = [file for folder in PAGES for file in folder.iterdir() if file.is_file()]
    served = {f"{PREFIX}/{file.relative_to(BENCH).as_posix()}": file for file in files}
    return {path: file.read_bytes() for path, file in served.items()} | {
        f"{PREFIX}/tf-backend-webgl.js": WEBGL.read_bytes(),
        f"{PREFIX}/background.jpg": _background(),
    }


def _background() -> bytes:
    """A picture of 1280×960 with coarse and fine detail, as JPEG."""
    random = np.random.default_rng(1)
    coarse = random.integers(0, 256, (6, 8, 3)).astype(np.uint8)
    picture = cv2.resize(coarse, (1280, 960), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    picture += random.integers(-12, 13, picture.shape, np.int16)
    _, file = cv2.imencode(".jpg", picture.clip(0, 255).astype(np.uint8))
    return file.tobytes()
