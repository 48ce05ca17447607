"""How the tuning does beside every fixed rung and the peers' way: simulated, and in a browser."""

from .run import measure, ratios, table

__all__ = ["measure", "ratios", "table"]
