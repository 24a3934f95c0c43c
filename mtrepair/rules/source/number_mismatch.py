"""A number that differs from the source's.

Why: a digit lost or changed is the error that costs most and shows least: the sentence reads well.

Examples:
    - La ville compte [[15]] écoles. <= The town has 12 schools.
    + La ville compte 12 écoles. <= The town has 12 schools.
    = La ville compte douze écoles et 1 234,5 hectares. <= The town has 12 schools and 1,234.5 hectares.
    = La réunion est à 15 h le 3 mai. <= The meeting is at 3 p.m. on May 3.
    = Le parc s'étend sur 8 km. <= The park stretches over 5 miles.

Fix safety: the source's number takes the place of the only one that is not the source's; it is
applied when asked for, since the source may be aligned wrongly.

Source: MQM (themqm.org), "Number". Formats: Lexique des règles typographiques (Imprimerie nationale),
"Nombres".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.quantities import Number, numbers, same
from mtrepair.rules.source.sides import place

RULE = RuleInfo(
    name="number-mismatch",
    group="source",
    severity=Severity.MAJOR,
    summary="a number that differs from the source's",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
    # scripts/measure-source: what fires at 0.5 in good pairs, beside what it finds when a number is
    # changed on purpose.
    threshold=0.5,
)


def compare(passage: Passage) -> tuple[list[Number], list[Number]]:
    """The source's numbers that the translation lacks, and its own that the source lacks."""
    english, french = numbers(passage.source or "", "en"), numbers(passage.text, "fr")
    if len(english) > 40 or len(french) > 40:
        return [], []  # a table; what stands where is another matter
    lost = [n for n in english if n.digits and not any(same(n, other) for other in french)]
    alien = [n for n in french if n.digits and not any(same(n, other) for other in english)]
    return lost, alien


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A number in place of another; one that is lost or new is less sure."""
    del context
    if not passage.source:
        return
    lost, alien = compare(passage)
    if len(lost) == len(alien) == 1 and _comparable(lost[0], alien[0]):
        written = lost[0].span.of(passage.source)
        yield passage.finding(
            RULE.name,
            alien[0].span,
            f"the source says {written}",
            severity=RULE.severity,
            confidence=0.8 if len(written) > 1 else 0.6,
            evidence={"source": written, "value": max(lost[0].values)},
        )
        return
    for number in alien:
        yield passage.finding(
            RULE.name,
            number.span,
            f"the source does not have the number {number.span.of(passage.text)}",
            severity=RULE.severity,
            confidence=0.4,
        )
    if lost and not alien:
        written = ", ".join(n.span.of(passage.source) for n in lost)
        yield passage.finding(
            RULE.name,
            place(passage),
            f"the source has {written}, which is missing here",
            severity=RULE.severity,
            confidence=0.4,
        )


def _comparable(left: Number, right: Number) -> bool:
    """Whether the units do not say that somebody converted the one into the other."""
    return not (left.unit and right.unit and left.unit != right.unit)


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The source's number as French writes it."""
    del context
    written = finding.evidence.get("source")
    if not isinstance(written, str):
        return
    space = "\u202f" if "\u202f" in passage.text else "\u00a0"
    french = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", space, written)
    french = re.sub(r"(?<=\d)\.(?=\d)", ",", french)
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=french),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
        score=1.0,
    )
