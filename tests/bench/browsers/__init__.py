"""What the product does in each browser: its rate visible and hidden, and what it can use there.

=============  ===============================================================================
`page`         embeds the product and counts its frames by the worker's clock
`drivers`      the browsers, and how each is opened and a page in it hidden
`run`          every browser in turn, as a table
=============  ===============================================================================
"""

from tests.bench.browsers.run import measure, ratios, table

__all__ = ["measure", "ratios", "table"]
