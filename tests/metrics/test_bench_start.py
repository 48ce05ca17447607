"""The start: what belongs to which part, what is sent of it, and what is made of the visits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.bench.start import download, figures
from tests.bench.start.download import Size
from tests.bench.start.visits import ALONE, OURS, PLAIN, Moments

NOISE = np.random.default_rng(1).bytes(256)


@pytest.fixture(autouse=True)
def _nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FOLDER", tmp_path / "compressed")


def test_a_file_is_sent_compressed_where_that_is_smaller() -> None:
    text, noise = download.size(b"matte " * 1000), download.size(NOISE)
    assert text.brotli < text.gzip < text.raw == 6000
    assert noise == Size(256, 256, 256)


def test_what_was_compressed_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    first = download.size(b"plate " * 1000)
    monkeypatch.setattr(download, "SCRIPT", Path("no such script"))
    assert download.size(b"plate " * 1000) == first


def test_files_are_summed_by_part_and_those_of_the_bench_left_out() -> None:
    files = {
        "cyclorama.js": b"1",
        "worker/compositor.js": b"22",
        "py/cyclorama.zip": b"333",
        "vendor/pyodide-0.29.5/pyodide.mjs": b"4444",
        "vendor/tfjs-core-4.22.0/tf-core.js": b"55555",
        "models/bodypix/model.json": b"666666",
        "__bench__/start/page/ours.html": b"7777777",
        "vendor/plain-pyodide/load.js": b"88888888",
    }
    assert {part: size.raw for part, size in download.sizes(files).items()} == {
        "page": 3,
        "Python": 7,
        "segmenter": 11,
    }


def visits(ready_ms: float, composite_ms: float, name: str) -> dict[str, Moments]:
    return {
        "cold": {name: ready_ms, figures.COMPOSITE: composite_ms},
        "warm": {name: ready_ms / 2},
    }


def test_a_start_is_the_median_of_its_visits_beside_plain_pyodide() -> None:
    found = figures.figures(
        {
            PLAIN.name: [visits(1000, 0, PLAIN.ready) for _ in range(3)],
            ALONE.name: [visits(300, 0, ALONE.ready)],
            OURS.name: [visits(ms, 2 * ms, OURS.ready) for ms in (900, 300, 400)],
        },
        {
            PLAIN.name: {"Python": Size(30, 20, 10)},
            OURS.name: {"Python": Size(15, 12, 5), "page": Size(1, 1, 1)},
        },
        {PLAIN.name: 80, ALONE.name: 40, OURS.name: 40},
    )
    found.moments_ms[OURS.name]["warm"][figures.COMPOSITE] = 350
    assert figures.ratios(found) == {
        "Python ready, alone ÷ plain Pyodide ready: cold": 0.3,
        "Python ready, alone ÷ plain Pyodide ready: warm": 0.3,
        "Python ready, beside tfjs and camera ÷ plain Pyodide ready: cold": 0.4,
        "Python ready, beside tfjs and camera ÷ plain Pyodide ready: warm": 0.4,
        "first composite ÷ plain Pyodide ready: cold": 0.8,
        "first composite ÷ plain Pyodide ready: warm": 0.7,
        "download of Python ÷ plain: gzip": 0.6,
        "download of Python ÷ plain: brotli": 0.5,
        "WebAssembly memory of Python ÷ plain": 0.5,
    }
    assert "| ours: first composite " in figures.table(found)


def test_what_only_some_visits_reached_has_no_median() -> None:
    both = visits(1000, 2000, OURS.ready)
    lacking = {"cold": both["warm"], "warm": both["warm"]}
    found = figures.figures({OURS.name: [both, lacking]}, {}, {})
    assert list(found.moments_ms[OURS.name]["cold"]) == [OURS.ready]
