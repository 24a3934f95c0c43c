"""Words that are none, and words that are not French."""

RULES: tuple[str, ...] = (
    "non_word",
    "split_word",
    "untranslated_word",
    "untranslated_segment",
    "wrong_language_segment",
    "missing_capital",
)
