"""Small words that French joins, and does not double."""

RULES: tuple[str, ...] = ("missing_elision", "uncontracted_article", "doubled_determiner")
"""Modules of this group."""
