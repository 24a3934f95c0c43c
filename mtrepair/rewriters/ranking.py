"""How scores of replacements of different length become comparable.

A raw sum of log-probabilities favours short replacements and deletions; the mean per piece
favours long ones whose pieces follow from one another. Neither is a probability of being right:
that is what calibration adds, per origin and rule.
"""

from __future__ import annotations

from enum import Enum

from mtrepair.rewriters.base import Candidate


class Normalisation(Enum):
    """What a sum of log-probabilities is divided by."""

    SUM = "sum"
    PIECE = "piece"
    WORD = "word"


DEFAULT = Normalisation.PIECE
"""Not measured against the others yet."""


def normalised(candidate: Candidate, how: Normalisation = DEFAULT) -> float:
    """The candidate's score in nats: in all, per piece (its end counts) or per word."""
    if how is Normalisation.SUM:
        return candidate.score
    if how is Normalisation.WORD:
        return candidate.score / (len(candidate.text.split()) + 1)
    return candidate.score / max(1, candidate.pieces)


def margin(candidate: Candidate, original: Candidate, how: Normalisation = DEFAULT) -> float:
    """By how many nats the candidate stands above the original text; negative: below it."""
    return normalised(candidate, how) - normalised(original, how)
