"""What BodyPix says of the frames of a take, computed by Node once and kept in .cache."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import cv2
import numpy as np

from cyclorama.logits import Grid
from cyclorama.types import Bytes
from tests.bench.matte import cache, footage
from tests.bench.matte.takes import Take
from tools.paths import NODE_MODULES

SCRIPT = Path(__file__).with_name("segment.mjs")


class NoSegmenterError(Exception):
    """BodyPix cannot be run; the message says why, and what to do."""


@dataclass(frozen=True)
class Settings:
    """Which BodyPix, and at what size it looks."""

    multiplier: float = 0.5
    quant_bytes: int = 2
    stride: int = 16
    resolution: float = 0.475
    """Share of the frame's size; one half is what body-pix calls medium."""

    @property
    def folder(self) -> Path:
        """Where the network's files are."""
        base = os.environ.get("CYCLORAMA_MODELS") or str(footage.SHARED / "models" / "bodypix")
        width = f"{round(self.multiplier * 100):03d}"
        return Path(base) / "mobilenet" / f"quant{self.quant_bytes}" / width

    def input_size(self, width: int, height: int) -> tuple[int, int]:
        """(width, height) at which it sees a frame, the rule of `inputSize` in web/segmenter.js."""

        def fit(side: int) -> int:
            return max(1, int(side * self.resolution) // self.stride) * self.stride + 1

        return fit(width), fit(height)

    def grid(self, width: int, height: int) -> Grid:
        """Where the cells lie for a frame of this size."""
        columns, rows = self.input_size(width, height)
        return Grid(0.5 / columns, 0.5 / rows, self.stride / columns, self.stride / rows)


class Segmenter:
    """Gives masks of takes; starts Node when it first needs one that is not kept."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()

    def masks(self, take: Take, indices: Iterable[int]) -> dict[int, Bytes]:
        """Byte logits, (h, w) uint8, of these frames of a take."""
        key = cache.key(f"{take.scene.name} masks", take.key, repr(self.settings), self._contents())
        kept = cache.load(key) or {}
        missing = [index for index in indices if str(index) not in kept]
        for index in missing:
            kept[str(index)] = self._segment(take.frame(index))
        if missing:
            cache.save(key, kept)
        return {int(index): np.asarray(mask, np.uint8) for index, mask in kept.items()}

    def _contents(self) -> str:
        folder = self.settings.folder
        files = sorted(folder.glob("*")) if folder.is_dir() else []
        if not files:
            raise NoSegmenterError(
                f"The evaluation needs the BodyPix weights in {folder}; name a mirror of the "
                "official layout with CYCLORAMA_MODELS."
            )
        return cache.contents([SCRIPT, *files])

    def _segment(self, frame: Bytes) -> Bytes:
        height, width = frame.shape[:2]
        size = self.settings.input_size(width, height)
        small = cv2.resize(frame[..., :3], size, interpolation=cv2.INTER_AREA)
        to_node, from_node = self._pipes()
        try:
            to_node.write(struct.pack("<II", *size) + small.tobytes())
            to_node.flush()
            columns, rows = struct.unpack("<II", from_node.read(8))
        except (BrokenPipeError, struct.error):
            raise NoSegmenterError(
                "BodyPix stopped under Node; its own message is above."
            ) from None
        return np.frombuffer(from_node.read(rows * columns), np.uint8).reshape(rows, columns)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            node = shutil.which("node")
            if node is None or not NODE_MODULES.is_dir():
                raise NoSegmenterError(
                    "The evaluation needs Node.js and the npm packages; run build.py build first."
                )
            self._process = subprocess.Popen(
                [node, str(SCRIPT), str(self.settings.folder), str(self.settings.stride)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        process = self._process
        assert process.stdin
        assert process.stdout
        return process.stdin, process.stdout
