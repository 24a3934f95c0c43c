"""What the rules that compare with the source share."""

from __future__ import annotations

import re
from functools import lru_cache

from mtrepair.core import Span
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.names import Names, plain
from mtrepair.rules.passage import Passage

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SMALL = frozenset(
    """the of to and in a is that for it on was with as be by at this are from not but have an they
    which or his had he will has were their one you all would been we her more said if can there
    who what when where than then them these those some its into out up also any only other such
    over very our your may could should about after before between does did do so no""".split()
)


def place(passage: Passage) -> Span:
    """Where something is reported that is not there: the first word of the passage."""
    words = passage.words
    return Span(words[0].start, words[0].end) if words else Span(0, len(passage.text))


def stem(word: str) -> str:
    """The beginning of a word without accents, enough to tell words apart."""
    return word.replace(",", ".") if word[:1].isdigit() else plain(word)[:5]


@lru_cache(maxsize=16384)
def renderings(word: str) -> frozenset[str]:
    """The stems that an English word may have in French, its own among them."""
    low = word.lower()
    found = {stem(french) for french, _ in Dictionary.load().french(low)}
    for form in (low.removesuffix("s"), low.removesuffix("ed"), low.removesuffix("ing")):
        if form != low and len(form) > 3:
            found.update(stem(french) for french, _ in Dictionary.load().french(form))
    for french in Names.load().exonyms.get(word, ()):
        found.update(stem(part) for part in _WORD.findall(french))
    found.add(stem(low))
    return frozenset(found)


def content(text: str) -> list[str]:
    """The words of an English text that carry meaning, as written."""
    return [w for w in _WORD.findall(text) if len(w) > 3 and w.lower() not in _SMALL]


def stems(text: str) -> frozenset[str]:
    """The stems of a French text."""
    return frozenset(stem(w.lower()) for w in _WORD.findall(text))
