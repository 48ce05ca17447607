"""What the product and others keep in memory: JavaScript's and WebAssembly's heaps.

=============  ===============================================================================
`targets`      the page and its workers, asked over CDP; nothing in them has to take part
`snapshot`     what V8's heap snapshot says of buffers; pure functions
`run`          every case in turn, as a table and as ratios
=============  ===============================================================================
"""

from tests.bench.memory.run import measure, ratios, table

__all__ = ["measure", "ratios", "table"]
