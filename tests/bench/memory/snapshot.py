"""What a heap snapshot of V8 says of the memory behind buffers."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

WASM_PAGE = 1 << 16
"""Bytes; a WebAssembly memory is always a whole number of these."""

BUFFER = "system / JSArrayBufferData"
"""V8's name for the bytes of an ArrayBuffer or of a memory."""


@dataclass(frozen=True)
class Buffers:
    """In bytes."""

    wasm: int
    """Buffers of whole pages: no picture and no file of ours or of others is one."""
    other: int


def buffers(snapshot: str) -> Buffers:
    """Add up the buffers of a snapshot, which is JSON.

    A snapshot, because V8 counts WebAssembly's memories in no other figure of a single thread, and
    `Runtime.queryObjects`, which could find them, crashes Chromium 156 on Pyodide's heap.
    """
    heap = json.loads(snapshot)
    fields = heap["snapshot"]["meta"]["node_fields"]
    nodes = np.array(heap["nodes"], np.int64).reshape(-1, len(fields))
    names = [index for index, name in enumerate(heap["strings"]) if name == BUFFER]
    sizes = nodes[np.isin(nodes[:, fields.index("name")], names), fields.index("self_size")]
    whole = (sizes > 0) & (sizes % WASM_PAGE == 0)
    return Buffers(int(sizes[whole].sum()), int(sizes[~whole].sum()))
