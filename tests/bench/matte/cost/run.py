"""The matte's time from beginning to end."""

from __future__ import annotations

from cyclorama import quality
from cyclorama.matte import Parts
from tests.bench.matte import masks
from tests.bench.matte.cost import figures, node, scene, stages
from tests.bench.matte.cost.stages import Row


def run(segmenter: masks.Segmenter) -> figures.Figures:
    """Measure in Pyodide and natively, print the table and return what is in it.

    Raises:
        NoFootageError: there is nothing to measure on.
        NoPyodideError: Pyodide cannot be run.
    """
    recorded = scene.record(segmenter)
    scenes = {scene.CLIP: scene.play(recorded, scene.WARM_UP + scene.COUNTED)}
    in_pyodide = node.measure(scenes, rows())
    native = stages.measure(scenes, rows())
    found = {"Pyodide": figures.figures(in_pyodide), "native": figures.figures(native)}
    height, width = recorded.frames.shape[1:3]
    title = f"{scene.CLIP}, {width}×{height}, ms p50 / p95"
    print(f"\n{figures.table(title, found)}", flush=True)
    return found


def rows() -> dict[str, Row]:
    """The steps of the dial; one that differs in the segmenter alone costs the same."""
    found: dict[Parts, str] = {}
    for name, step in quality.STEPS.items():
        found.setdefault(step.parts, name)
    return {name: Row(scene.CLIP, name) for name in found.values()}
