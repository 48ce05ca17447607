"""Python made ready to start: as it is once the product is imported, without what is never called.

`make` drives it on this machine. `pack.mjs` runs `exercise` and `pack` inside Pyodide under Node,
which note what the product imports and calls; `split` takes out of the libraries what is not
called; `snapshot.mjs` has `freeze` import the rest and keeps the memory, which `snapshot` makes a
module of. `left_out` is in it too, and says of a module that is missing why it is.
"""
