"""A guess that some words stand for a name, and what its score is made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mtrepair.core import Span
from mtrepair.languages import Token
from mtrepair.rules.names.odds import LISTED, UNSEEN, Origin, origins
from mtrepair.rules.passage import Passage


@dataclass(frozen=True, slots=True)
class Guess:
    """A broken name as its shape shows it.

    Attributes:
        span: the words that stand for the name.
        shape: which pattern they make; the calibration is by shape.
        score: the decimal logarithm of how much better a translated name explains them.
        word: the French word that should be a name.
        names: what may have stood there, the likeliest first.
    """

    span: Span
    shape: str
    score: float
    word: str
    names: tuple[str, ...]


def guess(
    span: Span,
    shape: str,
    given: str,
    word: str,
    score: float,
    found: tuple[Origin, ...] | None = None,
) -> Guess:
    """The guess that ``word`` is the surname of ``given``, one of ``found`` or of its origins.

    Without any, the shape is another one ("…-unknown"): less sure, and nothing to propose.
    """
    surnames = origins(word) if found is None else found
    full = tuple(f"{given} {origin.surname}" for origin in surnames)
    return Guess(span, shape if full else f"{shape}-unknown", score, word, full)


def weight(word: str, found: tuple[Origin, ...] | None = None) -> float:
    """How much of a surname stands behind a common noun, on the scale of ``log_odds``."""
    surnames = origins(word) if found is None else found
    return math.log10(max(sum(o.weight for o in surnames), UNSEEN) / LISTED)


def joined(passage: Passage, left: Token, right: Token) -> bool:
    """Whether only white space (at most one line break) stands between two tokens."""
    between = passage.text[left.end : right.start]
    return 0 < len(between) <= 2 and not between.strip() and between.count("\n") <= 1
