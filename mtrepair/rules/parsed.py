"""The trees of a passage's sentences, worked out once for all rules that ask for them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from mtrepair.languages.base import Token
from mtrepair.languages.fr.parsing import Parse, parse_tokens
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context

Floats = NDArray[np.float32]

USUAL = -6.5
"""Mean log-odds of "odd" in clean French (the median of documents of 30 lines of clean/train); a
document starts from there, so that a single sentence counts as one of a clean text."""
_TRUST = 60.0
"""Words of such French that a document's own words are weighed against."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence and its tree.

    Attributes:
        first: the index of its first token among the passage's tokens.
        words: its tokens, of every kind.
        tree: what the parser says of them.
    """

    first: int
    words: Sequence[Token]
    tree: Parse


_seen: WeakKeyDictionary[Passage, list[Parsed]] = WeakKeyDictionary()


def parsed(passage: Passage) -> list[Parsed]:
    """The sentences of two tokens and more, from left to right."""
    if passage not in _seen:
        parse([passage])
    return _seen[passage]


def is_parsed(passage: Passage) -> bool:
    """Whether the trees of a passage are known."""
    return passage in _seen


def parse(passages: Sequence[Passage]) -> None:
    """Work out the trees of several passages together: the parser is quickest with many."""
    new = {passage: list(_sentences(passage)) for passage in passages if passage not in _seen}
    if not new:
        return
    trees = iter(parse_tokens([words for some in new.values() for _, words in some]))
    for passage, some in new.items():
        _seen[passage] = [Parsed(first, words, next(trees)) for first, words in some]


def _sentences(passage: Passage) -> Iterator[tuple[int, Sequence[Token]]]:
    """The tokens of each sentence, with the index of the first."""
    tokens = passage.tokens
    starts = [token.start for token in tokens]
    begin = 0
    for span in passage.sentences if tokens else ():
        end = bisect_right(starts, span.end - 1)
        if end - begin > 1:
            yield begin, tokens[begin:end]
        begin = end


@dataclass(frozen=True, slots=True)
class Mood:
    """How odd a document is as a whole: log-odds of "odd" over its words, and their number."""

    odd: float
    words: int

    def without(self, odd: float, words: int) -> float:
        """The mean over the other words, drawn to :data:`USUAL` where these are few."""
        rest = max(0, self.words - words)
        return (self.odd - odd + _TRUST * USUAL) / (rest + _TRUST)


def odds(value: float) -> float:
    """The log-odds of a probability, at most 9.2 from zero."""
    value = min(max(value, 1e-4), 1 - 1e-4)
    return math.log(value / (1 - value))


def logits(values: Sequence[float]) -> Floats:
    """Log-odds of probabilities, each at most 9.2 from zero."""
    p = np.clip(np.array(values, np.float32), 1e-4, 1 - 1e-4)
    odds: Floats = np.log(p / (1 - p))
    return odds


def mood(passages: Sequence[Passage]) -> Mood:
    """The mood of a document."""
    parse(passages)
    odd = [value for passage in passages for s in parsed(passage) for value in s.tree.odd]
    return Mood(float(logits(odd).sum(dtype=np.float64)), len(odd))


def mood_of(context: Context) -> Mood:
    """The mood of a context's document, worked out once."""
    found = context.cache.get("mood")
    if not isinstance(found, Mood):
        found = mood(context.passages)
        context.cache["mood"] = found
    return found
