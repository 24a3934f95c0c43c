"""How sure a shape is, as measured.

``scripts/calibrate-names`` fits ``confidence.tsv``: for each shape a logistic curve over the score
of its guesses. Positive are guesses on the broken names of corpora/names/{people,build}.jsonl,
negative are guesses on intact names there and on clean French prose (data/clean/train), weighted
so that one name is broken in every 2,000 words; that rate is an assumption, for nobody has counted.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "confidence.tsv"


@lru_cache(maxsize=1)
def curves() -> dict[str, tuple[float, float]]:
    """Intercept and slope of each shape's curve."""
    found: dict[str, tuple[float, float]] = {}
    for line in DATA.read_text("utf-8").splitlines()[1:]:
        shape, intercept, slope, *_ = line.split("\t")
        found[shape] = float(intercept), float(slope)
    return found


def confidence(shape: str, score: float, bonus: float = 0.0) -> float:
    """The chance, in [0, 1], that a guess of this shape and score is a broken name.

    ``bonus`` is added to the logit: evidence from elsewhere. A shape without a curve was never
    seen; its chance is 0.05.
    """
    intercept, slope = curves().get(shape, (-3.0, 0.0))
    return 1 / (1 + math.exp(-(intercept + slope * score + bonus)))
