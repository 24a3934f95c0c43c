"""English turns of phrase in French words."""

RULES: tuple[str, ...] = ("calque",)
