"""“tout”, “quel” or “lequel” that does not fit its noun.

Why: between “all” or “what” and the noun stands another word, and engines decide too early.

Examples:
    - [[Toute les]] voitures sont parties.
    + Toutes les voitures sont parties.
    - Il a plu pendant [[tout la]] nuit.
    + Il a plu pendant toute la nuit.
    - [[Quel]] est la raison de ce retard ?
    + Quelle est la raison de ce retard ?
    - [[Quel que]] soit la saison, le refuge est ouvert.
    + Quelle que soit la saison, le refuge est ouvert.
    - Les infirmières, [[auquel]] on avait promis une prime, attendent.
    + Les infirmières, auxquelles on avait promis une prime, attendent.
    = Le rapport de la commission, auquel il tient, et la ville dans laquelle il vit.
    = Ils ont tous la même chance et veulent tous le gâteau.
    = Tout le monde sait quel est le but, et tout les oppose.
    = Quelle est la raison et quels sont les buts ?

Source: Grevisse & Goosse, Le bon usage, § 636-640 (tout) and § 620 (quel).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement import relative
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="agreement-tout-quel",
    group="agreement",
    severity=Severity.MAJOR,
    summary="“toute les voitures”, “quel est la raison”, “la ville dans lequel”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_TOUT = {"tout": "ms", "toute": "fs", "tous": "mp", "toutes": "fp"}
_QUEL = {"quel": "ms", "quelle": "fs", "quels": "mp", "quelles": "fp"}
_BE = frozenset(
    "est sont était étaient sera seront serait seraient fut furent soit soient fût".split()
)
_SET = frozenset("l' un le du en avant après malgré dessus surtout par-dessus".split())
"""Before "tout" these make a noun or a set phrase of it: "avant tout la paix"."""
_KNOWN = 3.0  # zipf


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Both words before an article and a word that can only be a noun."""
    del context
    for pronoun, forms in relative.misfits(passage):
        yield passage.finding(
            RULE.name,
            Span(pronoun.start, pronoun.end),
            f"“{pronoun.text}” does not fit any noun before it",
            severity=RULE.severity,
            evidence={"forms": forms},
        )
    tokens = passage.tokens
    starts = passage.openings
    for at, token in enumerate(tokens):
        low = token.low
        if low in _TOUT:
            before = tokens[at - 1].low if at else ""
            # "ils ont tous la clé": behind a verb the plural belongs to the subject.
            free = token.start in starts or before in grammar.PREPOSITIONS
            if (low in ("tous", "toutes") and not free) or before in _SET:
                continue
            perhaps = low == "tout" and before not in grammar.PREPOSITIONS
            wanted = _wanted(passage, at + 1, pronoun=perhaps)
            last, own = at + 1, _TOUT[low]
        elif low in _QUEL:
            verb = at + 1
            que = verb < len(tokens) and tokens[verb].low == "que"
            verb += que
            if verb >= len(tokens) or tokens[verb].low not in _BE:
                continue
            if que and low.endswith("s"):
                continue  # "quels que soient l'âge, le lieu ou la raison"
            wanted = _wanted(passage, verb + 1, pronoun=False)
            last, own = at + que, _QUEL[low]
        else:
            continue
        if not wanted or own in wanted or not _together(passage, tokens[at : last + 1]):
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, tokens[last].end),
            f"“{token.text}” does not fit the noun behind it",
            severity=RULE.severity,
            evidence={"length": len(token.text), "wanted": sorted(wanted)},
        )


def _together(passage: Passage, tokens: Sequence[Token]) -> bool:
    return all(grammar.adjacent(passage.text, left, right) for left, right in pairwise(tokens))


def _wanted(passage: Passage, at: int, *, pronoun: bool) -> grammar.Slots:
    """What an article at ``at`` and the noun after it agree on; nothing if that is not sure.

    Args:
        pronoun: the article may be a pronoun before a verb ("tout les oppose").
    """
    tokens = passage.tokens
    nothing: grammar.Slots = frozenset()
    if at + 1 >= len(tokens) or not _together(passage, tokens[at - 1 : at + 2]):
        return nothing
    article, noun = tokens[at], tokens[at + 1]
    low = article.low
    fits = grammar.DETERMINERS.get(low)
    found = grammar.slots(noun.text, "N")
    if fits is None or found is None or low in ("un", "une", "des", "du", "au", "aux"):
        return nothing
    if not grammar.is_plain_noun(noun.text, after_pronoun_like=pronoun):
        return nothing
    if Lexicon.load().zipf(noun.text) < _KNOWN:
        return nothing
    after = tokens[at + 2].low if at + 2 < len(tokens) else ""
    if after in ("et", "ou", "-") or passage.text[noun.end : noun.end + 1] in ("-", "·"):
        return nothing
    return fits & found


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The forms that fit."""
    del context
    given = finding.evidence.get("forms")
    if isinstance(given, list):
        yield from in_turn(finding, finding.span, given)
        return
    length, wanted = finding.evidence.get("length"), finding.evidence.get("wanted")
    if not isinstance(length, int) or not isinstance(wanted, list):
        return
    span = Span(finding.span.start, finding.span.start + length)
    old = span.of(passage.text)
    row = _TOUT if old.lower() in _TOUT else _QUEL
    forms = [form for form, slot in row.items() if slot in wanted]
    if old[0].isupper():
        forms = [form.capitalize() for form in forms]
    yield from in_turn(finding, span, forms)
