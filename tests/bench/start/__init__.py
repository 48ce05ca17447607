"""How long a start takes beside that of plain Pyodide, and what it downloads and keeps.

=============  ===============================================================================
`visits`       a page in a Chromium, cold and warm (`page/`)
`download`     bytes by part of the product, compressed by `compress.mjs`
`figures`      medians, table and ratios
`run`          visits in turn
=============  ===============================================================================
"""

from tests.bench.start.figures import ratios, table
from tests.bench.start.run import measure

__all__ = ["measure", "ratios", "table"]
