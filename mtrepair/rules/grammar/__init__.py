"""Constructions that grammar alone shows to be broken."""

RULES: tuple[str, ...] = (
    "missing_elision",
    "wrong_elision",
    "vowel_form",
    "uncontracted_article",
    "doubled_determiner",
    "wrong_verb_form",
    "wrong_mood",
    "wrong_auxiliary",
    "doubled_verb",
    "unaccented_a",
    "homophone",
    "word_order",
    "cut_sentence",
    "unbalanced_bracket",
    "garbled_phrase",
)
"""Modules of this group."""
