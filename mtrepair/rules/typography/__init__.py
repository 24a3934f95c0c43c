"""Spaces and marks as French sets them."""

RULES: tuple[str, ...] = (
    "space_before_period",
    "missing_nbsp",
    "wrong_space",
    "english_format",
    "english_capital",
)
