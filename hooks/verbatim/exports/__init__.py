"""Exports: the same statements as data. `table` has them as flat rows; the other modules write formats."""
