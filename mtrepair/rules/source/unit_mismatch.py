"""The source's number with another unit.

Why: "5 miles" that become "5 km" are neither converted nor translated.

Examples:
    - La plage est à [[5 km]]. <= The beach is 5 miles away.
    = La plage est à 8 km. <= The beach is 5 miles away.
    = La plage est à 5 milles. <= The beach is 5 miles away.
    = Il a payé 20 livres. <= He paid £20.

Fix safety: none; whether to convert the number or to change the unit is the editor's choice.

Source: MQM (themqm.org), "Unit".
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.quantities import CURRENCIES
from mtrepair.rules.source.units import swapped

RULE = RuleInfo(
    name="unit-mismatch",
    group="source",
    severity=Severity.MAJOR,
    summary="the source's number with another unit",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Numbers that stand once on each side, with units of different families."""
    del context
    for span, ours, theirs in swapped(passage):
        if theirs in CURRENCIES and ours in CURRENCIES:
            continue  # currency-mismatch
        yield passage.finding(
            RULE.name,
            span,
            f"the source has the unit {theirs}, not {ours}",
            severity=RULE.severity,
            confidence=0.75,
            evidence={"source": theirs},
        )
