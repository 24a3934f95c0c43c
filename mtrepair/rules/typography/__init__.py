"""Spaces and marks as French sets them."""

RULES: tuple[str, ...] = (
    "space_before_period",
    "missing_nbsp",
    "wrong_space",
    "spaced_hyphen",
    "english_format",
    "english_capital",
)
