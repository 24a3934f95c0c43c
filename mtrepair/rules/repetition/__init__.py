"""The same words again: loops, doubled words, doubled phrases, repeated sentences."""

RULES: tuple[str, ...] = (
    "repetition_loop",
    "doubled_word",
    "doubled_phrase",
    "repeated_sentence",
)
