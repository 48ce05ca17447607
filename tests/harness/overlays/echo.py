from cyclorama.pipeline import Pipeline


def _echo(self: Pipeline, timestamp: int) -> dict[str, float]:
    """Stand-in for a test: the frame as it came."""
    self.output[...] = self.frame
    return {"matte": 0.0, "composite": 0.0}


Pipeline.render = _echo  # type: ignore[method-assign]  # the stand-in is the point
