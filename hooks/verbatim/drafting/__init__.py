"""Drafting: an article's text becomes the draft of a briefing.

It copies words and proposes values; what takes judgement says TODO.
"""
