"""How fast the product is, beside the loop that is usually published.

=============  ===============================================================================
`subjects`     what is compared, and the pages that run it (`page/`, `../article/`)
`camera`       the clip that the fake camera plays
`browser`      a page in a Chromium: visible, really hidden, and what CDP says of it
`machine`      processor time, of the browser and of everybody else
`session`      one run: a subject started, measured visible, measured hidden
`window`       the figures of one stretch of measuring
`summary`      medians over the runs, and ratios
`tables`       the same as text for people
`cli`          the command line, and JSON
=============  ===============================================================================
"""
