"""Drawings: what is known through time, as geometry that templates write as SVG.

`scale` places days on an axis, `labels` measures words. `lanes` draws stances, a lane for each party; `timelines`
draws events, their `marks` as exactly as their dates are known, in `rows` that keep labels apart. Every drawing is
made twice, for wide pages and for phones.
"""
