"""The matte's time from beginning to end."""

from __future__ import annotations

from tests.bench.matte import masks
from tests.bench.matte.cost import figures, node, scene, stages


def run(segmenter: masks.Segmenter) -> figures.Figures:
    """Measure in Pyodide and natively, print the table and return what is in it.

    Raises:
        NoFootageError: there is nothing to measure on.
        NoPyodideError: Pyodide cannot be run.
    """
    played = scene.scene(segmenter)
    in_pyodide = node.measure(played)
    native = stages.measure(played, stages.rows())
    found = {"Pyodide": figures.figures(in_pyodide), "native": figures.figures(native)}
    height, width = played["frames"].shape[1:3]
    title = f"{scene.CLIP}, {width}×{height}, ms p50 / p95"
    print(f"\n{figures.table(title, found)}", flush=True)
    return found
