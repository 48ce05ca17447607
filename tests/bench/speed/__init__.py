"""How fast the product is, beside the loop that is usually published and other libraries.

=============  ===============================================================================
`subjects`     what is compared, and the pages that run it (`page/`, `../article/`, `../peers/`)
`camera`       the clips that the fake camera plays
`browser`      a page in a Chromium: visible, really hidden, and what CDP says of it
`machine`      processor time, of the browser and of everybody else
`session`      one run: a subject started, measured visible, measured hidden
`window`       the figures of one stretch of measuring
`surroundings` server, driver and folder that every part needs
`run`          every case in turn
`summary`      medians over the runs, and ratios
`tables`       the same as text for people
=============  ===============================================================================
"""

from tests.bench.speed.run import measure
from tests.bench.speed.summary import ratios
from tests.bench.speed.tables import table

__all__ = ["measure", "ratios", "table"]
