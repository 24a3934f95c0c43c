"""A space at a hyphen inside a word.

Why: detokenising leaves a space on one side of the hyphen of a compound, or of a verb and the
pronoun that follows it.

Examples:
    - Le porte[[ ]]-parole du groupe refuse.
    + Le porte-parole du groupe refuse.
    - Il vit au-[[ ]]dessus de la gare.
    + Il vit au-dessus de la gare.
    - Est[[ ]]-ce que tu viens, et a[[ ]]-t-il raison ?
    + Est-ce que tu viens, et a-t-il raison ?
    - Une chanteuse néo-[[ ]]zélandaise et son ex[[ ]]-mari.
    + Une chanteuse néo-zélandaise et son ex-mari.
    = Les effets micro- et macroéconomiques, et une option -v.
    = Il est venu -disons-le- trop tard.
    = Le magasin est fermé - il ouvrira demain.

Fix safety: the space alone is removed; what comes out is a common compound, or a verb with its
pronoun.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Trait d'union".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.fr import grammar
from mtrepair.rules.offers import cut
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="spaced-hyphen",
    group="typography",
    severity=Severity.MINOR,
    summary="a space at the hyphen of a compound: “porte -parole”",
    priority=Priority.TYPOGRAPHY,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_SPACED = re.compile(
    r"(?<![\w-])([^\W\d_]+(?:-[^\W\d_]+)*)(?:([ \u00a0])-|-([ \u00a0]))([^\W\d_]+(?:-[^\W\d_]+)*)"
    r"(?![\w-])"
)
_ASIDE = re.compile(r"\w-[\s,.]")
_NEAR = 60
_PRONOUNS = re.compile(r"(?:t-)?(?:ils?|elles?|on)|ce|je|tu|nous|vous|moi|toi|l[ea]s?|lui|leur")
_BEHIND = {
    "porte": "parole paroles avions monnaie bagages",
    "au": "dessus dessous delà dedans dehors devant",
    "par": "dessus dessous delà ci là",
    "ci": "dessus dessous joint joints jointe jointes après contre",
    "là": "bas haut dessus dessous dedans",
    "peut": "être", "vis": "à-vis", "rendez": "vous","tête": "à-tête",
    "lui": "même", "elle": "même", "elles": "mêmes", "eux": "mêmes",
    "nous": "mêmes", "vous": "même mêmes", "moi": "même", "toi": "même", "soi": "même disant",
    "celui": "ci là", "celle": "ci là", "ceux": "ci là", "celles": "ci là",
    "vice": "président présidente premier champion championne", "week": "end ends",
    "après": "midi demain guerre vente", "avant": "hier dernier dernière première garde midi",
    "grand": "mère père parents chose public", "petit": "déjeuner fils enfants", "petite": "fille",
    "beau": "frère père fils", "belle": "mère sœur fille", "mi": "temps chemin",
    "demi": "heure siècle frère sœur finale tour journée", "quart": "monde",
    "sous": "sol titres traitant traitants marin marins estimer estimé", "chef": "lieu",
    "non": "lieu respect", "sans": "abri papiers emploi", "sud": "est ouest coréen africain",
    "nord": "est ouest coréen américain", "états": "unis", "royaume": "uni", "pays": "bas",
    "moyen": "orient âge", "proche": "orient", "extrême": "orient droite gauche",
    "outre": "mer manche atlantique", "contre": "attaque indication", "court": "métrage circuit",
    "long": "métrage", "garde": "manger fou", "mot": "clé clés", "chiffre": "clé",
    "rez": "de-chaussée", "chou": "fleur", "arc": "en-ciel",
    "quatre": "vingt vingts vingt-dix", "savoir": "faire", "main": "d'œuvre",
    "centre": "ville", "ex": "mari femme président ministre premier",
    "cessez": "le-feu", "tout": "petit puissant", "faire": "part", "compte": "rendu rendus",

}  # fmt: skip
"""Compounds of everyday French; the lexicon has none with a hyphen."""
_PAIRS = frozenset(f"{left}-{one}" for left, right in _BEHIND.items() for one in right.split())
_TENS = frozenset("vingt trente quarante cinquante soixante soixante-dix quatre-vingt".split())
_UNITS = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
)


_PREFIXES = frozenset(
    """néo franco anglo germano italo hispano russo sino gréco afro latino belgo suisse euro anti ex
    pseudo quasi semi socio politico sud nord""".split()
)
"""What makes a word with the next one behind its hyphen; "micro- et macroéconomiques" goes on."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Spaces at a hyphen where the two sides make a word."""
    del context
    text = passage.text
    if " -" not in text and "- " not in text and "\u00a0-" not in text:
        return
    for match in _SPACED.finditer(text):
        left, right = match[1], match[4]
        aside = _ASIDE.search(
            text, match.end(), match.end() + _NEAR
        )  # "répond -il faut le dire- que"
        if _compound(left, right) or (match[2] and not aside and _inverted(left, right)):
            side = 2 if match[2] else 3
            yield passage.finding(
                RULE.name,
                Span(*match.span(side)),
                "space at a hyphen",
                severity=RULE.severity,
            )


def _compound(left: str, right: str) -> bool:
    low, behind = left.lower(), right.lower()
    if right != behind and not left[:1].isupper():
        return False
    if low in _PREFIXES and len(behind) > 3 and behind.isalpha():
        return bool(grammar.categories(behind) & {"N", "A"})
    return f"{low}-{behind}" in _PAIRS or (low in _TENS and behind in _UNITS)


def _inverted(verb: str, pronoun: str) -> bool:
    """Whether a verb has its pronoun behind it: "est -ce", "a -t-il"."""
    return (
        _PRONOUNS.fullmatch(pronoun) is not None
        and pronoun.startswith(("t-", "ce", "il", "elle", "on", "vous", "nous"))
        and bool(grammar.persons(verb.lower()))
    )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """Without the space."""
    del passage, context
    yield from cut(finding, finding.span)
