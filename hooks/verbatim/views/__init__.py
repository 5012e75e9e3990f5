"""Views: the corpus prepared for display. References are resolved, URLs are known, no language is chosen yet.

`statements` has the views of positions, events and quotations; `as_of` says on which days each one shows. `atlas`
builds every view once, with links in both directions. From it `timelines`, `matrices`, `questions`, `profiles` and
`dossiers` collect what each kind of page shows.
"""
