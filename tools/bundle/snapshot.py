"""Python's memory once it has imported what the product needs, as a WebAssembly module.

Starting Python, linking its libraries and importing numpy and OpenCV comes to the same memory every
time. The build does it once (snapshot.mjs). What it changed is shipped as the data of a module that
imports the memory: the browser compiles it beside the others, and instantiating it writes Python as
it was. Named `.wasm`, it is compressed by hosts like the others.

The libraries are linked before, in the build as in the browser (worker/link.js), which fills their
own data in. Their constructors do not run again; those of Python's core do, before its memory is
written, since what they do to the table of JavaScript's objects is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tools.bundle import wasm
from tools.bundle.wasm import Section, counted, number, signed, vector

PAGE = 4096
"""Bytes that are compared at once: what has changed lies in some dozens of stretches."""

_MEMORY = 2
_END = 0x0B


def module(linked: bytes, begun: bytes, frozen: bytes) -> bytes:
    """The module that makes `frozen` of a memory in which the libraries are linked.

    Args:
        linked: the memory when the libraries were linked, and nothing had run.
        begun: the same when all constructors had run.
        frozen: the memory that is wanted; it may have grown.
    """
    data = [
        b"\0\x41" + signed(start) + bytes([_END]) + counted(frozen[start:end])
        for start, end in _changed(linked, begun, frozen)
    ]
    memory = counted(b"") + counted(b"") + bytes([_MEMORY, 0]) + number(0)
    return wasm.module([Section(wasm.IMPORT, vector([memory])), Section(wasm.DATA, vector(data))])


def _changed(linked: bytes, begun: bytes, frozen: bytes) -> Iterator[tuple[int, int]]:
    """Begin and end of each stretch that has to be written.

    What constructors wrote counts, whatever became of it: those of Python's core run again.
    """
    start = None
    for at in range(0, len(frozen), PAGE):
        page = slice(at, at + PAGE)
        before = linked[page] or bytes(PAGE)
        changed = frozen[page] != before or (begun[page] or before) != before
        if changed and start is None:
            start = at
        elif not changed and start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(frozen)
