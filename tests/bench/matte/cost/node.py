"""Runs `stages` in Pyodide, with the numpy and OpenCV that the product ships, under Node."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from tests.bench.matte.cost import stages
from tests.bench.matte.cost.stages import Row, Scene, Times
from tools import node, vendor
from tools.artifacts import Artifacts
from tools.paths import ARTIFACTS_LOCK, CACHE, NODE_MODULES, ROOT
from tools.problem import Problem

SCRIPT = Path(__file__).with_name("pyodide.mjs")


class NoPyodideError(Exception):
    """Pyodide cannot be run under Node; the message says why, and what to do."""


def measure(scenes: Mapping[str, Scene], rows: Mapping[str, Row]) -> dict[str, Times]:
    """Every row over its scene, by the row's name.

    Raises:
        NoPyodideError: Node, Pyodide or a wheel is missing, or the run failed.
    """
    if not (NODE_MODULES / vendor.PYODIDE.npm).is_dir():
        raise NoPyodideError(
            "Timing the matte in Pyodide needs the npm packages; run build.py build first."
        )
    try:
        wheels = vendor.wheels(Artifacts(ARTIFACTS_LOCK, CACHE / "artifacts"))
        with tempfile.TemporaryDirectory(prefix="cyclorama-cost-") as name:
            folder = Path(name)
            stages.save(folder, scenes, rows)
            for path, data in wheels.items():
                (folder / Path(path).name).write_bytes(data)
            node.run("Timing the matte in Pyodide", SCRIPT, str(folder), str(ROOT / "py"))
            return cast("dict[str, Times]", json.loads((folder / "times.json").read_text()))
    except Problem as problem:
        raise NoPyodideError(str(problem)) from problem
