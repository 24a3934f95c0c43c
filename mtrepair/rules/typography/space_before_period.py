"""A space before a full stop or a comma.

Why: French, like English, sets no space before a full stop or a comma; engines leave one when they
detokenise badly or drop a word.

Examples:
    - Il est parti[[ ]].
    + Il est parti.
    - Le chat[[ ]], le chien et la souris.
    + Le chat, le chien et la souris.
    = Le fichier .gitignore est ignoré.
    = Il y en a … ou non ...
    = La valeur est ,5 ou .5 selon le cas.

Fix safety: the space alone is removed; no word changes.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Ponctuation".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.rules.offers import cut
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="space-before-period",
    group="typography",
    severity=Severity.MINOR,
    summary="a space before a full stop or a comma",
    priority=Priority.TYPOGRAPHY,
    reach="sentence",
)

# A letter, digit or closing mark, spaces, one mark, and then white space, a closing quote or the
# end: ".gitignore", ",5" and "..." are no sentence marks.
_PATTERN = re.compile(r"(?<=[\w)\]»”%’'])[ \t\u00a0\u202f]+(?=[.,](?![.,\w])(?:[\s»”)\]\"]|$))")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Spaces that stand before a full stop or a comma."""
    for match in _PATTERN.finditer(passage.text):
        if passage.text[match.start() - 1].isdigit() and _custom(context):
            continue
        mark = "full stop" if passage.text[match.end()] == "." else "comma"
        yield passage.finding(
            RULE.name, Span(*match.span()), f"space before a {mark}", severity=RULE.severity
        )


_MARK = re.compile(r"(?:(\d)|[\w)\]»”%’'])([ \t\u00a0\u202f]*)[.,](?=[\s»”)\]\"]|$)")
_FEW = 3
_SELDOM = 0.1


def _custom(context: Context) -> bool:
    """Whether the document has the space behind most figures and hardly anywhere else.

    Codes of law set references so ("l'article L. 611-1 , les"); what lost its tokenisation has
    the space everywhere.
    """
    found = context.cache.get("space-before-period")
    if not isinstance(found, bool):
        counts: Counter[tuple[bool, bool]] = Counter()
        for passage in context.passages:
            for match in _MARK.finditer(passage.text):
                counts[match[1] is not None, bool(match[2])] += 1
        figures = counts[True, True] >= max(_FEW, counts[True, False])
        words = counts[False, True] + counts[False, False]
        found = figures and counts[False, True] <= _SELDOM * words
        context.cache["space-before-period"] = found
    return found


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """Without the space."""
    del passage, context
    yield from cut(finding, finding.span)
