"""How likely a tie that does not agree is an error: boosted trees over ``signs.py``.

``scripts/fit-agreement`` fits them: right sentences of many kinds, whose ties disagree where the
parser is mistaken or French lets them, against the same sentences with one inflection changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from mtrepair.languages.fr.parsing import Parser
from mtrepair.rules.agreement.clash import Clash
from mtrepair.rules.agreement.sentence import Sentence
from mtrepair.rules.agreement.signs import UNMENDED, gains, mended, observed
from mtrepair.rules.agreement.ties import Tie, ties
from mtrepair.rules.trees import Trees

MODEL = Path(__file__).with_name("ties.json")

LEAST = 0.95
"""What the trees must say at least for a finding."""
EASED = 0.8
"""The same in a document that has such a tie in another paragraph. Of 24 right articles none has a
tie above :data:`LEAST`, of the same articles garbled 15 (corpora/articles)."""


POSSIBLE = 0.05
"""What the trees must say of a tie before it is mended: on clean/dev and its planted errors none of
2,776 ties above :data:`LEAST` has less, and three of four right ones have."""


@lru_cache(maxsize=1)
def trees() -> Trees:
    """The fitted model (ties.json)."""
    return Trees(MODEL)


def weighed(passages: Sequence[Sequence[Sentence]]) -> list[list[tuple[Clash, float]]]:
    """The ties that do not agree in the sentences of some passages, and what the trees say of each.

    Parser and trees are asked about all of them at once.
    """
    found = [
        (number, s, tie)
        for number, sentences in enumerate(passages)
        for s in sentences
        for tie in ties(s)
        if not tie.agrees and not s.seam(tie.controller, tie.target)
    ]
    judged: list[list[tuple[Clash, float]]] = [[] for _ in passages]
    if found:
        said = _asked([(s, tie) for _, s, tie in found])
        for (number, s, tie), chance in zip(found, said, strict=True):
            judged[number].append((_clash(s, tie), chance))
    return judged


def _asked(found: Sequence[tuple[Sentence, Tie]]) -> list[float]:
    """What the trees say of some ties; only those that may be errors are mended."""
    seen = [observed(s, tie) for s, tie in found]
    said = trees().of_table([row + UNMENDED for row in seen])
    again = [number for number, chance in enumerate(said) if chance >= POSSIBLE]
    if again:
        better = _gained([found[number] for number in again])
        rows = [seen[number] + gained for number, gained in zip(again, better, strict=True)]
        for number, chance in zip(again, trees().of_table(rows), strict=True):
            said[number] = chance
    return said


def confidence(chance: float, least: float) -> float:
    """A chance on the scale of the rules' confidence, where ``least`` is their threshold."""
    if chance < least:
        return chance * _THRESHOLD / least
    return _THRESHOLD + (chance - least) * (1 - _THRESHOLD) / (1 - least)


_THRESHOLD = 0.6


def table(found: Sequence[tuple[Sentence, Tie]]) -> list[list[float]]:
    """What is seen of ties that do not agree, in the order of ``signs.FEATURES + signs.GAINS``."""
    rows = zip(found, _gained(found), strict=True)
    return [observed(s, tie) + gained for (s, tie), gained in rows]


def _gained(found: Sequence[tuple[Sentence, Tie]]) -> list[list[float]]:
    """What each tie gains by being mended; all mended sentences are parsed at once."""
    better = [mended(s, tie) for s, tie in found]
    trees_ = iter(Parser.load().parse([words for words in better if words is not None]))
    return [
        UNMENDED if words is None else gains(s, tie, next(trees_))
        for (s, tie), words in zip(found, better, strict=True)
    ]


def _clash(s: Sentence, tie: Tie) -> Clash:
    target, controller, wanted = tie.target, tie.controller, tie.wanted
    if tie.kind == "determiner":  # a clash has the noun as its target
        target, controller, wanted = controller, target, tie.found
    evidence = s.evidence(target, controller, *tie.arcs)
    if tie.kind == "determiner" and tie.number:
        evidence["number"] = 1.0
    return Clash(
        kind=tie.kind,
        target=s.first + target,
        controller=s.first + controller,
        wanted=wanted,
        evidence=evidence,
    )
