"""The module that makes Python's memory what it was, in Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.bundle import snapshot
from tools.bundle.snapshot import PAGE

RUN = """
import fs from 'node:fs';
const [path, before] = process.argv.slice(1);
const memory = new WebAssembly.Memory({ initial: 2 });
new Uint8Array(memory.buffer).set(fs.readFileSync(before));
const module = new WebAssembly.Module(fs.readFileSync(path));
new WebAssembly.Instance(module, { '': { '': memory } });
process.stdout.write(new Uint8Array(memory.buffer));
"""


def pages(*bytes_of: int) -> bytes:
    """A memory whose pages each hold one byte over and over."""
    return b"".join(bytes([each]) * PAGE for each in bytes_of)


def written(module: bytes, before: bytes, folder: Path) -> bytes:
    """What it makes of a memory that was `before`."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    (folder / "module.wasm").write_bytes(module)
    (folder / "before").write_bytes(before)
    command = [node, "--input-type=module", "-e", RUN]
    files = [str(folder / "module.wasm"), str(folder / "before")]
    done = subprocess.run([*command, *files], capture_output=True, check=True)
    return done.stdout


def test_a_linked_memory_becomes_the_frozen_one(tmp_path: Path) -> None:
    linked, begun = pages(1, 2, 3, 4), pages(1, 2, 3, 9)
    frozen = pages(1, 5, 6, 4, 0, 7)
    module = snapshot.module(linked, begun, frozen)

    # Whatever constructors leave in the page that they write to.
    found = written(module, pages(1, 2, 3, 8), tmp_path)

    assert found[: len(frozen)] == frozen


def test_what_has_not_changed_is_not_in_it() -> None:
    linked = pages(*range(1, 17))
    frozen = linked[:PAGE] + pages(200) + linked[2 * PAGE :]

    assert len(snapshot.module(linked, linked, frozen)) < 2 * PAGE


def test_neighbours_are_one_stretch() -> None:
    zeros, ones = bytes(8 * PAGE), pages(1) * 8

    assert len(snapshot.module(zeros, zeros, ones)) < 8 * PAGE + 64
