"""Cyclorama: a virtual background for live video, in plain numpy and OpenCV.

The package runs unchanged on CPython and in Pyodide; only `bridge` knows the browser.

==============  ==============================================================
`logits`        a segmenter's coarse answer, brought to a grid of the frame
`guide`         a local map from colour to alpha, learned from one mask
`flow`          what moved where between frames
`room`          the empty room, learned over time: a clean plate
`histogram`     what colours the person and the room have
`matte`         joins the five: mask of then → alpha of now
`blend`         the compositing equation, paid for along the edge only
`plate`         what stands behind the person
`scenes`        plates painted by Python
`scheduler`     what is due, what to ask for, what to drop; time is an argument
`meter`         how long things took, how often they happened
`pipeline`      owns the arrays and runs the stages in order
`bridge`        the border to JavaScript
`ops`, `types`  OpenCV's calls and numpy's arrays, typed
==============  ==============================================================
"""
