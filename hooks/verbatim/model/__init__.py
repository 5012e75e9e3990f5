"""Model: the records of a briefing, and the rule that decides which position holds on a day.

`values` and `dates` define the types of fields, `entities` the records. `schema` finds references from the types.
`standing` is the rule.
"""
