"""Python made ready to start: compiled, and without what the product never imports.

`make` drives it on this machine; `trace.mjs` runs `exercise` and `pack` inside Pyodide under Node.
`left_out` is shipped: it says of a module that is missing why it is.
"""
