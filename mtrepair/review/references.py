"""Which part of a reference translation belongs to which passage of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mtrepair.core import Document
from mtrepair.readers import read

LEAST = 0.2
"""Share of words that a passage and its reference must have in common where the numbers of passages
differ. Of two French sentences that have nothing to do with each other, function words alone make
up less; a translation that must be judged by this reference shares far more."""

_BAND = 40
_WORD = re.compile(r"\w+")


def pair(document: Document, reference: str) -> dict[int, str]:
    """The reference of each passage, by its index.

    As many passages on both sides belong together one by one. Otherwise they are aligned by the
    words that they share, each with at most one; those without a partner have no reference.
    """
    right = [s.text for s in read(reference, format=document.format, name=document.name).segments]
    return {i: right[j] for i, j in partners(document, right).items()}


def partners(document: Document, right: Sequence[str]) -> dict[int, int]:
    """As :func:`pair`, but the index of each passage's partner in ``right``."""
    left = [segment.text for segment in document.segments]
    if len(left) == len(right):
        return {i: i for i in range(len(left))}
    return dict(align(left, right))


def align(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts in the same order that share the most words; not every text has a partner."""
    a = [Counter(_WORD.findall(text.casefold())) for text in left]
    b = [Counter(_WORD.findall(text.casefold())) for text in right]
    n, m = len(a), len(b)
    band = _BAND + abs(n - m)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(n + 1)]  # (score, step)
    for i in range(n + 1):
        centre = i * m // max(1, n)
        for j in range(max(0, centre - band), min(m, centre + band) + 1):
            score, step = (0.0, 0) if i == j == 0 else (-1.0, 0)
            if i and j in best[i - 1] and best[i - 1][j][0] > score:
                score, step = best[i - 1][j][0], 1
            if j and j - 1 in best[i] and best[i][j - 1][0] > score:
                score, step = best[i][j - 1][0], 2
            if i and j and j - 1 in best[i - 1]:
                shared = _shared(a[i - 1], b[j - 1])
                if shared >= LEAST and best[i - 1][j - 1][0] + shared > score:
                    score, step = best[i - 1][j - 1][0] + shared, 3
            best[i][j] = (max(score, 0.0), step)
    pairs: list[tuple[int, int]] = []
    i, j = n, m
    while i or j:
        step = best[i][j][1] if j in best[i] else 0
        if step == 3:
            pairs.append((i - 1, j - 1))
        if step == 0:  # beyond the band: give the rest up
            break
        i -= step in (1, 3)
        j -= step in (2, 3)
    return pairs[::-1]


def _shared(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Chrf:
    """chrF++ of single passages, in per cent, as sacrebleu has it."""

    _metric: Any

    @classmethod
    def load(cls) -> Chrf:
        """The metric; sacrebleu is imported now (half a second)."""
        from sacrebleu.metrics.chrf import CHRF

        return cls(CHRF(word_order=2))

    def score(self, text: str, reference: str) -> float:
        """chrF++ of a text."""
        return float(self._metric.sentence_score(text, [reference]).score)
