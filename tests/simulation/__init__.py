"""A model of a machine, on which the tuning runs in CPython faster than it would in a browser."""
