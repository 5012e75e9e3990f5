"""Authoring: what the command line tells an author, and no page shows."""
