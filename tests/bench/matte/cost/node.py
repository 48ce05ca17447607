"""Runs `stages` in Pyodide, with the numpy and OpenCV that the product ships, under Node."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from tests.bench.matte.cost import stages
from tests.bench.matte.cost.stages import Row, Scene, Times
from tools import vendor
from tools.artifacts import Artifacts
from tools.paths import ARTIFACTS_LOCK, CACHE, NODE_MODULES, ROOT
from tools.problem import Problem

SCRIPT = Path(__file__).with_name("pyodide.mjs")

LIMIT_S = 600
"""Far more than it takes."""

ERROR = re.compile(r"(\w|\.)*(Error|Exception)\b")
"""Begins the line in which Python and Node say what was thrown."""

LONGEST = 300
"""Characters of an error that are shown."""


class NoPyodideError(Exception):
    """Pyodide cannot be run under Node; the message says why, and what to do."""


def measure(scenes: Mapping[str, Scene], rows: Mapping[str, Row]) -> dict[str, Times]:
    """Every row over its scene, by the row's name.

    Raises:
        NoPyodideError: Node, Pyodide or a wheel is missing, or the run failed.
    """
    node = shutil.which("node")
    if node is None or not (NODE_MODULES / vendor.PYODIDE.npm).is_dir():
        raise NoPyodideError(
            "Timing the matte in Pyodide needs Node.js and the npm packages; run build.py build "
            "first."
        )
    try:
        wheels = vendor.wheels(Artifacts(ARTIFACTS_LOCK, CACHE / "artifacts"))
    except Problem as problem:
        raise NoPyodideError(str(problem)) from problem
    with tempfile.TemporaryDirectory(prefix="cyclorama-cost-") as name:
        folder = Path(name)
        stages.save(folder, scenes, rows)
        for path, data in wheels.items():
            (folder / Path(path).name).write_bytes(data)
        run([node, str(SCRIPT), str(folder), str(ROOT / "py")])
        return cast("dict[str, Times]", json.loads((folder / "times.json").read_text()))


def run(command: list[str]) -> None:
    """Run a program and keep what it prints.

    Raises:
        NoPyodideError: it failed or took too long.
    """
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        raise NoPyodideError(
            f"Timing the matte in Pyodide took longer than {LIMIT_S} s and was ended."
        ) from None
    if done.returncode != 0:
        raise NoPyodideError(
            f"Timing the matte in Pyodide failed under Node: {reason(done.stderr)}"
        )


def reason(output: bytes) -> str:
    """What a program died of: the last line that names an error, else the last one.

    Not all of a long line: Node may show minified code, megabytes in one line.
    """
    lines = [line.strip() for line in output.decode(errors="replace").split("\n") if line.strip()]
    errors = [line for line in lines if ERROR.match(line)]
    said = [*lines, *errors][-1] if lines else "it gave no reason"
    return said if len(said) <= LONGEST else f"{said[:LONGEST]} …"
