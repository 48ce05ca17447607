"""What each of Python's stages costs, beside limits that are measured in the same run.

=============  ===============================================================================
`scenes`       what is played, at two sizes and with more room; `..matte.cost.stages` plays it
`browser`      Pyodide in a worker, in turns with the article's composite step (`page/`)
`figures`      medians, tables and ratios
`run`          all of it, and the same natively
=============  ===============================================================================
"""

from tests.bench.stages.figures import ratios, table
from tests.bench.stages.run import measure

__all__ = ["measure", "ratios", "table"]
