"""A month that differs from the source's.

Why: engines swap months as they swap digits, and "3/4" is April or March.

Examples:
    - L'accord est du 5 [[avril]] 2019. <= The agreement is dated March 5, 2019.
    + L'accord est du 5 mars 2019. <= The agreement is dated March 5, 2019.
    = L'accord est du 5 mars 2019. <= The agreement is dated March 5, 2019.
    = Elle peut venir le 2 juin. <= She may come on June 2.

Fix safety: the source's month in place of the only one that is not the source's; applied when
asked for.

Source: MQM (themqm.org), "Date/time".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.quantities import MONTHS

RULE = RuleInfo(
    name="date-mismatch",
    group="source",
    severity=Severity.MAJOR,
    summary="a month that differs from the source's",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
)

FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# "May" and "March" are months beside a number alone.
_IN_ENGLISH = re.compile(
    r"\b(?:(" + "|".join(m for m in _ENGLISH if m not in ("May", "March")) + r")"
    r"|(May|March)(?=,? \d)|(?<=\d )(May|March)|(?<=(?:st|nd|rd|th) )(May|March))\b"
)
_IN_FRENCH = re.compile(r"\b(" + "|".join(FRENCH) + r")\b", re.I)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """The one month that the source does not have, where the source has one in its place."""
    del context
    if not passage.source:
        return
    there = list(_IN_FRENCH.finditer(passage.text))
    if not there:
        return
    english = {
        MONTHS[m.lower()] for groups in _IN_ENGLISH.findall(passage.source) for m in groups if m
    }
    # "le 3/4" and "Jan." may be the month too, and "may" at the start of a sentence.
    loose = {MONTHS[w] for w in re.findall(r"[a-z]+", passage.source.lower()) if w in MONTHS}
    loose |= {
        int(n)
        for n in re.findall(r"\d+", passage.source)
        if 0 < int(n) < 13 and "/" in passage.source
    }
    alien = [m for m in there if FRENCH.index(m[0].lower()) + 1 not in english | loose]
    lost = english - {FRENCH.index(m[0].lower()) + 1 for m in there}
    if len(lost) == 1 and len({m[0].lower() for m in alien}) == 1:
        month = FRENCH[lost.pop() - 1]
        for match in alien:
            yield passage.finding(
                RULE.name,
                Span(*match.span()),
                f"the source says {month}",
                severity=RULE.severity,
                confidence=0.85,
                evidence={"month": month},
            )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The source's month."""
    del context, passage
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=str(finding.evidence["month"])),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
        score=1.0,
    )
