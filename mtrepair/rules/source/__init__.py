"""What the source says and the translation does not, or the other way round."""

RULES: tuple[str, ...] = (
    "number_mismatch",
    "date_mismatch",
    "unit_mismatch",
    "currency_mismatch",
    "lost_negation",
    "omitted_text",
    "added_text",
    "detached_sentence",
    "punctuation_mismatch",
    "lost_markup",
)
