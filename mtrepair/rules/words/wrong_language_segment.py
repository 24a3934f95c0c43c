"""A whole sentence in a language that is neither French nor English.

Why: an engine for many languages drifts into a neighbour of the one it was asked for, or into
another script.

Examples:
    - [[El comité no ha publicado todavía el informe que se esperaba para este año.]]
    - Le rapport est attendu. [[Der Ausschuss hat den Bericht noch nicht veröffentlicht.]]
    = Le comité n'a pas encore publié le rapport promis.
    = Le mot « Weltanschauung » vient de l'allemand.

Fix safety: none; the sentence has to be translated.

Source: MQM (themqm.org), "Locale"; off-target translation: Zhang et al. 2020 (arXiv:2004.11867).
How the language is told: tongues.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.foreign import foreign

RULE = RuleInfo(
    name="wrong-language-segment",
    group="words",
    severity=Severity.CRITICAL,
    summary="a whole sentence in a language that is neither French nor English",
    priority=Priority.NAME,
    needs=frozenset({"lexicon"}),
    threshold=0.5,
)

_NAMES = {
    "es": "Spanish", "it": "Italian", "pt": "Portuguese", "de": "German", "nl": "Dutch",
    "ru": "Cyrillic script", "el": "Greek", "ar": "Arabic script", "he": "Hebrew",
    "zh": "Chinese, Japanese or Korean",
}  # fmt: skip


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Sentences in another language."""
    del context
    for span, language, confidence in foreign(passage):
        if language != "en":
            yield passage.finding(
                RULE.name,
                span,
                f"this looks like {_NAMES[language]}",
                severity=RULE.severity,
                confidence=confidence,
                evidence={"language": language},
            )
