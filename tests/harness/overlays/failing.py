from cyclorama.pipeline import Pipeline


def _failing(self: Pipeline, timestamp: int) -> None:
    """Fault for a test: no frame can be composited."""
    raise ValueError("no picture today")


Pipeline.render = _failing  # type: ignore[method-assign]  # the fault is the point
