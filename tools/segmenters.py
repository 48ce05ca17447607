"""The segmenters that a build can ship: BodyPix in its variants, and the selfie segmenter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OFFICIAL = "https://storage.googleapis.com/tfjs-models/savedmodel/bodypix/"

Architecture = Literal["MobileNetV1", "ResNet50"]
FOLDERS: dict[float, str] = {0.5: "050", 0.75: "075", 1.0: "100"}


def bodypix_path(
    architecture: Architecture, stride: int, multiplier: float, quant_bytes: int
) -> str:
    """Return the path of a BodyPix graph model on the official host, or on a mirror of it."""
    precision = "float" if quant_bytes == 4 else f"quant{quant_bytes}"
    if architecture == "ResNet50":
        return f"resnet50/{precision}/model-stride{stride}.json"
    return f"mobilenet/{precision}/{FOLDERS[multiplier]}/model-stride{stride}.json"


@dataclass(frozen=True)
class BodyPix:
    """One set of BodyPix weights, with a graph for each output stride."""

    architecture: Architecture
    multiplier: float
    quant_bytes: int

    @property
    def id(self) -> str:
        """Name on the command line and in the page."""
        if self.architecture == "ResNet50":
            return f"bodypix-resnet50-quant{self.quant_bytes}"
        return f"bodypix-mobilenet-{FOLDERS[self.multiplier]}-quant{self.quant_bytes}"

    @property
    def label(self) -> str:
        """Name for people."""
        mobilenet = self.architecture == "MobileNetV1"
        network = f"MobileNet ×{self.multiplier:.2f}" if mobilenet else "ResNet50"
        # Of the variants of one network the default precision needs no mention.
        precision = "" if self.quant_bytes == 2 else f", {self.quant_bytes}-byte weights"
        return f"BodyPix {network}{precision}"

    @property
    def strides(self) -> tuple[int, ...]:
        """Output strides that the official host has, the default first."""
        return (32, 16) if self.architecture == "ResNet50" else (16, 8)

    def path(self, stride: int) -> str:
        """Return the path of the graph for `stride`; see `bodypix_path`."""
        return bodypix_path(self.architecture, stride, self.multiplier, self.quant_bytes)


@dataclass(frozen=True)
class Selfie:
    """MediaPipe's selfie segmenter as a tfjs graph."""

    id: Literal["selfie"] = "selfie"
    label: str = "MediaPipe selfie segmenter"
    files: tuple[str, ...] = ("selfie.json", "selfie.bin")


SELFIE = Selfie()
DEFAULT = BodyPix("MobileNetV1", 0.5, 2)

_ALL: list[BodyPix | Selfie] = [
    *(BodyPix("MobileNetV1", multiplier, bytes_) for multiplier in FOLDERS for bytes_ in (2, 1, 4)),
    *(BodyPix("ResNet50", 1.0, bytes_) for bytes_ in (2, 1, 4)),
    SELFIE,
]
KNOWN = {segmenter.id: segmenter for segmenter in _ALL}
