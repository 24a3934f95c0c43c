"""How English a word is in itself: alone, glued to another, hyphenated, or made of two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.words.vocabulary import knowledge, loanwords

HUMPS = re.compile(r"[A-ZÀ-Þ]?[a-zß-ÿœ]+|[A-ZÀ-Þ]+(?![a-zß-ÿœ])")
_GLUED = re.compile(r"[a-zß-ÿœ][A-ZÀ-Þ]|[A-ZÀ-Þ]{3,}[a-zß-ÿœ]{3}")
_UNHEARD = 1.4
"""The Zipf frequency that stands for words which a frequency list does not have."""

_PREFIXES = frozenset("post pro anti non co re pre mid pop t on il ils elle je ci là".split())
"""Pieces of hyphenated words that tell nothing: "post-politique", "établi-t-on"."""

GLUE = frozenset((
    "the", "and", "of", "to", "with", "for", "from", "by", "at", "is", "are", "was", "were",
    "be", "been", "being", "have", "has", "had", "will", "would", "should", "could", "can",
    "cannot", "this", "that", "these", "those", "they", "them", "their", "his", "her", "its",
    "our", "your", "my", "we", "you", "he", "she", "it", "who", "which", "what", "when",
    "where", "why", "how", "not", "but", "if", "then", "than", "as", "into", "about", "over",
    "under", "after", "before", "during", "between", "through", "because", "while", "although",
    "however", "there", "here", "more", "most", "some", "any", "all", "every", "each", "other",
    "another", "such", "only", "very", "also", "just", "without", "against", "within",
))  # fmt: skip
"""Grammar words: what holds an English phrase together."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a word looks like to somebody who knows both languages.

    Attributes:
        surplus: by how many powers of ten it is more frequent in English than in French
            (negative: less); for a glued word that of its most English piece.
        english: its Zipf frequency in English.
        french: the French lexicon has it, or French texts use it as their own.
        derived: a French prefix or suffix makes it, and English does not have it more often.
        pieces: how many words were glued (1 for a plain word).
        known: how many of the pieces a lexicon knows.
        last: the last piece in lower case; the word itself when nothing is glued.
        hyphened: how many hyphens it has.
        compound: two English words that nobody parted ("headstrap").
    """

    surplus: float
    english: float
    french: bool
    derived: bool
    pieces: int
    known: int
    last: str
    hyphened: int
    compound: bool


@lru_cache(maxsize=65536)
def surplus(word: str) -> float:
    """By how many powers of ten a word (lower case) is more frequent in English than in French.

    0.0 for what English hardly uses, and for words that French texts use as their own.
    """
    facts = knowledge(word)
    if facts.english < 2.0 or word in loanwords():
        return 0.0
    return facts.english - max(facts.zipf, _UNHEARD)


@lru_cache(maxsize=65536)
def englishness(word: str) -> float:
    """The surplus of a word that French does not have; 0.0 for what it has or might derive."""
    facts = knowledge(word)
    if facts.french or facts.english < 3.0:
        return 0.0
    more = surplus(word)
    if facts.derived and more < 1.0:
        return 0.0
    return max(0.0, more)


def is_known(word: str) -> bool:
    """Whether a lexicon or a frequency list has a word in lower case."""
    facts = knowledge(word)
    return facts.french or facts.derived or facts.english >= 2.5 or facts.zipf >= 2.5


@lru_cache(maxsize=65536)
def form(text: str) -> Form:
    """The :class:`Form` of a token's text as it is written."""
    lower = text.lower()
    hyphens = lower.count("-")
    pieces = [lower]
    if hyphens:
        pieces = [piece for piece in lower.split("-") if piece]
    elif _GLUED.search(text):
        pieces = [piece.lower() for piece in HUMPS.findall(text)]
    facts = knowledge(lower)
    whole = facts.french or (facts.derived and facts.english < max(facts.zipf, _UNHEARD) + 1.0)
    if len(pieces) == 1:
        more = surplus(lower)
        return Form(
            surplus=more,
            english=facts.english,
            french=facts.french,
            derived=whole and not facts.french,
            pieces=1,
            known=int(is_known(lower)),
            last=lower,
            hyphened=0,
            compound=not facts.french and facts.english < 3.0 and _compound(lower),
        )
    best = max(pieces, key=lambda p: surplus(p) if len(p) > 1 and p not in _PREFIXES else -9.0)
    return Form(
        surplus=surplus(best),
        english=knowledge(best).english,
        french=facts.french,
        derived=False,
        pieces=len(pieces),
        known=sum(is_known(piece) for piece in pieces if len(piece) > 2),
        last=pieces[-1],
        hyphened=hyphens,
        compound=False,
    )


@lru_cache(maxsize=16384)
def _compound(word: str) -> bool:
    """Whether it is two English words of which French has at most one."""
    if not 7 <= len(word) <= 40 or not word.isascii() or word in Lexicon.load():
        return False
    for cut in range(3, len(word) - 2):
        left, right = knowledge(word[:cut]), knowledge(word[cut:])
        if min(left.english, right.english) < 3.8:
            continue
        if not right.french and right.english - max(right.zipf, _UNHEARD) > 0.7:
            return True
        if not left.french and left.english - max(left.zipf, _UNHEARD) > 1.2:
            return True
    return False
