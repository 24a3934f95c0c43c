"""A parsed sentence and the questions that are asked about its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.clash import (
    ACRONYMS,
    DETERMINERS,
    FP,
    FS,
    MP,
    MS,
    Clash,
    may_be_woman,
)
from mtrepair.rules.parsed import Parsed, logits

COLLECTIVE = frozenset(
    """majorité minorité plupart nombre partie moitié tiers quart série groupe ensemble foule
    multitude quantité dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine
    soixantaine huitaine centaine millier infinité poignée totalité reste part pourcentage tas
    masse paire couple
    million milliard maximum minimum variété flot troupe bande peu beaucoup combien total sorte
    type espèce gamme lot équipe kilo tonne litre mètre proportion fraction un une cortège armée
    nuée éventail panel liste succession suite choix millions milliards milliers centaines dizaines
    douzaines essentiel flopée tripotée kyrielle myriade pléthore""".split()
)
"""Heads after which the verb or adjective may follow the sense (Le bon usage, § 431)."""


_TERMS = frozenset("an ans mois année années jour jours semaine semaines".split())


def renews(noun: str, adjective: str) -> bool:
    """Whether it is said of a term, not of its years: "une durée de trois ans renouvelable"."""
    return noun in _TERMS and adjective.startswith(("renouvel", "reconduct", "prorog"))


NEVER = frozenset(
    """demi nu possible compris inclus excepté joint vu ci-joint passé standard clair foncé pâle
    marine cher haut bas fort court net droit faux juste bon mieux plein ensemble debout quelque
    même tel tels telle telles quel quels quelle quelles tout tous toute toutes certain certains
    certaines certaine chacun chacune un une autre autres deux premier seul seule seuls""".split()
)
"""Adjectives that are adverbs, prepositions or pronouns as well."""


_AFTER_BE = frozenset("inclus compris possible passé plein net clair nu".split())
"""Those of them that agree after "être"."""


def may_stay(word: str) -> bool:
    """Whether a word behind "être" need not agree: "elle est plein sud"."""
    return word in NEVER and word not in _AFTER_BE


NUMERALS = frozenset("deux trois quatre cinq six sept huit neuf dix onze douze".split())
"""Numbers in letters that stand before their noun."""


SUBJECTS = ("nsubj", "nsubj:pass")


PERSONS = {
    "je": "1s", "j'": "1s", "tu": "2s", "il": "3s", "elle": "3s", "on": "3s", "ça": "3s",
    "cela": "3s", "ceci": "3s", "nous": "1p", "vous": "2p", "ils": "3p", "elles": "3p",
    "chacun": "3s", "chacune": "3s", "aucun": "3s", "aucune": "3s",
}  # fmt: skip


PRONOUN_SLOTS: dict[str, Slots] = {
    "il": MS, "elle": FS, "ils": MP, "elles": FP, "je": MS | FS, "j'": MS | FS, "tu": MS | FS,
}  # fmt: skip


JOINING = frozenset(("et", "ou", "ni", "&", "/", "et/ou", "puis", "+", "ainsi", "-", "–", "x"))


class Sentence:
    """A parsed sentence and the questions that are asked about its words."""

    def __init__(self, sentence: Parsed) -> None:
        self.words = sentence.words
        self.first = sentence.first
        self.low = [token.low for token in sentence.words]
        self.tree = sentence.tree
        self._usable: dict[int, bool] = {}
        self.below: dict[int, list[int]] = defaultdict(list)
        for i, head in enumerate(self.tree.heads):
            self.below[head].append(i)

    @cached_property
    def oddness(self) -> float:
        """The log-odds of "odd" over its words."""
        return float(logits(self.tree.odd).sum())

    def children(self, head: int, *relations: str) -> list[int]:
        return [i for i in self.below.get(head, ()) if self.tree.relations[i] in relations]

    def usable(self, i: int) -> bool:
        """Whether a word is French, in lower case (or first) and not part of a longer one."""
        found = self._usable.get(i)
        if found is None:
            found = self._usable[i] = self._is_usable(i)
        return found

    def _is_usable(self, i: int) -> bool:
        token = self.words[i]
        text = token.text
        if text in ACRONYMS:
            return True
        if text != self.low[i] and not (i == 0 and text[1:] == self.low[i][1:]):
            return False
        if not self.plain(i) or grammar.may_be_country(text):
            return False
        lexicon = Lexicon.load()
        french, english = lexicon.zipf(text), lexicon.english_zipf(text)
        return english < french + 1.2 if french >= 2 else english < 2.5

    def plain(self, i: int) -> bool:
        """Whether a word has three letters and more and is not part of a longer one."""
        token = self.words[i]
        if token.kind != "word" or not token.text.isalpha() or len(token.text) < 3:
            return False
        if i + 1 < len(self.words):
            after = self.words[i + 1]
            dash = text_of(self.words, i + 1, 2) == "--"  # a dash, as typewriters had it
            if after.start == token.end and text_of(self.words, i + 1, 2).startswith(".e"):
                return False  # "habitant.e.s"
            if (
                after.start == token.end
                and (after.text[0] in "-'’(/_·." and after.text != ".")
                and not dash
            ):
                return False
        return True

    def noun(self, i: int) -> Slots | None:
        """The slots of a noun, in the number of its determiner where both are possible."""
        found = ACRONYMS.get(self.words[i].text) or noun_slots(self.low[i])
        if found is None:
            return None
        for d in self.children(i, "det"):
            fits = DETERMINERS.get(self.low[d])
            if fits is not None and d < i and fits & found:
                found &= fits
        if {"ms", "mp"} <= found or {"fs", "fp"} <= found:  # "de fonds asiatiques"
            for j in self.children(i, "amod"):
                fits = grammar.slots(self.low[j], "A") if j == i + 1 else None
                if fits and fits & found:
                    found &= fits
        return found

    def is_noun(self, i: int) -> bool:
        """Whether a word is a noun, or an acronym that French has as one."""
        return self.tree.tags[i] == "NOUN" or self.words[i].text in ACRONYMS

    def joined(self, i: int) -> bool:
        """Whether a word is one of several that are coordinated."""
        return bool(self.children(i, "conj", "cc")) or self.tree.relations[i] == "conj"

    def between(self, a: int, b: int) -> list[str]:
        low, high = min(a, b), max(a, b)
        return self.low[low + 1 : high]

    def seam(self, a: int, b: int) -> bool:
        """Whether two sentences were glued between two words: "Le problème Des milliers de"."""
        low, high = min(a, b), max(a, b)
        return any(
            self.words[j - 1].kind == "word"
            and (
                self.words[j].text in _OPENING
                or (self.words[j].text == "De" and self.words[j + 1].text.islower())
            )
            for j in range(max(1, low), high)
        )

    def evidence(self, target: int, controller: int, *arcs: int) -> dict[str, float]:
        tree = self.tree
        return {
            "sure": min((tree.sure[i] for i in arcs), default=1.0),
            "known": min(tree.known[target], tree.known[controller]),
            "odd": tree.odd[target],
            "other": tree.odd[controller],
            "far": float(abs(target - controller) - 1),
            "words": float(len(self.words)),
            "oddness": self.oddness,
        }


_OPENING = frozenset("Le La Les L' L’ Un Une Des Ce Cet Cette Ces Du".split())
"""Determiners with the capital of a sentence's start."""


def text_of(words: Sequence[Token], first: int, number: int) -> str:
    """The texts of some tokens in a row."""
    return "".join(token.text for token in words[first : first + number])


@lru_cache(maxsize=65536)
def noun_slots(noun: str) -> Slots | None:
    """Gender and number of a noun; both genders where it is a person's (see below)."""
    found = grammar.slots(noun, "N")
    if found is None or "N" not in grammar.categories(noun):
        return None
    if noun == "gens":  # DELA has an old singular ("la gens")
        return MP | FP
    if noun.endswith(("s", "x")) and found <= MS:  # of "les français" DELA has the language alone
        found |= MP
    if all(slot[0] == "m" for slot in found) and may_be_woman(noun):
        found |= {"f" + slot[1] for slot in found}
    return found


def clash_of(
    s: Sentence, kind: str, target: int, controller: int, wanted: frozenset[str], *arcs: int
) -> Clash:
    return Clash(
        kind=kind,
        target=s.first + target,
        controller=s.first + controller,
        wanted=wanted,
        evidence=s.evidence(target, controller, *arcs),
    )


MONTHS = frozenset(
    """janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    pouce pourcent""".split()
)


def gerund(s: Sentence, i: int) -> bool:
    """Whether a word in "-ant" may be the participle that never agrees ("venant de loin")."""
    if not s.low[i].endswith(("ant", "ants")):
        return False
    if s.tree.tags[i] != "ADJ" or "A" not in grammar.categories(s.low[i]):
        return True
    if not s.low[i].endswith("ant"):
        return False
    # "des lumières venant du balcon": a preposition or an article after it makes it a verb.
    after = s.low[i + 1] if i + 1 < len(s.low) else ""
    if after in grammar.PREPOSITIONS or after in grammar.DETERMINERS:
        return True
    return bool(s.children(i, "obj", "obl", "xcomp", "obl:agent"))
