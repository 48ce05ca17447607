import js  # type: ignore[import-not-found]  # Pyodide's
import numpy as np
from pyodide.ffi import create_proxy  # type: ignore[import-not-found]

from cyclorama.pipeline import Pipeline

_render = Pipeline.render
_told: list[object] = []
_channel = js.BroadcastChannel.new("fault")
_channel.onmessage = create_proxy(_told.append)
_eaten: list[bytearray] = []


def _hungry(self: Pipeline, timestamp: int) -> dict[str, float] | None:
    """Fault for a test: once it was told so, all of WebAssembly's memory is taken."""
    if _told and not _eaten:
        block = 1 << 28
        while block >= 1 << 10:
            try:
                _eaten.append(bytearray(block))
            except MemoryError:
                block >>= 1
    if _eaten:
        np.empty((1 << 20,), np.uint8)
    return _render(self, timestamp)


Pipeline.render = _hungry  # type: ignore[method-assign]  # the fault is the point
