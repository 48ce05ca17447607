"""What each way of a camera frame into the worker costs the page's main thread."""

from tests.bench.adapters.run import measure, ratios, table

__all__ = ["measure", "ratios", "table"]
