"""A sentence that stops in mid-phrase.

Why: engines lose the end of a sentence, or the words between two of its parts.

Examples:
    - Il a posé le livre sur [[la]].
    - Elle parle avec le voisin [[et]].
    - Nous partons demain pour aller [[à]].
    = C'est le film dont il parle avec.
    = Il est pour, elle est contre.
    = Le mot s'écrit sans le « de ».
    = Il a dit : « le… »

Source: MQM, Accuracy/Omission and Linguistic conventions (themqm.org); own observation.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="cut-sentence",
    group="grammar",
    severity=Severity.MAJOR,
    summary="a sentence that stops in mid-phrase",
    priority=Priority.AGREEMENT,
    reach="sentence",
)

_LAST = frozenset(
    """le la les des du au aux cet cette ces mon ma mes tes sa ses notre votre nos vos
    leurs de à et ou dans par que lorsque puisque chaque quelques dont""".split()
)
_ENDS = frozenset((".", "!", ";"))


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A determiner, or a preposition or conjunction that needs more, right before the full stop."""
    del context
    tokens = passage.tokens
    ends = {span.end for span in passage.sentences}
    for at in range(3, len(tokens)):
        mark = tokens[at]
        if mark.text not in _ENDS or mark.end not in ends:
            continue
        last, before = tokens[at - 1], tokens[at - 2]
        # "voyez la .": the space was before a link or formula that the text has lost.
        if last.text not in _LAST or (mark.start > last.end and mark.text == "."):
            continue
        # "(et)", "« de »", "l'article la", "a) le": words that are spoken of, lists, "vas-y donc".
        if before.kind != "word" or not before.text.islower() or before.text in ("mot", "article"):
            continue
        if last.text in ("le", "la", "les", "leurs") and before.end == last.start - 1:
            follows = tokens[at - 3].text
            if before.text in ("l'", "l’") or follows in ("l'", "l’"):
                continue
        yield passage.finding(
            RULE.name,
            Span(last.start, last.end),
            f"the sentence stops after “{last.text}”",
            severity=RULE.severity,
        )
