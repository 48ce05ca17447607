"""A demo call whose page is hidden for long while a tab is shared: does it hold its rate, and does
anything pile up?

=============  ===============================================================================
`page`         counts pictures in the page and its workers
`watch`        starts the call, and asks it for figures every few seconds
`trend`        straight lines through figures over time; a pure function
`figures`      from what was seen to figures; pure functions
`run`          the call from its start to its end
`tables`       the figures as text for people
=============  ===============================================================================
"""

from tests.bench.call.run import measure, ratios
from tests.bench.call.tables import table

__all__ = ["measure", "ratios", "table"]
