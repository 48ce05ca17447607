from itertools import count

from cyclorama.pipeline import Pipeline

_render = Pipeline.render
_rendered = count()


def _leaking(self: Pipeline, timestamp: int) -> dict[str, float] | None:
    """Fault for a test: one raw frame is published."""
    spent = _render(self, timestamp)
    if spent is not None and next(_rendered) == 20:
        self.output[...] = self.frame
    return spent


Pipeline.render = _leaking  # type: ignore[method-assign]  # the fault is the point
