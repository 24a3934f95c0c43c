"""The source's sum in another currency.

Why: "$20" is not "20 €"; engines adapt the sign and leave the number.

Examples:
    - Le billet coûte [[20 €]]. <= The ticket costs $20.
    = Le billet coûte 20 $. <= The ticket costs $20.
    = Le billet coûte 18 €. <= The ticket costs $20.

Fix safety: the source's currency; applied when asked for.

Source: MQM (themqm.org), "Currency".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.quantities import CURRENCIES
from mtrepair.rules.source.units import swapped

RULE = RuleInfo(
    name="currency-mismatch",
    group="source",
    severity=Severity.MAJOR,
    summary="the source's sum in another currency",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
)

_FORMS = {
    "dollar": ("$", "dollars"), "euro": ("€", "euros"), "pound": ("£", "livres"), "yen": ("¥", "yens"),
}  # fmt: skip


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Sums that stand once on each side, in different currencies."""
    del context
    for span, ours, theirs in swapped(passage):
        if theirs in CURRENCIES and ours in CURRENCIES:
            yield passage.finding(
                RULE.name,
                span,
                f"the source has {_FORMS[theirs][1]}",
                severity=RULE.severity,
                confidence=0.85,
                evidence={"source": theirs},
            )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The same sum in the source's currency, sign for sign and word for word."""
    del context
    text = finding.span.of(passage.text)
    sign, word = _FORMS[str(finding.evidence["source"])]
    new = re.sub(r"[$€£¥]", lambda _: sign, text)
    new = re.sub(r"\b(?:euros?|dollars?|livres?|yens?)\b", word, new)
    if new != text:
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=new),),
            applicability=Applicability.SUGGESTED,
            origin="rule",
            score=1.0,
        )
