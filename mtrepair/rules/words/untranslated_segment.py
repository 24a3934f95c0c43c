"""A whole sentence left in English.

Why: an engine that runs into its limits copies the rest of the text. A sentence in quotation marks
may be meant so; one that stands bare in the text is a leftover.

Examples:
    - [[The committee has not yet published the report that they promised.]]
    - Le rapport est attendu. [[We will publish it as soon as the members have agreed on it.]]
    = Le comité n'a pas encore publié le rapport promis.
    = Il a cité « The committee has not yet published the report » au procès.
    = The New York Times, Washington Post.

Fix safety: none; the sentence has to be translated.

Source: MQM (themqm.org), "Untranslated". How the language is told: tongues.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.foreign import foreign

RULE = RuleInfo(
    name="untranslated-segment",
    group="words",
    severity=Severity.CRITICAL,
    summary="a whole sentence left in English",
    priority=Priority.NAME,
    needs=frozenset({"lexicon"}),
    threshold=0.5,
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Sentences in English, side by side as one finding."""
    del context
    for span, language, confidence in foreign(passage):
        if language == "en":
            source = passage.source
            copied = source is not None and span.of(passage.text) in source
            yield passage.finding(
                RULE.name,
                Span(span.start, span.end),
                "this is English",
                severity=RULE.severity,
                confidence=0.97 if copied else confidence,
                evidence={"language": language},
            )
