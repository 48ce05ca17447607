"""What the matte costs, in Pyodide under Node and natively: part of `bench --matte`.

===========  =================================================================================
`stages`     times the product's stages over scenes; runs in both Pythons
`scene`      the frames and masks that it is timed on
`node`       runs `stages` in Pyodide, by Node (`pyodide.mjs`)
`figures`    medians and 95th percentiles, as a table and for JSON
`run`        all of it from beginning to end
===========  =================================================================================
"""
