"""An article that is not joined to "de" or "a".

Why: Spanish joins "de el" and "a el" to "del" and "al"; engines that put words together one by one
do not.

Examples:
    - Salió [[de el]] edificio.
    + Salió del edificio.
    - Vamos [[a el]] mercado.
    + Vamos al mercado.
    = El presidente de El Salvador viaja a El Cairo.
    = Habló de él y a él le gustó.

Fix safety: the two words become the one that Spanish has for them; "el" may also stand for "él".

Source: RAE & ASALE, Nueva gramática de la lengua española (2009), § 14.2k.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="uncontracted-article",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“de el” or “a el” for “del” or “al”",
    priority=Priority.AGREEMENT,
    reach="sentence",
)

_PATTERN = re.compile(r"(?<![\w.'’-])(?:([Dd]e)|([Aa])) el(?= [a-záéíóúüñ])")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """ "de el" and "a el" before a word in lower case."""
    del context
    for match in _PATTERN.finditer(passage.text):
        yield passage.finding(
            RULE.name,
            Span(*match.span()),
            f"“{match[0]}” is “{_joined(match[0])}”",
            severity=RULE.severity,
            confidence=0.9,
        )


def _joined(text: str) -> str:
    return text.split()[0] + "l"


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The contraction."""
    del context
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=_joined(finding.span.of(passage.text))),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
    )
