"""It tunes itself: which of a ladder's rungs this machine holds now. Pure: time is an argument.

`ladder` says what there is to choose from, `cost` what each rung takes, `calibration` where to
begin, `monitor` what is measured meanwhile, and `controller` when to go down and when to try more.
"""
