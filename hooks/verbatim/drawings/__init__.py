"""Drawings: timelines and lanes as shapes, which templates write as SVG.

`scale` places days on an axis, `labels` measures text, `shapes` are the elements of a drawing. `lanes` draws stances,
one lane per party. `timeline_figure` places events: `marks` show how exact their dates are, `rows` keeps labels apart,
`events` writes the text of the labels, `sketches` turns the result into shapes. Every drawing is made twice, for wide
pages and for phones.
"""
