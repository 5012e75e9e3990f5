"""One module a command: `add_parser` declares its arguments, `run` does it and returns the exit status.

Exit status: 0 clean, 1 problems, 2 a call that cannot be taken.
"""
