"""Known words near an unknown one: accents, slips, glued and cut words."""

from __future__ import annotations

from functools import lru_cache

from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.spelling import bare, distance, near

__all__ = ["LETTERS", "bare", "distance", "far_neighbours", "glued", "neighbours", "split"]

LETTERS = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœ"
_FAR_ZIPF = 2.5
"""A word two slips away must be more frequent than one that is one slip away."""


@lru_cache(maxsize=4096)
def neighbours(word: str) -> tuple[tuple[str, float], ...]:
    """French words one slip away, as :func:`mtrepair.languages.spelling.near` finds them."""
    return near(word, Lexicon.load(), LETTERS)


@lru_cache(maxsize=1024)
def far_neighbours(word: str) -> tuple[tuple[str, float], ...]:
    """Known words two slips away that share the first two letters, the likeliest first."""
    if len(word) < 6:
        return ()
    lexicon = Lexicon.load()
    letters = frozenset(word)
    like = (  # a slip takes one letter away and brings one in at most
        form
        for form in lexicon.starting(word[:2])
        if abs(len(form) - len(word)) <= 2 and len(letters.symmetric_difference(form)) <= 4
    )
    found = [
        (form, zipf)
        for form, zipf in lexicon.frequent(like, _FAR_ZIPF)
        if distance(form, word, 2) <= 2
    ]
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))[:8]


@lru_cache(maxsize=4096)
def split(word: str) -> str | None:
    """Two common words that were glued ("ilya" is none, "etdes" is "et des"), or None."""
    lexicon = Lexicon.load()
    best: tuple[float, str] | None = None
    for i in range(2, len(word) - 1):
        left, right = word[:i], word[i:]
        if left in lexicon and right in lexicon:
            score = min(lexicon.zipf(left), lexicon.zipf(right))
            enough = 4.5 if min(len(left), len(right)) < 5 else 3.5
            if score >= enough and (best is None or score > best[0]):
                best = (score, f"{left} {right}")
    return best[1] if best else None


_SMALL = frozenset(
    """de du des le la les et en un une où qui que dont est sont par pour sur dans au aux avec il
    elle ce cette son sa ses leur nous vous""".split()
)
_OTHER_ZIPF, _OTHER_LETTERS = 2.5, 4


@lru_cache(maxsize=4096)
def glued(word: str) -> str | None:
    """A word and a small one that were glued, or None.

    >>> glued("nationalede"), glued("circonscriptionsoù")
    ('nationale de', 'circonscriptions où')
    """
    lexicon = Lexicon.load()
    best: tuple[float, str] | None = None
    for i in range(2, len(word) - 1):
        left, right = word[:i], word[i:]
        for small, other in ((left, right), (right, left)):
            if small not in _SMALL or other not in lexicon or len(other) < _OTHER_LETTERS:
                continue
            score = lexicon.zipf(other)
            if score >= _OTHER_ZIPF and (best is None or score > best[0]):
                best = (score, f"{left} {right}")
    return best[1] if best else None
