"""Drawings: what is known through time, as shapes that templates write as SVG.

`scale` places days on an axis, `labels` measures words, `shapes` are what a drawing is made of. `lanes` draws stances,
a lane for each party. `timeline_figure` places events: their `marks` as exactly as their dates are known, in `rows`
that keep labels apart; `events` gives them their words and `sketches` makes shapes of them. Every drawing is made
twice, for wide pages and for phones.
"""
