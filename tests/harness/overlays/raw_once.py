_render = Pipeline.render  # noqa: F821


def _leaking(self, timestamp):
    """Fault for a test: one raw frame is published."""
    spent = _render(self, timestamp)
    self.rendered = getattr(self, "rendered", 0) + (spent is not None)
    if self.rendered == 20:
        self.output[...] = self.frame
    return spent


Pipeline.render = _leaking  # noqa: F821
