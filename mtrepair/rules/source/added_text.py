"""The translation says more than its source.

Why: an engine that loses its way goes on: a sentence of its own, a piece of its training data.

Examples:
    - [[Bonjour]] à tous, et bienvenue sur notre site, où vous trouverez toutes les informations utiles sur nos produits. <= Hello everybody, here is the news of the day.
    = Bonjour à tous, voici les nouvelles du jour. <= Hello everybody, here is the news of the day.

Fix safety: none.

Source: MQM (themqm.org), "Addition".
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.sides import content, place, renderings, stem

RULE = RuleInfo(
    name="added-text",
    group="source",
    severity=Severity.MAJOR,
    summary="the translation says more than its source",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
    threshold=0.5,
)

LONG = 1.9
"""A translation this much longer than its source, in code points, is looked at."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A long translation most of whose words have nothing in the source."""
    del context
    source = passage.source
    if not source or len(source) < 30:
        return
    ratio = len(passage.text) / len(source)
    if ratio < LONG:
        return
    explained: set[str] = set()
    for word in content(source):
        explained |= renderings(word)
    ours = [w for w in passage.words if len(w.text) > 4]
    strange = [w for w in ours if stem(w.low) not in explained]
    if len(strange) < 6 or 2 * len(strange) < len(ours):
        return
    yield passage.finding(
        RULE.name,
        place(passage),
        f"{ratio:.1f} times as long as its source",
        severity=RULE.severity,
        confidence=round(min(0.95, 0.4 + 0.25 * (ratio - LONG) + 0.02 * len(strange)), 2),
        evidence={"ratio": round(ratio, 2)},
    )
