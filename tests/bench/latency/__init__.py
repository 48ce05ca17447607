"""How old a picture is when it comes out, beside the camera's own track.

=============  ===============================================================================
`clip`         what the camera plays: every frame carries its number on the person
`sightings`    from first sights of numbers to latencies; pure functions
`run`          every case in turn, visible and hidden
`tables`       the figures as text for people, and ratios
=============  ===============================================================================
"""

from tests.bench.latency.run import measure
from tests.bench.latency.tables import ratios, table

__all__ = ["measure", "ratios", "table"]
