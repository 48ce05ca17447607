"""How hypothesis looks for what breaks the product: the same examples in every run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=60,
    # Drawing a picture is slow on a busy machine.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")
