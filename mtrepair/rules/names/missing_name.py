"""A name of the source that the translation has lost.

Why: An engine drops a name, or turns it into something that is no longer to be recognised; the
reader cannot know that somebody or something was named here.

Examples:
    - [[Hier]], la réunion a été longue. <= Yesterday, the meeting with Oprah Winfrey was long.
    = Hier, la réunion avec Oprah Winfrey a été longue. <= The meeting with Oprah Winfrey was long.
    = Vladimir Poutine est à Londres ce soir. <= Vladimir Putin is in London tonight.

Fix safety: none; where the name's remains are found, mistranslated-name proposes a fix.

Source: MQM (themqm.org), "Omission".
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="missing-name",
    group="names",
    severity=Severity.MAJOR,
    summary="a name of the source that the translation has lost",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
    # scripts/measure-alignment on human translations: some three alarms in 1,000 sentences of news,
    # all of them names that the translator rightly left out or put otherwise; hence preview.
    status="preview",
    threshold=0.5,
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Names of the source without any remains; they are reported at the start of the passage."""
    del context
    from mtrepair.rules.names import source_names  # loaded only where there is a source

    for loss in source_names.losses(passage):
        if loss.span is None:
            end = passage.words[0].end if passage.words else len(passage.text)
            start = passage.words[0].start if passage.words else 0
            yield passage.finding(
                RULE.name,
                Span(start, end),
                f"the source has the name “{loss.name}”, which is missing here",
                severity=RULE.severity,
                confidence=loss.confidence,
                evidence={"name": loss.name},
            )
