"""Two determiners where one belongs.

Why: engines put an article before a noun phrase that has its own.

Examples:
    - Il aime [[cette la]] maison.
    - Elle range [[ses les]] tableaux.
    = Il les leur donne et me le dit.
    = L'un des amis est venu, une des portes est ouverte.
    = Tous les deux ont vu le mien.

Source: Grevisse & Goosse, Le bon usage, § 577 (un nom n'a qu'un déterminant de cette classe).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.fr import grammar
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="doubled-determiner",
    group="grammar",
    severity=Severity.MAJOR,
    summary="two determiners where one belongs",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

# No pronoun is among the first, save "un" and "une", which "de" or a noun follows ("un des").
_FIRST = frozenset(
    "un une des du aux cet cette ces mon ma mes ton ta tes sa ses nos vos leurs le la les".split()
)
_SECOND = frozenset("le la les l' un une cet cette ces mon ma mes ta tes sa ses nos vos".split())
_ARTICLES = frozenset("le la les".split())
_BEFORE_ELIDED = frozenset("le un une des du aux cet cette ces".split())


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Two different determiners before a word that can only be a noun or an adjective."""
    del context
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 2):
        left, right, noun = tokens[at : at + 3]
        first, second = left.low, right.text.replace("’", "'")
        if first not in _FIRST or second not in _SECOND or first == second:
            continue
        if left.text.isupper():
            continue
        # "la une" is the front page; "me le", "la leur" are pronouns in a row.
        if first in _ARTICLES and second in ("un", "une"):
            continue
        elided = right.text in ("l'", "l’")
        if elided and first not in _BEFORE_ELIDED:
            continue
        if not (grammar.adjacent(text, left, right) and grammar.adjacent(text, right, noun)):
            continue
        if noun.kind != "word" or not grammar.is_plain_noun(
            noun.text, after_pronoun_like=not elided
        ):
            continue
        if first in ("un", "une") and at and tokens[at - 1].low in ("l'", "l’", "chacun"):
            continue
        yield passage.finding(
            RULE.name,
            Span(left.start, right.end),
            f"“{first} {second}”: one determiner too many",
            severity=RULE.severity,
            evidence={"cut": right.start - left.start, "noun": noun.text},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """One of the two; the one that fits the noun first."""
    del context
    cut = finding.evidence["cut"]
    if not isinstance(cut, int):
        return
    whole = finding.span.of(passage.text)
    slots = grammar.slots(str(finding.evidence["noun"])) or grammar.ALL
    options = [whole[:cut].rstrip(), whole[cut:]]
    if whole[0].isupper():
        options[1] = options[1][0].upper() + options[1][1:]
    if options[1].endswith(("'", "’")) and not options[0].endswith(("'", "’")):
        options.reverse()  # the noun starts with a vowel
    fitting = [
        option for option in options if grammar.DETERMINERS.get(option.lower(), grammar.ALL) & slots
    ]
    yield from in_turn(finding, finding.span, fitting, "rule")
