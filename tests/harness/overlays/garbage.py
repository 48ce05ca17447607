import gc

from cyclorama.pipeline import Pipeline

_begun_without = not gc.isenabled()


def _told(self: Pipeline, timestamp: int) -> dict[str, float]:
    """Stand-in for a test: green where only what came after the start is looked through."""
    fine = _begun_without and gc.isenabled() and gc.get_freeze_count() > 10_000
    self.output[...] = (0, 255, 0, 255) if fine else (255, 0, 0, 255)
    return {"matte": 0.0, "composite": 0.0}


Pipeline.render = _told  # type: ignore[method-assign]  # the stand-in is the point
