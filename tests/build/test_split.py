"""A library without what is never called still does all that it did."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools.bundle import split, wasm
from tools.bundle.wasm import Section, counted, number, signed, vector

I32 = bytes([wasm.I32])
SIZE = 16
"""Bytes of memory that the library wants, which begin at 4096 here."""

START, TWICE, FOUR_TIMES, UNUSED = range(4)

RUN = """
import fs from 'node:fs';
const [path, whole] = process.argv.slice(1);
const memory = new WebAssembly.Memory({ initial: 1 });
const bytes = new Uint8Array(memory.buffer);
bytes.fill(7, 0, 4112);
const imports = {
  env: {
    memory,
    __memory_base: new WebAssembly.Global({ value: 'i32' }, 4096),
    __indirect_function_table: new WebAssembly.Table({ initial: 0, element: 'anyfunc' }),
  },
};
const load = (file) =>
  new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(file)), imports).exports;
const library = load(path);
const told = [];
if (whole) {
  const passedOn = new WebAssembly.Module(new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 127, 0, 2, 5, 1, 0, 0, 0, 0, 7, 4, 1, 0, 0, 0]));
  const wasm = (use) => new WebAssembly.Instance(passedOn, { '': { '': use } }).exports[''];
  library.cyclorama_set(0, wasm((place) => {
    told.push(place);
    for (const [at, code] of Object.entries(load(whole))) library.cyclorama_set(Number(at), code);
    library.cyclorama_set(0, wasm(() => {}));
  }));
}
const cleared = [...bytes.slice(4096, 4101)];
bytes[4097] = 9;
const values = [library.fourTimes(5), library.fourTimes(6)];
const at = library.cyclorama_called?.();
const noted = at === undefined ? null : [at - 4096, ...bytes.slice(at, at + 5)];
console.log(JSON.stringify({ values, told, cleared, kept: bytes[4097], noted }));
"""


def library() -> bytes:
    """Of four functions, one of which clears four bytes at the start, as linkers write them."""
    env = counted(b"env")
    clear = b"\0\x23\0\x41\0\x41" + signed(4) + b"\xfc\x0b\0" + b"\x0b"
    twice = b"\0\x20\0\x20\0\x6a\x0b"
    # With a variable, which comes before the code.
    four_times = (
        b"\1\1\x7f\x20\0\x10" + number(TWICE) + b"\x21\1\x20\1\x10" + number(TWICE) + b"\x0b"
    )
    unused = b"\0\x20\0\x0b"
    return wasm.module(
        [
            Section(wasm.CUSTOM, counted(b"dylink.0") + b"\1" + counted(bytes([SIZE, 0, 0, 0]))),
            Section(wasm.TYPE, vector([b"\x60\0\0", b"\x60" + counted(I32) + counted(I32)])),
            Section(
                wasm.IMPORT,
                vector(
                    [
                        env + counted(b"memory") + b"\2\0\1",
                        env + counted(b"__memory_base") + b"\3\x7f\0",
                        env + counted(b"__indirect_function_table") + b"\1\x70\0\0",
                    ]
                ),
            ),
            Section(wasm.FUNCTION, vector([b"\0", b"\1", b"\1", b"\1"])),
            Section(wasm.EXPORT, vector([counted(b"fourTimes") + b"\0" + number(FOUR_TIMES)])),
            Section(wasm.START, number(START)),
            Section(wasm.CODE, vector([counted(b) for b in (clear, twice, four_times, unused)])),
        ]
    )


def run(folder: Path, module: bytes, whole: bytes | None = None) -> Any:
    """What the library does in Node.

    Returns:
        `values` of `fourTimes` of 5 and 6; `told`, the places that the loader was called for;
        `cleared`, five bytes once it is instantiated; `kept`, one of them that was written then;
        `noted`, where its notes begin, and five of them.
    """
    node = shutil.which("node")
    assert node
    files = []
    for name, data in (("library.wasm", module), ("whole.wasm", whole)):
        if data is not None:
            (folder / name).write_bytes(data)
            files.append(str(folder / name))
    command = [node, "--input-type=module", "--eval", RUN, "--", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_notes_what_is_called(tmp_path: Path) -> None:
    assert split.functions(library()) == 4

    found = run(tmp_path, split.instrumented(library()))

    assert found["values"] == [20, 24]
    assert found["noted"] == [SIZE, 1, 1, 1, 0, 0]


def test_what_is_called_needs_nothing_else(tmp_path: Path) -> None:
    found = run(tmp_path, split.hot(library(), {TWICE, FOUR_TIMES}))

    assert found["values"] == [20, 24]


@pytest.mark.parametrize("called", [set(), {TWICE}, {FOUR_TIMES}, {START, UNUSED}])
def test_what_is_missing_is_put_behind_the_stubs_once(tmp_path: Path, called: set[int]) -> None:
    found = run(tmp_path, split.hot(library(), called), split.cold(library(), called))

    assert found["values"] == [20, 24]
    assert len(found["told"]) == 1
    assert found["cleared"] == [0, 0, 0, 0, 7]
    assert found["kept"] == 9, "the whole library cleared what was in use"


def test_a_start_that_does_more_than_linkers_write_is_refused() -> None:
    parts = {part.number: part.contents for part in wasm.sections(library())}
    bodies = list(wasm.items(parts[wasm.CODE]))
    bodies[START] = b"\0\x10" + number(TWICE) + b"\x0b"
    parts[wasm.CODE] = vector([counted(body) for body in bodies])
    strange = wasm.module(Section(kind, parts[kind]) for kind in wasm.ORDER if kind in parts)

    with pytest.raises(ValueError, match="0x10"):
        split.cold(strange, set())


def test_what_is_no_library_is_refused() -> None:
    with pytest.raises(ValueError, match="no WebAssembly module"):
        split.functions(b"\x7fELF")


@pytest.mark.parametrize("value", [0, 1, 63, 64, 127, 128, 300, 8191, 8192, 2**31 - 1])
def test_numbers_are_read_as_they_are_written(value: int) -> None:
    assert wasm.Reader(number(value)).number() == value
    # Read as an unsigned number, a signed one that is not negative is the same.
    assert wasm.Reader(signed(value)).number() == value
