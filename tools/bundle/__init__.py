"""Python made ready to start: compiled, and without what the product never imports or calls.

`make` drives it on this machine, and has `split` take out what is not called; `pack.mjs` runs
`exercise` and `pack` inside Pyodide under Node. `left_out` and `sitecustomize` are shipped:
the one says of a module that is missing why it is, the other lets Python start without looking for
garbage.
"""
