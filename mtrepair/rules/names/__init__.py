"""Names that were translated, lost or written in several ways."""

RULES: tuple[str, ...] = ("mistranslated_name", "missing_name", "inconsistent_name")
