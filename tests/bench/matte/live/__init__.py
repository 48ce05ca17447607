"""The matte measured live, in a real browser: `python3 build.py bench -- --matte --live`.

=============  ===============================================================================
`numbered`     clips whose frames carry their number, and the truth of each
`readback`     alpha, out of a composite over a plain colour; pure functions
`identify`     which camera frame a picture of the output shows
`score`        pictures of the output held against the truths of the frames that they show
`subjects`     what is measured, in which state of its page
`session`      one browser: a subject started, recorded visible and hidden
`figures`      the figures of a row, as a table and for JSON
`run`          all of it, in order
=============  ===============================================================================
"""
