"""Views: the corpus as readers meet it. Every reference followed, every address known, in no language yet.

`statements` says what a position, an event or a quotation looks like; `as_of`, which of them show on which days;
`atlas` builds all of them once, with the links both ways. From it `timelines`, `matrices`, `questions`, `profiles`
and `dossiers` gather what each kind of page shows.
"""
