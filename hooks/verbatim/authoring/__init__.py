"""Authoring: reports for authors, on the command line only."""
