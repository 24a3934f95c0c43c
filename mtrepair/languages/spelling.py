"""What stands near a word in spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from mtrepair.languages.base import Lexicon

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


def slips(word: str, letters: str) -> Iterator[str]:
    """Every string one slip away: a letter gone, swapped, changed or added (Damerau 1964)."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail


def near(word: str, lexicon: Lexicon, letters: str) -> tuple[tuple[str, float], ...]:
    """Known words one slip away from ``word`` (lower case), the likeliest first.

    Returns:
        Pairs of a word and its score: its Zipf frequency, plus 2 where accents alone differ, plus
        1 where a letter was doubled, undoubled or swapped, minus 1 where the first letter changed.
    """
    word = unicodedata.normalize("NFC", word)
    plain = bare(word)
    found: dict[str, float] = {}
    for other, zipf in lexicon.frequent(set(slips(word, letters)), _MIN_ZIPF):
        if other == word or other not in lexicon:
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


def _squeezed(word: str) -> str:
    return "".join(a for a, b in zip(word, word[1:] + " ", strict=True) if a != b)
