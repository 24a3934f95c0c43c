"""Words that must agree and do not."""

RULES: tuple[str, ...] = (
    "determiner_noun",
    "noun_adjective",
    "subject_verb",
    "tout_quel",
    "participle",
)
