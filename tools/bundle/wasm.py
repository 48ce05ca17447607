"""WebAssembly modules as their sections: as much of the binary format as splitting one needs.

Source: WebAssembly Core Specification 2.0, chapter 5, "Binary Format"; and "dylink.0" of
https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MAGIC = b"\0asm\1\0\0\0"

CUSTOM, TYPE, IMPORT, FUNCTION, TABLE = 0, 1, 2, 3, 4
EXPORT, START, ELEMENT, DATA_COUNT, CODE, DATA = 7, 8, 9, 12, 10, 11
ORDER = (
    CUSTOM,
    TYPE,
    IMPORT,
    FUNCTION,
    TABLE,
    5,
    13,
    6,
    EXPORT,
    START,
    ELEMENT,
    DATA_COUNT,
    CODE,
    DATA,
)
"""In which sections come; the custom one is "dylink.0", which comes first."""

I32, FUNCREF = 0x7F, 0x70
FUNC, GLOBAL = 0, 3


@dataclass(frozen=True)
class Section:
    """Its number, and its contents without the length."""

    number: int
    contents: bytes


class Reader:
    """Reads numbers and names, one after the other."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at

    def byte(self) -> int:
        """One byte."""
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        """An unsigned LEB128."""
        result = shift = 0
        while True:
            byte = self.byte()
            result |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return result

    def bytes(self) -> bytes:
        """A vector of bytes, such as a name."""
        count = self.number()
        self.at += count
        return self.data[self.at - count : self.at]


def number(value: int) -> bytes:
    """An unsigned LEB128."""
    result = bytearray()
    while value > 127:
        result.append(value & 127 | 128)
        value >>= 7
    result.append(value)
    return bytes(result)


def signed(value: int) -> bytes:
    """A signed LEB128, as the operand of `i32.const` is."""
    result = bytearray()
    while not -64 <= value < 64:
        result.append(value & 127 | 128)
        value >>= 7
    result.append(value & 127)
    return bytes(result)


def counted(data: bytes) -> bytes:
    """Bytes with their length before them."""
    return number(len(data)) + data


def vector(items: Sequence[bytes]) -> bytes:
    """Items with their count before them."""
    return number(len(items)) + b"".join(items)


def sections(module: bytes) -> list[Section]:
    """Of a module, in their order; raises ValueError where it is none."""
    if not module.startswith(MAGIC):
        raise ValueError("this is no WebAssembly module of version 1")
    reader = Reader(module, len(MAGIC))
    found = []
    while reader.at < len(module):
        kind = reader.byte()
        found.append(Section(kind, reader.bytes()))
    return found


def module(parts: Iterable[Section]) -> bytes:
    """The module with these sections."""
    return MAGIC + b"".join(bytes([part.number]) + counted(part.contents) for part in parts)


def types(contents: bytes) -> list[tuple[bytes, bytes]]:
    """Parameters and results of each function type, a byte each."""
    reader = Reader(contents)
    found = []
    for _ in range(reader.number()):
        if reader.byte() != 0x60:
            raise ValueError("a type is no function's")
        found.append((reader.bytes(), reader.bytes()))
    return found


def imports(contents: bytes) -> list[tuple[bytes, int]]:
    """Name and kind of each: 0 function, 1 table, 2 memory, 3 global, 4 tag."""
    reader = Reader(contents)
    found = []
    for _ in range(reader.number()):
        reader.bytes()
        name, kind = reader.bytes(), reader.byte()
        found.append((name, kind))
        if kind in (1, 2):
            # Of a table what it holds, then the limits.
            reader.at += kind == 1
            limited = reader.byte() & 1
            reader.number()
            if limited:
                reader.number()
        elif kind == FUNC:
            reader.number()
        else:
            reader.byte()
            reader.number()
    return found


def numbers(contents: bytes) -> list[int]:
    """A vector of numbers, such as the types of functions."""
    reader = Reader(contents)
    return [reader.number() for _ in range(reader.number())]


def items(contents: bytes) -> Iterator[bytes]:
    """A vector of vectors of bytes, such as the bodies of functions."""
    reader = Reader(contents)
    for _ in range(reader.number()):
        yield reader.bytes()
