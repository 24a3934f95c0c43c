"""Two words that must agree and do not; the determiners, and the gender of words for people."""

from __future__ import annotations

from dataclasses import dataclass

from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon

MS, FS, MP, FP = (frozenset({s}) for s in ("ms", "fs", "mp", "fp"))

DETERMINERS: dict[str, Slots] = dict(grammar.DETERMINERS)
DETERMINERS |= {
    "aucun": MS, "aucune": FS, "certains": MP, "certaines": FP, "divers": MP,
    "diverses": FP, "différents": MP, "différentes": FP, "quel": MS, "quelle": FS,
    "quels": MP, "quelles": FP, "tel": MS, "telle": FS, "telles": FP, "nul": MS,
    "nulle": FS, "tout": MS, "toute": FS, "tous": MP, "toutes": FP,
}  # fmt: skip

ACRONYMS: dict[str, Slots] = {
    **dict.fromkeys(
        ("IA", "UE", "ONU", "OTAN", "CIA", "NSA", "BCE", "TVA", "OMC", "OMS", "AIEA", "CNIL",
         "SNCF", "RATP", "ONG", "PME", "Fed", "Nasa", "NASA"),
        FS | FP,
    ),
    **dict.fromkeys(("FBI", "PIB", "FMI", "PDG", "CAC"), MS | MP),
}  # fmt: skip
"""Acronyms that French has as nouns, with the gender of their head (Wiktionnaire)."""

APPOSED = frozenset(("bêta", "tiers", "minimum", "maximum"))
"""Adjectives that stand behind a noun as nouns do, and need not agree: "la version bêta"."""

NEAR = 1.0
"""Words between the two of a clash up to which both are marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two words of a passage that must agree and do not.

    Attributes:
        kind: ``determiner``, ``numeral``, ``adjective``, ``predicate`` or ``verb``.
        target: index of the word that would be changed, among the passage's tokens.
        controller: index of the noun or subject that it should follow.
        wanted: the slots (for a verb, the persons) that would fit.
        evidence: numbers that :func:`confidence` weighs, by name.
    """

    kind: str
    target: int
    controller: int
    wanted: frozenset[str]
    evidence: dict[str, float]

    @property
    def marked(self) -> int:
        """The word to mark: the determiner where only the gender differs, else the target."""
        if self.kind != "determiner":
            return self.target
        return self.target if self.evidence.get("number") else self.controller

    @property
    def words(self) -> tuple[int, int]:
        """The first and the last word to mark: both of the clash where they are neighbours.

        A person looks at both ("botte haut"), and either may be the one that is wrong.
        """
        if self.evidence["far"] <= NEAR:
            return min(self.target, self.controller), max(self.target, self.controller)
        return self.marked, self.marked


_PERSON = (
    "eur", "eurs", "ien", "iens", "ier", "iers", "ant", "ants", "ent", "ents", "logue", "logues",
    "ecin", "ecins", "quin", "quins", "oin", "oins", "aire", "aires", "ef", "efs", "tre", "tres",
    "bre", "bres",
)  # fmt: skip
_MEN = frozenset(
    """monsieur messieurs seigneur seigneurs vainqueur vainqueurs successeur successeurs sauveur
    sauveurs prédécesseur prédécesseurs recteur recteurs monseigneur assureur assureurs précurseur
    précurseurs imprimeur imprimeurs commandeur commandeurs sieur vicaire vicaires sergent sergents
    chevalier chevaliers pompier pompiers charpentier charpentiers barbier aumônier confrère
    adhérent adhérents docteur docteurs procureur procureurs ingénieur ingénieurs entrepreneur
    entrepreneurs gouverneur gouverneurs amateur amateurs auteur auteurs professeur professeurs
    médecin médecins témoin témoins chef chefs maire maires ministre ministres arbitre arbitres
    membre membres peintre peintres commissaire commissaires agent agents président cadre""".split()
)
"""Words for people among the frequent ones of DELA that are masculine alone."""


_EITHER = frozenset("coach coachs leader leaders manager managers".split())


def may_be_woman(noun: str) -> bool:
    """Whether a noun that DELA gives the masculine alone may be feminine: "la professeur".

    Names of persons are known by their suffixes. Frequent words with these suffixes that are not
    in the list of men are things ("moteur", "dossier", "trimestre").
    """
    if noun in _EITHER:
        return True
    if not noun.endswith(_PERSON) or noun.endswith(("ment", "ments")):
        return False
    if grammar.inflected(noun, frozenset({"fs", "fp"}), "N"):
        return False
    readings = grammar.categories(noun)
    verbal = "V" in readings and noun.endswith(("ant", "ants", "ent", "ents"))
    thing = Lexicon.load().zipf(noun) >= 3.3 and readings <= {"N", "V"} and not verbal
    return noun in _MEN or not thing
