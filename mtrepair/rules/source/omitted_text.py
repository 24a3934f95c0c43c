"""Part of the source is missing from the translation.

Why: engines drop clauses, above all from long sentences; nobody who reads the translation alone
can know.

Examples:
    - [[Le]] conseil a voté. <= The council voted on Tuesday evening to close three of the city's oldest swimming pools because of rising energy prices.
    = Le conseil a voté la fermeture de trois piscines. <= The council voted to close three swimming pools.

Fix safety: none; the words are not here.

Source: MQM (themqm.org), "Omission". The words of the source that have no counterpart are
found by the word dictionary (data/README.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.sides import content, place, renderings, stems

RULE = RuleInfo(
    name="omitted-text",
    group="source",
    severity=Severity.MAJOR,
    summary="part of the source is missing from the translation",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
    threshold=0.5,
)

SHORT = 0.75
"""A translation this much shorter than its source, in code points, is looked at. In good pairs of 40 code
points and more the middle ratio is 1.2 (scripts/measure-source)."""
RUN = 5
"""Words of the source in a row, small ones apart, that have no counterpart."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A short translation that lacks a run of the source's words."""
    del context
    source = passage.source
    if not source or len(source) < 40:
        return
    ratio = len(passage.text) / len(source)
    if ratio > SHORT:
        return
    there = stems(passage.text)
    run: list[str] = []
    best: list[str] = []
    for word in content(source):
        run = [] if renderings(word) & there else [*run, word]
        best = max(best, run, key=len)
    if len(best) < RUN:
        return
    confidence = min(0.95, 0.3 + 0.08 * (len(best) - RUN) + (SHORT - ratio))
    yield passage.finding(
        RULE.name,
        place(passage),
        f"nothing renders “{best[0]} … {best[-1]}” of the source",
        severity=RULE.severity,
        confidence=round(confidence, 2),
        evidence={"words": best},
    )
