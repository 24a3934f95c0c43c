"""English turns of phrase in French words, and English government."""

RULES: tuple[str, ...] = ("calque", "wrong_preposition")
