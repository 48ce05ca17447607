"""The matte held against true mattes: `python3 build.py bench -- --matte`.

=============  ===============================================================================
`footage`      where the clips are, and how they are read
`layers`       a composited clip taken apart again: the person alone, the room alone
`scenes`       what happens before the camera: (picture, true alpha) by frame
`camera`       what a webcam makes of it
`takes`        scenes as the camera gave them
`masks`        what BodyPix says of every frame, by Node (`segment.mjs`)
`cache`        keeps both in .cache/matte
`methods`      what is compared: the product's matte and ways of other products
`rows`         the methods by name; add a row here to measure one more
`constants`    what each constant of the matte is worth
`metrics`      numbers for one frame against its truth; pure functions
`stillness`    how much alpha changes where the picture does not; needs no truth
`play`         runs methods over a take on a schedule
`report`       tables and JSON
`cost`         milliseconds by step of the dial, in Pyodide and natively
`sheet`        a contact sheet, to judge by eye: `--sheet`
`moments`      which frames are on it
`live`         the same in a real browser, from the pictures that come out: `--live`
`cli`          the command line
=============  ===============================================================================
"""
