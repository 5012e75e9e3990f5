"""Views: the corpus as readers meet it. Every reference followed, every address known, in no language yet.

`statements` says what a position, an event or a quotation looks like; `atlas` builds all of them once, with the
links both ways; `dossiers` gathers from it what each kind of page shows.
"""
