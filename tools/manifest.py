"""dist/manifest.json: what the page can offer and where it lies; see worker/protocol.d.ts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from tools import stamp, vendor
from tools.bundle.ship import Shipped
from tools.models import Model
from tools.segmenters import BodyPix

SOURCE = "py/cyclorama.zip"


def folder(model: Model) -> str:
    """Return where the files of a model lie in dist/; another content has another name."""
    return f"models/{model.segmenter.id}-{stamp.of_contents(model.files)[:8]}"


def manifest(
    models: Sequence[Model],
    wheels: Iterable[str],
    bundle: Shipped,
    sizes: Mapping[str, int],
    version: str,
) -> dict[str, object]:
    """Return the manifest.

    Args:
        models: the segmenters, the default first.
        wheels: paths of the wheels, in the order in which they install.
        bundle: what starts Python.
        sizes: bytes of every file that a worker or the page loads by way of the manifest.
        version: hash of the whole build.
    """
    (opentok,) = vendor.VONAGE.paths
    (webgl,) = vendor.TFJS_WEBGL.paths
    (webgpu,) = vendor.TFJS_WEBGPU.paths
    return {
        "version": version,
        "segmenters": [_asset(model) for model in models],
        "python": {
            "pyodide": f"{vendor.PYODIDE.folder}/",
            "core": _core(),
            "wheels": list(wheels),
            "source": SOURCE,
            "bundle": {
                "libraries": [
                    {"path": path, "url": url, "whole": bundle.whole.get(path, [])}
                    for path, url in bundle.libraries.items()
                ],
                "snapshot": dict(bundle.state) | {"url": bundle.snapshot},
            },
        },
        "tfjs": {
            "scripts": _scripts(),
            "wasm": f"{vendor.TFJS_WASM.folder}/",
            "webgl": webgl,
            "webgpu": webgpu,
        },
        "opentok": opentok,
        "sizes": dict(sorted(sizes.items())),
    }


def start(model: Model, bundle: Shipped) -> list[str]:
    """Return the paths of the versioned files that a start fetches.

    Args:
        model: the segmenter.
        bundle: what starts Python.
    """
    scripts = ("pyodide.mjs", "pyodide.asm.js")
    return [
        *(f"{vendor.PYODIDE.folder}/{name}" for name in scripts),
        _core(),
        *bundle.libraries.values(),
        bundle.snapshot,
        *_scripts(),
        # The one that every browser of today chooses; threads need cross-origin isolation.
        f"{vendor.TFJS_WASM.folder}/tfjs-backend-wasm-simd.wasm",
        *(f"{folder(model)}/{name}" for name in model.files),
    ]


def _core() -> str:
    return f"{vendor.PYODIDE.folder}/pyodide.asm.wasm"


def _scripts() -> list[str]:
    tfjs = (vendor.TFJS_CORE, vendor.TFJS_CONVERTER, vendor.TFJS_WASM, vendor.BODYPIX)
    return [path for package in tfjs for path in package.paths if path.endswith(".js")]


def _asset(model: Model) -> dict[str, object]:
    segmenter = model.segmenter
    asset: dict[str, object] = {"id": segmenter.id, "label": segmenter.label}
    if not isinstance(segmenter, BodyPix):
        return asset | {"kind": "selfie", "model": f"{folder(model)}/{segmenter.files[0]}"}
    return asset | {
        "kind": "bodypix",
        "architecture": segmenter.architecture,
        "multiplier": segmenter.multiplier,
        "quantBytes": segmenter.quant_bytes,
        "models": [
            {
                "stride": stride,
                "url": f"{folder(model)}/{PurePosixPath(segmenter.path(stride)).name}",
            }
            for stride in segmenter.strides
        ],
    }
