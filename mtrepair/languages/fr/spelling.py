"""Known words near an unknown one: accents, slips, glued and cut words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from mtrepair.languages.fr.lexicon import Lexicon

_LETTERS = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœ"
_MIN_ZIPF = 2.0
"""Rarer words are no corrections: of the inflected forms that no frequency list knows, a slip
reaches one by chance more often than by being it."""


def bare(word: str) -> str:
    """``word`` without its accents.

    >>> bare("évènements")
    'evenements'
    """
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _slips(word: str) -> Iterator[str]:
    """Every string one slip away: a letter gone, swapped, changed or added (Damerau 1964)."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail


@lru_cache(maxsize=4096)
def neighbours(word: str) -> tuple[tuple[str, float], ...]:
    """Known words one slip away from ``word`` (lower case), the likeliest first.

    Returns:
        Pairs of a word and its score: its Zipf frequency, plus 2 where accents alone differ, plus
        1 where a letter was doubled, undoubled or swapped, minus 1 where the first letter changed.
    """
    lexicon = Lexicon.load()
    plain = bare(word)
    found: dict[str, float] = {}
    for other in _slips(word):
        if other == word or other in found or other not in lexicon:
            continue
        zipf = lexicon.zipf(other)
        if zipf < _MIN_ZIPF:
            continue
        score = zipf
        if bare(other) == plain:
            score += 2
        elif sorted(other) == sorted(word) or _squeezed(other) == _squeezed(word):
            score += 1
        if bare(other[:1]) != plain[:1]:
            score -= 1
        found[other] = score
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _squeezed(word: str) -> str:
    return "".join(a for a, b in zip(word, word[1:] + " ", strict=True) if a != b)


@lru_cache(maxsize=1024)
def far_neighbours(word: str) -> tuple[tuple[str, float], ...]:
    """Known words two slips away that share the first two letters, the likeliest first."""
    if len(word) < 6:
        return ()
    lexicon = Lexicon.load()
    letters = frozenset(word)
    found: dict[str, float] = {}
    for form in lexicon.starting(word[:2]):
        if abs(len(form) - len(word)) > 2 or len(letters.symmetric_difference(form)) > 4:
            continue  # a slip takes one letter away and brings one in at most
        if distance(form, word, 2) > 2:
            continue
        zipf = lexicon.zipf(form)
        if zipf >= _MIN_ZIPF + 0.5:
            found[form] = zipf
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))[:8]


def distance(a: str, b: str, most: int) -> int:
    """The Levenshtein distance of two words, or ``most + 1`` where it is more."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y)))
        if min(row) > most:
            return most + 1
    return row[-1]


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
