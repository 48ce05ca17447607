"""An extension module without the functions that the product never calls.

Of OpenCV's 31 000 functions the product calls some hundreds, and the browser checks every one
while Python starts. The others, the *cold* ones, become stubs of some bytes, which call through a
table of their own. It is empty at first but for the loader: should a stub be called, JavaScript
fetches the whole library, puts its functions into the table, and the call goes on
(worker/whole.js). So whatever is left out is late, never missing.

Functions keep their numbers, which code, tables and exports refer to.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tools.bundle import wasm
from tools.bundle.wasm import Reader, Section, counted, number, signed, vector

CALLED = "cyclorama_called"
"""Exported by `instrumented`: gives the address of one byte for each function, 1 once called."""

SET = "cyclorama_set"
"""Exported by `hot`: puts a function at a place of the table."""

_BEGINNING = (b"__wasm_apply_data_relocs", b"__wasm_call_ctors")
"""Exports that a linker calls once."""

_END = 0x0B
_LOADER = 0
"""Place in the table; the cold functions follow."""


@dataclass(frozen=True)
class _Export:
    """Another function of a library."""

    name: str
    types: Sequence[tuple[bytes, bytes]]
    """More of them; the last is its own."""
    body: bytes


@dataclass(frozen=True)
class _Library:
    parts: dict[int, bytes]
    types: list[tuple[bytes, bytes]]
    """Of parameters and results."""
    functions: list[int]
    """Type of each that is not imported."""
    first: int
    """Number of the first that is not imported."""
    bodies: list[bytes]

    @classmethod
    def read(cls, module: bytes) -> _Library:
        parts: dict[int, bytes] = {}
        for part in wasm.sections(module):
            # Of the custom ones the first, which is the linker's.
            parts.setdefault(part.number, part.contents)
        kinds = [kind for _, kind in wasm.imports(parts[wasm.IMPORT])]
        return cls(
            parts,
            wasm.types(parts[wasm.TYPE]),
            wasm.numbers(parts[wasm.FUNCTION]),
            kinds.count(wasm.FUNC),
            list(wasm.items(parts[wasm.CODE])),
        )

    @property
    def start(self) -> int | None:
        """Which of its own functions runs when it is instantiated."""
        contents = self.parts.get(wasm.START)
        return None if contents is None else Reader(contents).number() - self.first

    def extended(self, bodies: Sequence[bytes], more: _Export, **others: bytes) -> bytes:
        """With other bodies, another function, and other sections, by their names in `wasm`."""
        types = [*self.types, *more.types]
        new = {
            wasm.TYPE: vector([b"\x60" + counted(p) + counted(r) for p, r in types]),
            wasm.FUNCTION: vector([number(each) for each in [*self.functions, len(types) - 1]]),
            wasm.EXPORT: _appended(
                self.parts[wasm.EXPORT],
                counted(more.name.encode()) + b"\0" + number(self.first + len(self.functions)),
            ),
            wasm.CODE: vector([counted(each) for each in [*bodies, more.body]]),
        }
        parts = self.parts | new | {getattr(wasm, name): data for name, data in others.items()}
        return wasm.module(Section(kind, parts[kind]) for kind in wasm.ORDER if kind in parts)


def functions(module: bytes) -> int:
    """How many it has of its own."""
    return len(_Library.read(module).functions)


def instrumented(module: bytes) -> bytes:
    """The library, noting what is called; see `CALLED`."""
    library = _Library.read(module)
    base = _memory_base(library)
    size, dylink = _grown(library.parts[wasm.CUSTOM], len(library.functions))
    bodies = []
    for index, body in enumerate(library.bodies):
        begin = _after_locals(body)
        # address 1 i32.store8
        note = base + b"\x41" + signed(size + index) + b"\x6a\x41\x01\x3a\0\0"
        bodies.append(body[:begin] + note + body[begin:])
    address = b"\0" + base + b"\x41" + signed(size) + b"\x6a" + bytes([_END])
    called = _Export(CALLED, [(b"", bytes([wasm.I32]))], address)
    return library.extended(bodies, called, CUSTOM=dylink)


def hot(module: bytes, called: AbstractSet[int]) -> bytes:
    """The library with stubs in place of what is not called; see the module's text."""
    library = _Library.read(module)
    load = len(library.types)
    bodies = []
    place = _LOADER
    for index, (kind, body) in enumerate(zip(library.functions, library.bodies, strict=True)):
        # What runs when it is instantiated runs before anybody can put something into the table.
        if index in called or index == library.start:
            bodies.append(body)
            continue
        place += 1
        stub = b"\0\x41" + signed(place) + _through(_LOADER, load)
        for parameter in range(len(library.types[kind][0])):
            stub += b"\x20" + number(parameter)
        bodies.append(stub + _through(place, kind) + bytes([_END]))
    table = vector([bytes([wasm.FUNCREF, 0]) + number(place + 1)])
    # local.get 0, local.get 1, table.set 1
    put = b"\0\x20\0\x20\1\x26\1" + bytes([_END])
    types = [(bytes([wasm.I32]), b""), (bytes([wasm.I32, wasm.FUNCREF]), b"")]
    return library.extended(bodies, _Export(SET, types, put), TABLE=table)


def begun(module: bytes) -> bytes:
    """The library for a memory in which its constructors have run: the linker finds none."""
    parts = [
        Section(part.number, _without(part.contents, _BEGINNING))
        if part.number == wasm.EXPORT
        else part
        for part in wasm.sections(module)
    ]
    return wasm.module(parts)


def cold(module: bytes, called: AbstractSet[int]) -> bytes:
    """The whole library, to stand behind `hot`: it exports each function by its place in the table.

    It writes neither memory nor table when it is instantiated; those hold what they have to.
    """
    library = _Library.read(module)
    own = range(len(library.functions))
    places = [index for index in own if index not in called and index != library.start]
    exports = vector(
        [
            counted(str(place).encode()) + b"\0" + number(library.first + index)
            for place, index in enumerate(places, _LOADER + 1)
        ]
    )
    bodies = list(library.bodies)
    if library.start is not None:
        bodies[library.start] = _without_fill(bodies[library.start])
    left_out = {wasm.CUSTOM, wasm.ELEMENT, wasm.DATA_COUNT, wasm.DATA}
    code = vector([counted(body) for body in bodies])
    parts = library.parts | {wasm.EXPORT: exports, wasm.CODE: code}
    return wasm.module(
        Section(kind, parts[kind]) for kind in wasm.ORDER if kind in parts and kind not in left_out
    )


def _without_fill(start: bytes) -> bytes:
    """The function that a linker writes to set a library's globals, and to clear its memory."""
    reader = Reader(start)
    if reader.number() != 0:
        raise ValueError("the start function has variables")
    kept = bytearray(b"\0")
    while reader.at < len(start):
        begin = reader.at
        match reader.byte():
            case 0x23 | 0x24 | 0x41:  # global.get, global.set, i32.const
                reader.number()
            case 0x6A | 0x0B:  # i32.add, end
                pass
            case 0xFC if start[reader.at : reader.at + 2] == b"\x0b\0":  # memory.fill
                reader.at += 2
                kept += b"\x1a\x1a\x1a"  # drop its three operands
                continue
            case operation:
                raise ValueError(f"the start function does something unknown, {operation:#x}")
        kept += start[begin : reader.at]
    return bytes(kept)


def _through(place: int, kind: int) -> bytes:
    """`call_indirect` of what is at this place of the second table."""
    return b"\x41" + signed(place) + b"\x11" + number(kind) + b"\1"


def _appended(contents: bytes, item: bytes) -> bytes:
    reader = Reader(contents)
    count = reader.number()
    return number(count + 1) + contents[reader.at :] + item


def _without(contents: bytes, names: Sequence[bytes]) -> bytes:
    """The exports but for some."""
    reader = Reader(contents)
    kept = []
    for _ in range(reader.number()):
        begin = reader.at
        name = reader.bytes()
        reader.byte()
        reader.number()
        if name not in names:
            kept.append(contents[begin : reader.at])
    return vector(kept)


def _after_locals(body: bytes) -> int:
    reader = Reader(body)
    for _ in range(reader.number()):
        reader.number()
        reader.byte()
    return reader.at


def _grown(dylink: bytes, more: int) -> tuple[int, bytes]:
    """How much memory the library wants, and its section where it wants more."""
    reader = Reader(dylink)
    if reader.bytes() != b"dylink.0" or reader.byte() != 1:
        raise ValueError("the library does not begin with what the linker needs to know")
    head = dylink[: reader.at]
    info = Reader(reader.bytes())
    size = info.number()
    rest = info.data[info.at :]
    return size, head + counted(number(size + more) + rest) + dylink[reader.at :]


def _memory_base(library: _Library) -> bytes:
    """`global.get` of where the library's memory begins."""
    names = [name for name, kind in wasm.imports(library.parts[wasm.IMPORT]) if kind == wasm.GLOBAL]
    return b"\x23" + number(names.index(b"__memory_base"))
