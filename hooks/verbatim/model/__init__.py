"""Model: what a briefing is made of, and the rule that says which position holds on a day.

`dates` and `values` are what fields hold, `entities` the records, `schema` what their types say of references,
`standing` the rule.
"""
