"""An apostrophe where the next word starts with a consonant.

Why: engines that replace a word leave the elided word before it as it was.

Examples:
    - Il ferme [[l'porte]] à clé.
    + Il ferme la porte à clé.
    - Elle vient [[d'partir]] en voyage.
    + Elle vient de partir en voyage.
    = L'hôtel, l'yeuse, d'hier, l'un et l'autre.
    = Il a choisi l'option de l'ONU et d'Harry.

Source: Grevisse & Goosse, Le bon usage, § 45-50 (élision).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="wrong-elision",
    group="grammar",
    severity=Severity.MAJOR,
    summary="an apostrophe before a consonant (“l'porte”)",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_WHOLE = {"l'": "le", "d'": "de", "qu'": "que", "n'": "ne", "s'": "se", "j'": "je", "m'": "me"}
_CONSONANT = frozenset("bcçdfgjklmnpqrstvwxz")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Elided words glued to a French word that starts with a consonant (h and y apart)."""
    del context
    tokens = passage.tokens
    lexicon = Lexicon.load()
    for at in range(len(tokens) - 1):
        token = tokens[at]
        if not token.text.endswith(("'", "’")):
            continue
        low = token.low
        word = tokens[at + 1]
        if low not in _WHOLE or word.start != token.end or word.kind != "word":
            continue
        # "l'x", "d'BMW", "s'rait" (speech): a French word of some length, in lower case.
        if word.text[0] not in _CONSONANT or len(word.text) < 3 or not word.text.islower():
            continue
        if lexicon.zipf(word.text) < 3 or word.text not in lexicon:
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, word.end),
            f"no apostrophe before “{word.text}”",
            severity=RULE.severity,
            evidence={"cut": word.start - token.start},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The whole word; "l'" takes the gender of what follows."""
    del context
    cut = finding.evidence["cut"]
    if not isinstance(cut, int):
        return
    whole = finding.span.of(passage.text)
    elided, word = whole[:cut], whole[cut:]
    low = elided.lower().replace("’", "'")
    forms = [_WHOLE[low]]
    if low == "l'":
        slots = grammar.slots(word, "N") or grammar.slots(word, "NA") or grammar.ALL
        forms = [
            form
            for form, slot in (("le", "ms"), ("la", "fs"), ("les", "mp"), ("les", "fp"))
            if slot in slots
        ]
    texts = [(form.capitalize() if elided[0].isupper() else form) + " " for form in forms]
    span = Span(finding.span.start, finding.span.start + cut)
    yield from in_turn(finding, span, dict.fromkeys(texts), "rule")
