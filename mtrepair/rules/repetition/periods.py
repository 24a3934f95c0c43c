"""Stretches of words that repeat exactly, whatever the length of what comes back.

A word sequence ``w`` repeats with period p from i to j when ``w[k] == w[k + p]`` for all k in
[i, j - p). For each p this is one pass over the words with C functions only (``map(eq, …)`` and a
search in bytes), so that the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import eq

LONGEST = 24
"""The longest period looked for, in words. Issue 3 asks for 12; the sentences of a loop have up to
some 20 words, and each period costs 35 ns a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """The words [start, end), which repeat with a period.

    Attributes:
        start: the first word of the first turn.
        end: the word after the last one that still repeats.
        period: the length of a turn in words.
    """

    start: int
    end: int
    period: int

    @property
    def turns(self) -> float:
        """How often the unit is there, the last turn counted in part."""
        return (self.end - self.start) / self.period


@lru_cache(maxsize=LONGEST + 1)
def _pattern(period: int) -> re.Pattern[bytes]:
    return re.compile(rb"\x01{%d,}" % period)


def periodic(keys: Sequence[str]) -> Iterator[Periodic]:
    """All maximal stretches of at least two turns, by period and then by place.

    A stretch within one of a shorter period (a word four times is also a pair twice) is left out.
    """
    owner = [-1] * len(keys)
    count = 0
    for period in range(1, min(LONGEST, len(keys) // 2) + 1):
        same = bytes(map(eq, keys, islice(keys, period, None)))
        for match in _pattern(period).finditer(same):
            start, end = match.start(), match.end() + period
            if owner[start] >= 0 and owner[start] == owner[end - 1]:
                continue
            owner[start:end] = [count] * (end - start)
            count += 1
            yield Periodic(start=start, end=end, period=period)
