"""Measurements, each against a floor measured in the same run: `make bench`, `python -m bench --help`.

Seconds differ from machine to machine and from hour to hour; a ratio against the least that could be done at all holds better.
"""
