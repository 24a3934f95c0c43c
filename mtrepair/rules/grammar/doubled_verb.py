"""Two conjugated verbs in a row.

Why: engines translate a noun or an infinitive as a conjugated verb, or one verb twice.

Examples:
    - Ce sac [[est permet]] de partir loin.
    - Le voisin [[peut fournit]] la clé.
    = Il est dit que tout est fait.
    = Qui veut peut venir.
    = Ce qu'il veut est simple.
    = Quiconque le souhaite peut partir.

Source: Grevisse & Goosse, Le bon usage, § 221 (un seul noyau verbal par proposition).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity, Span
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="doubled-verb",
    group="grammar",
    severity=Severity.MAJOR,
    summary="two conjugated verbs in a row",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

# Words of a clause that ends on a verb, so that the next one may belong to the main clause:
# "ce qu'il veut est", "qui veut peut", "où tu vas importe".
_OPENERS = frozenset(
    """qui que qu' quoi dont où quand si lorsque lorsqu' comme puisque puisqu' quiconque quel quelle
    quels quelles lequel laquelle lesquels lesquelles auquel duquel combien , ; : « » ( )""".split()
)
_FIRST = frozenset(
    """est sont était étaient sera seront peut peuvent pouvait pourra pourrait doit doivent devra
    devrait a ont avait avaient veut veulent""".split()
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """An auxiliary or modal in the third person before a word that is a conjugated verb alone."""
    del context
    text, tokens = passage.text, passage.tokens
    lexicon = Lexicon.load()
    for at in range(1, len(tokens) - 1):
        first, second = tokens[at], tokens[at + 1]
        if first.text not in _FIRST or second.kind != "word" or len(second.text) < 4:
            continue
        if grammar.verb_forms(second.text) != {"F"} or second.text != second.text.lower():
            continue
        if not grammar.persons(second.text) & {"3s", "3p"} or "-" in second.text:
            continue
        if not grammar.adjacent(text, first, second) or lexicon.zipf(second.text) < 2.5:
            continue
        if text[second.end : second.end + 1] in ("-", "'", "’", "("):
            continue
        clause = [t.low for t in tokens[max(0, at - 12) : at]]
        if any(word in _OPENERS for word in clause):
            continue
        yield passage.finding(
            RULE.name,
            Span(first.start, second.end),
            f"“{first.text} {second.text}”: two conjugated verbs in a row",
            severity=RULE.severity,
        )
