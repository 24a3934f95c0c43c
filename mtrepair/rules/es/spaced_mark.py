"""A space between a mark and the words it belongs to.

Why: Spanish sets ¿ ? ¡ ! : ; « » against the word; engines that learned French or were badly
detokenised leave a space there.

Examples:
    - ¿[[ ]]Quién viene mañana?
    + ¿Quién viene mañana?
    - ¡Qué bien[[ ]]! Llegamos a tiempo.
    + ¡Qué bien! Llegamos a tiempo.
    - La lista es esta[[ ]]: pan y vino.
    + La lista es esta: pan y vino.
    = Nos vemos mañana ;) o el lunes :-)
    = La relación es de 3 : 2, el código a ? b : c y el bloque ::

Fix safety: the space alone is removed; no word changes.

Source: RAE & ASALE, Ortografía de la lengua española (2010), cap. III, § 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.rules.offers import cut
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="spaced-mark",
    group="typography",
    severity=Severity.MINOR,
    summary="a space between ¿ ? ¡ ! : ; « » and their words",
    priority=Priority.TYPOGRAPHY,
    reach="sentence",
)

# A word of two letters and more before the mark, and white space, a closing mark or the end after
# it: "3 : 2", "a ? b : c", smileys and "->" are no prose.
_PATTERN = re.compile(
    r"(?<=[¿¡])[ \u00a0\u202f]+(?=[«“\"]?[^\W\d_])|(?<=«)[ \u00a0\u202f]+(?=[\w¿¡])"
    r"|(?<=[^\W\d_]{2}|\w[)»”\"])[ \u00a0\u202f]+(?=[?!]+(?:[\s)»”\"]|$)|[:;](?:\s|$))"
    r"|(?<=[\w.,?!…])[ \u00a0\u202f]+(?=»)"
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Spaces inside the marks that Spanish sets against the word."""
    del context
    for match in _PATTERN.finditer(passage.text):
        after = passage.text[match.start() - 1] in "¿¡«"
        mark = passage.text[match.start() - 1 if after else match.end()]
        yield passage.finding(
            RULE.name,
            Span(*match.span()),
            f"space {'after' if after else 'before'} “{mark}”",
            severity=RULE.severity,
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """Without the space."""
    del passage, context
    yield from cut(finding, finding.span)
