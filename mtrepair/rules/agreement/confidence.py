"""How likely a clash is an error."""

from __future__ import annotations

import math

from mtrepair.rules.parsed import Mood, odds


def observed(evidence: dict[str, float], mood: Mood) -> dict[str, float]:
    """The evidence of a clash as :func:`confidence` weighs it: log-odds, and the surroundings.

    ``sentence`` is how odd the other words of its sentence are, ``mood`` those of the rest of the
    document: where all else is in order a clash is rather the parser's mistake.
    """
    found = {}
    for name in ("sure", "known", "odd", "other"):
        found[name] = odds(evidence[name])
    words, total = evidence["words"], evidence["oddness"]
    found["far"] = min(evidence["far"], 6.0)
    rest = total - found["odd"] - found["other"] + 10 * _CENTRE
    found["sentence"] = rest / (words + 8) - _CENTRE
    found["mood"] = mood.without(total, int(words)) - _CENTRE
    return found


def confidence(kind: str, evidence: dict[str, float], mood: Mood) -> float:
    """How likely a clash is an error: a logistic model; the weights come from data.

    ``scripts/calibrate-agreement`` fits them: clean training text against experts' spans.
    """
    weights = WEIGHTS[kind]
    total = weights["bias"]
    for name, value in observed(evidence, mood).items():
        total += weights.get(name, 0.0) * value
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


_CENTRE = -6.2
"""What the means are counted from; the weights belong to it."""


WEIGHTS: dict[str, dict[str, float]] = {
    "adjective": {
        "bias": 3.153, "sure": -0.037, "known": -0.102, "odd": 0.093, "other": 0.115,
        "far": -0.175, "sentence": 1.305, "mood": 4.751,
    },
    "determiner": {
        "bias": 1.154, "sure": -0.105, "known": 0.113, "odd": 0.216, "other": -0.033,
        "far": -0.222, "sentence": 0.606, "mood": 3.856,
    },
    "predicate": {
        "bias": 3.397, "sure": 0.597, "known": -0.276, "odd": 0.188, "other": 0.366,
        "far": 0.015, "sentence": 0.85, "mood": 1.769,
    },
    "second-verb": {
        "bias": 7.4, "sure": 0.406, "known": -0.435, "odd": -0.241, "other": 0.265,
        "far": -0.849, "sentence": 0.666, "mood": 0.935,
    },
    "verb": {
        "bias": 2.017, "sure": 0.287, "known": -0.074, "odd": 0.065, "other": 0.142,
        "far": -0.126, "sentence": 1.262, "mood": 3.07,
    },
    # Too few to fit: 10, 11 and 2 errors beside 1, 0 and 0 alarms in 359,000 clean words.
    "numeral": {"bias": 0.6},
    "opening": {"bias": 0.6},
    "object": {"bias": 0.6},
}  # fmt: skip
"""At 0.6, the rules' threshold, clashes raise 1.6 alarms in 10,000 words of clean French, many of
them slips of the authors, and find 540 of 629 errors of mt/train/wmt_qe_docs; at 0.5 2.2 and 574
(docs/measured/agreement.txt)."""
