import js  # type: ignore[import-not-found]  # Pyodide's
from pyodide.ffi import create_proxy  # type: ignore[import-not-found]

from cyclorama.pipeline import Pipeline

_render = Pipeline.render
_told: list[object] = []
_channel = js.BroadcastChannel.new("fault")
_channel.onmessage = create_proxy(_told.append)


def _failing_from_then(self: Pipeline, timestamp: int) -> dict[str, float] | None:
    """Fault for a test: every frame after it was told so fails."""
    if _told:
        raise ValueError("no picture any more")
    return _render(self, timestamp)


Pipeline.render = _failing_from_then  # type: ignore[method-assign]  # the fault is the point
