"""A placeholder, tag or address of the source that the translation lost or changed.

Why: "{name}" that becomes "{nom}" breaks a program, and an address that is changed leads nowhere.

Examples:
    - Bonjour [[{nom}]], bienvenue. <= Hello {name}, welcome.
    + Bonjour {name}, bienvenue. <= Hello {name}, welcome.
    = Bonjour {name}, bienvenue. <= Hello {name}, welcome.
    = Prix : 5 % de moins. <= Price: 5% less.

Fix safety: the source's placeholder in place of the only one that is not the source's; applied
when asked for.

Source: MQM (themqm.org), "Markup".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.sides import place

RULE = RuleInfo(
    name="lost-markup",
    group="source",
    severity=Severity.MAJOR,
    summary="a placeholder or tag of the source that the translation lost or changed",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
    threshold=0.5,
)

_MARKUP = re.compile(
    r"\{\{?\s*\w*\s*\}?\}|%\(\w+\)[sd]|%(?:\d\$)?[sd]\b|\$\{\w+\}|</?[a-z][a-z0-9]*(?: [^<>]*)?/?>|&[a-z]+;"
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """What the source has more of, at the one thing of its kind that the source has not."""
    del context
    source = passage.source
    if not source:
        return
    theirs = Counter(m[0] for m in _MARKUP.finditer(source))
    if not theirs:
        return
    ours = list(_MARKUP.finditer(passage.text))
    lost = theirs - Counter(m[0] for m in ours)
    if not lost:
        return
    alien = [m for m in ours if m[0] not in theirs]
    shown = " ".join(lost)
    single = len(alien) == 1 and lost.total() == 1
    yield passage.finding(
        RULE.name,
        Span(*alien[0].span()) if single else place(passage),
        f"the source has {shown}",
        severity=RULE.severity,
        confidence=0.85 if single else 0.6,
        evidence={"source": shown} if single else {},
    )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The source's placeholder."""
    del context, passage
    source = finding.evidence.get("source")
    if isinstance(source, str):
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=source),),
            applicability=Applicability.SUGGESTED,
            origin="rule",
            score=1.0,
        )
