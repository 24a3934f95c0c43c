"""“avoir” where a verb of coming, going and becoming takes “être”.

Why: English has one auxiliary for the perfect; engines that go word by word keep it.

Examples:
    - Elle [[a]] devenue maire en mai.
    + Elle est devenue maire en mai.
    - Il [[a]] né à Lyon et n'[[avait]] jamais allé plus loin.
    + Il est né à Lyon et n'était jamais allé plus loin.
    - Elle s'[[a]] levée et ils s'[[ont]] vus.
    + Elle s'est levée et ils se sont vus.
    - Ils [[ont]] arrivés hier.
    + Ils sont arrivés hier.
    - Je m'[[ai]] dit que c'était fini.
    + Je me suis dit que c'était fini.
    = Il vous avez vu ; vous avez dit, et nous vous avons cru.
    = Le parti a parti lié, il a passé la nuit ici et a monté l'escalier.
    = Elle a été la première arrivée, et il y a eu des nouveaux venus.
    = Il a bien vendu ce mur, et tout va pour le mieux.

Only verbs that never take “avoir” count: “il a sorti le chien”, “il a monté l'escalier”.

Fix safety: the same tense and person of “être”; how the participle agrees is told apart.

Source: Grevisse & Goosse, Le bon usage, § 812 (verbes conjugués avec être).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="wrong-auxiliary",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“a devenu” for “est devenu”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_BE = {
    "ai": "suis", "as": "es", "a": "est", "avons": "sommes", "avez": "êtes", "ont": "sont",
    "avais": "étais", "avait": "était", "avions": "étions", "aviez": "étiez",
    "avaient": "étaient", "aura": "sera", "auront": "seront", "aurait": "serait",
    "auraient": "seraient", "ait": "soit", "aient": "soient", "ayant": "étant",
}  # fmt: skip
_GONE = frozenset(
    participle + ending
    for participle in (
        "devenu", "redevenu", "né", "allé", "arrivé", "revenu", "parvenu", "intervenu", "survenu",
        "venu", "décédé", "resté", "reparti", "tombé", "retombé",
    )
    for ending in ("", "e", "s", "es")
)  # fmt: skip
_ADVERBS = frozenset("pas plus jamais toujours déjà aussi bien enfin ensuite finalement".split())


_SELVES = frozenset(("s'", "m'", "t'", "nous", "vous"))
_OWN = {"je": ("m'", "ai"), "tu": ("t'", "as"), "nous": ("nous", "avons"), "vous": ("vous", "avez")}


def _oneself(tokens: Sequence[Token], at: int) -> bool:
    """Whether the pronoun before "avoir" is the subject's own: "je m'ai dit"."""
    return at > 1 and _OWN.get(tokens[at - 2].low) == (tokens[at - 1].low, tokens[at].low)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A form of “avoir”, at most an adverb, and such a participle."""
    del context
    if passage.vocabulary.isdisjoint(_GONE | _SELVES):
        return
    text, tokens = passage.text, passage.tokens
    for at, token in enumerate(tokens):
        if token.text not in _BE or at + 1 >= len(tokens) or not at:
            continue
        here = at + 1
        if tokens[here].low in _ADVERBS and here + 1 < len(tokens):
            here += 1
        itself = tokens[at - 1].low == "s'" or _oneself(tokens, at)  # "s'a blessé", "je m'ai dit"
        if tokens[here].text not in _GONE and not (
            itself and grammar.slots(tokens[here].text, "K") is not None
        ):
            continue
        if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            continue
        if tokens[at - 1].low == "y":
            continue  # "il y a né de cette union"
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"“{tokens[here].text}” takes “être”",
            severity=RULE.severity,
            evidence={"better": _BE[token.text]},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The same form of “être”, with the elision before it."""
    del context
    start, better = finding.span.start, str(finding.evidence["better"])
    before = passage.text[max(0, start - 2) : start]
    if re.fullmatch("[jntsm]['’]", before, re.IGNORECASE):
        vowel = better[0] in "eéê"
        if not vowel:  # "j'ai" is "je suis"
            start -= 1
            better = f"e {better}"
    yield Proposal(
        finding=finding,
        edits=(Edit(span=Span(start, finding.span.end), text=better),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
    )
