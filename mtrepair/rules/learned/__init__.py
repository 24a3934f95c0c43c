"""Errors that a trained classifier sees and no other rule does."""

RULES: tuple[str, ...] = ("learned_error",)
"""Modules of this group."""
