"""What is made of a heap snapshot, and of heaps."""

from __future__ import annotations

import json

import pytest

from tests.bench.memory.run import Row, ratios, table
from tests.bench.memory.snapshot import Buffers, buffers
from tests.bench.memory.targets import Heap

PAGE = 1 << 16


def test_buffers_of_whole_pages_are_the_memories_of_webassembly() -> None:
    data, other = 1, 0
    nodes = [(data, 3 * PAGE), (data, PAGE + 4), (other, 5 * PAGE), (data, 0), (data, 100)]
    snapshot = {
        "snapshot": {"meta": {"node_fields": ["type", "name", "self_size"]}},
        "nodes": [value for name, size in nodes for value in (7, name, size)],
        "strings": ["Array", "system / JSArrayBufferData"],
    }

    assert buffers(json.dumps(snapshot)) == Buffers(wasm=3 * PAGE, other=PAGE + 104)


def test_all_heaps_of_all_threads_count() -> None:
    rows = [
        Row("ours", "640×480", [Heap("page", 1 << 20, 0, 0), Heap("w.js", 0, 4 << 20, 1 << 20)]),
        Row("twilio", "640×480", [Heap("page", 1 << 20, 1 << 20, 0)]),
        Row("twilio", "1280×720", [Heap("page", 1 << 20, 1 << 20, 0)]),
    ]

    assert ratios(rows) == {"ours ÷ twilio, 640×480: heaps": pytest.approx(3)}
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table(rows).split("\n")]
    assert cells[4] == ["ours 640×480: all", "1.0", "4.0", "1.0"]
