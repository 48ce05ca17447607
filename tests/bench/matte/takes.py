"""Scenes as the camera gave them: frames as JPEG files, truths as PNG files, kept in .cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from cyclorama.types import Bytes
from tests.bench.matte import cache, camera, footage, layers, scenes
from tests.bench.matte.scenes import Scene

REAL_QUALITY = 98
"""JPEG quality at which footage of a real camera is kept: nothing is to be added to it."""

CODE = [Path(str(module.__file__)) for module in (camera, footage, layers, scenes)]


@dataclass(frozen=True)
class Take:
    """One recording of a scene."""

    scene: Scene
    key: str
    """Names everything that the recording depends on."""
    _frames: list[Bytes]
    _truths: list[Bytes]

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def has_truth(self) -> bool:
        """Whether the true matte is known."""
        return bool(self._truths)

    def frame(self, index: int) -> Bytes:
        """(H, W, 4) uint8 RGBA."""
        picture = cv2.imdecode(self._frames[index], cv2.IMREAD_COLOR)
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGBA), np.uint8)

    def truth(self, index: int) -> Bytes:
        """(H, W) uint8."""
        return np.asarray(cv2.imdecode(self._truths[index], cv2.IMREAD_GRAYSCALE), np.uint8)


def take(scene: Scene) -> Take:
    """Record a scene, or fetch the recording made before."""
    key = cache.key(scene.name, cache.contents([*scene.sources, *CODE]))
    kept = cache.load(key)
    if kept is None:
        frames, truths = _record(scene)
        kept = {**_packed("frames", frames), **_packed("truths", truths)}
        cache.drop(scene.name)  # recordings are large, and an older one is of no use
        cache.save(key, kept)
    return Take(scene, key, _unpacked("frames", kept), _unpacked("truths", kept))


def _record(scene: Scene) -> tuple[list[Bytes], list[Bytes]]:
    webcam = camera.Camera()
    frames: list[Bytes] = []
    truths: list[Bytes] = []
    for picture, alpha in scene.shots():
        if scene.real or alpha is None:
            frames.append(camera.jpeg(picture, REAL_QUALITY))
        else:
            frames.append(webcam.shoot(picture, alpha))
        if alpha is not None:
            _, file = cv2.imencode(".png", alpha, [cv2.IMWRITE_PNG_COMPRESSION, 1])
            truths.append(np.asarray(file, np.uint8).reshape(-1))
    return frames, truths


def _packed(name: str, files: Sequence[Bytes]) -> dict[str, NDArray[np.generic]]:
    joined = np.concatenate([np.empty(0, np.uint8), *files])
    return {name: joined, f"{name}_size": np.array([file.size for file in files], np.int64)}


def _unpacked(name: str, kept: dict[str, NDArray[np.generic]]) -> list[Bytes]:
    joined = np.asarray(kept[name], np.uint8)
    ends = np.cumsum(kept[f"{name}_size"], dtype=np.int64)
    return np.split(joined, ends[:-1]) if ends.size else []
