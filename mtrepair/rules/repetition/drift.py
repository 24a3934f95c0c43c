"""Loops whose unit never comes back quite the same.

The measure is how often pairs of words come back: a pair is *back* when it occurred within the
last ``REACH`` words, and its depth is how often it did so in a chain. Ordinary prose has few pairs
that are back, and hardly any at depth 2. A walk adds points for a word in such a pair and takes
some for a new word (as local alignment does: Smith and Waterman 1981), and a stretch ends where it
has lost ``DROP`` points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

REACH = 45
"""How far back a pair may have been, in words."""

SCORE = 18.0
"""The least score of a stretch, in points."""

DROP = 8.0
NEW = -0.8
ONCE = 0.7
OFTEN = 1.2


NEAR = 10
"""Words from one turn of a tight circle to the next, at most."""
TIMES = 3
SHORTEST = 7
FEW = 0.5
"""A tight circle: a pair of words comes :data:`TIMES` times, each this near to the last, in at
least :data:`SHORTEST` words, few of them different. Without a mark between them this
is so nowhere in 1.9 million words of clean text, save one exact loop ("premier parent du premier
parent du premier parent"); with a share of .6 seven times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A stretch of words that go in circles.

    Attributes:
        start: the first word of the first turn.
        again: the first word that is said again.
        end: the word after the last one that is.
        score: of the walk.
        new: words that are in no pair that is back, by the words from ``again`` to ``end``.
        deep: words in a pair that is back at least for the second time, by the same words.
        variety: different words by words, from ``start`` to ``end``.
    """

    start: int
    again: int
    end: int
    score: float
    new: float
    deep: float
    variety: float


def drifting(keys: Sequence[str], least: float = SCORE) -> list[Drift]:
    """The stretches of at least ``least`` points, from left to right."""
    last: dict[tuple[str, str], int] = {}
    before: dict[int, int] = {}  # the pair that starts here was last at that word
    depth: dict[int, int] = {}
    for index, pair in enumerate(pairwise(keys)):
        place = last.get(pair)
        if place is not None and index - place <= REACH:
            before[index] = place
            depth[index] = depth.get(place, 0) + 1
        last[pair] = index
    if len(before) < least / (2 * OFTEN):
        return []
    found: list[Drift] = []

    def close() -> None:
        if best >= least:
            found.append(_drift(keys, before, depth, start, end, best))

    start = end = at = -1
    best = score = 0.0
    for word in sorted({word for index in before for word in (index, index + 1)}):
        if start >= 0:
            score += NEW * (word - at - 1)
            if score <= best - DROP or score <= 0:
                close()
                start = -1
        if start < 0:
            start, score, best = word, 0.0, 0.0
        score += OFTEN if max(depth.get(word, 0), depth.get(word - 1, 0)) >= 2 else ONCE
        if score >= best:
            best, end = score, word + 1
        at = word
    if start >= 0:
        close()
    return found


def _drift(
    keys: Sequence[str],
    before: dict[int, int],
    depth: dict[int, int],
    again: int,
    end: int,
    score: float,
) -> Drift:
    back = deep = 0
    for word in range(again, end):
        level = max(depth.get(word, 0), depth.get(word - 1, 0))
        back += level >= 1
        deep += level >= 2
    start = before.get(again, before.get(again - 1, again))
    return Drift(
        start=start,
        again=again,
        end=end,
        score=score,
        new=1 - back / (end - again),
        deep=deep / (end - again),
        variety=len(set(keys[start:end])) / (end - start),
    )


def tight(keys: Sequence[str]) -> list[Drift]:
    """Short stretches that go in circles, from left to right; they may overlap longer ones.

    The score is the number of times that the pair comes.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for index, pair in enumerate(pairwise(keys)):
        places.setdefault(pair, []).append(index)
    found: list[Drift] = []
    for (first, second), at in places.items():
        if len(at) < TIMES or max(len(first), len(second)) < 4:
            continue
        run = at[:1]
        for place in (*at[1:], len(keys) + NEAR + 1):
            if place - run[-1] <= NEAR:
                run.append(place)
                continue
            start, end = run[0], run[-1] + 2
            variety = len(set(keys[start:end])) / (end - start)
            if len(run) >= TIMES and end - start >= SHORTEST and variety <= FEW:
                found.append(
                    Drift(
                        start=start,
                        again=run[1],
                        end=end,
                        score=float(len(run)),
                        new=0.0,
                        deep=1.0,
                        variety=variety,
                    )
                )
            run = [place]
    found.sort(key=lambda drift: (drift.start - drift.end, drift.start))
    kept: list[Drift] = []
    for drift in found:  # of those that overlap the longest
        if all(drift.end <= other.start or other.end <= drift.start for other in kept):
            kept.append(drift)
    return sorted(kept, key=lambda drift: drift.start)
