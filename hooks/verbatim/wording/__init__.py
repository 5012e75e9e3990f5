"""Wording: labels, dates and typography of a language, and the Markdown that authors may use."""
