"""Who is meant by "M. Prix" where the document speaks of Alan Price, and whole names elsewhere.

A surname behind a title is one that the text has introduced. Where it has not, and somebody of a
surname that the word translates was introduced, or of one that is a letter away, that is who is
meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from mtrepair.languages import Token
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.spelling import bare, distance
from mtrepair.rules.names.odds import origins
from mtrepair.rules.names.remains import is_function_word
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context

_TITLES = frozenset("m mme mlle mm me dr pr mr mrs ms".split())
_SHORTEST = 5
"""Letters of a surname from which one that is a letter away is the same."""


def introduced(context: Context) -> frozenset[str]:
    """The words of names of several words in a context's document: "Alan", "Price"."""
    found = context.cache.get("names/introduced")
    if not isinstance(found, frozenset):
        found = frozenset(word for one in context.passages for word in _full(one))
        context.cache["names/introduced"] = found
    return found


def _full(passage: Passage) -> Iterator[str]:
    for left, right in _pairs(passage):
        yield from (left.text, right.text)


def _pairs(passage: Passage) -> Iterator[tuple[Token, Token]]:
    """Two words of one name, side by side."""
    for left, right in pairwise(passage.tokens):
        if _is_name(left) and _is_name(right) and right.start - left.end == 1:
            opens = left.start in passage.openings
            if not (opens and is_function_word(left.text)):
                yield left, right


def halves(passage: Passage, context: Context) -> Iterator[tuple[Token, str]]:
    """Words of a name that are translated, where the name stands whole elsewhere.

    "Lumen Son" beside "Lumen Sound". What stands before the name that both have is French more
    often ("l'Institut Tony Blair" beside "Tony Blair Institute").
    """
    known = context.cache.get("names/pairs")
    if not isinstance(known, frozenset):
        known = frozenset(
            (left.text, right.text) for one in context.passages for left, right in _pairs(one)
        )
        context.cache["names/pairs"] = known
    for left, right in _pairs(passage):
        others = {
            second
            for first, second in known
            if first == left.text and _translates(right.low, second.lower())
        }
        if len(others) == 1:
            yield right, others.pop()


@lru_cache(maxsize=4096)
def _translates(french: str, english: str) -> bool:
    """Whether a French word translates an English one that is no French word."""
    lexicon = Lexicon.load()
    if french == english or _is_french(english) or not lexicon.readings(french):
        return False
    lemmas = lexicon.lemmas(french)
    found = lexicon.translations(english)[:_SENSES]
    return french in found or any(lemmas & lexicon.lemmas(word) for word in found)


def _is_french(word: str) -> bool:
    """Whether the lexicon has a word, and not as a foreign one ("systems")."""
    return any(reading.category != "X" for reading in Lexicon.load().readings(word))


_SENSES = 4
"""Translations of a word that are looked at."""


def _is_name(token: Token) -> bool:
    return (
        token.kind == "word"
        and token.text[0].isupper()
        and len(token.text) > 2
        and not token.text.isupper()
        and token.low.rstrip(".") not in _TITLES
    )


def strangers(passage: Passage, context: Context) -> Iterator[Token]:
    """The surnames behind a title that nobody in the document was introduced by."""
    tokens = passage.tokens
    for at, token in enumerate(tokens):
        if not at or not _is_name(token) or token.text in introduced(context):
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after is not None and _is_name(after) and after.start - token.end == 1:
            continue
        if _has_title(tokens, at):
            yield token


def _has_title(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1]
    if before.text == "." and at > 1 and before.start == tokens[at - 2].end:
        before = tokens[at - 2]
    return before.text[0].isupper() and before.low.rstrip(".") in _TITLES


def translated(passage: Passage, context: Context) -> Iterator[tuple[Token, str]]:
    """Surnames behind a title that translate one of the document: "M. Prix" and Alan Price."""
    for token in strangers(passage, context):
        if not any(r.category in "NA" for r in Lexicon.load().readings(token.low)):
            continue
        meant = [o.surname for o in origins(token.text) if o.surname in introduced(context)]
        if len(meant) == 1:
            yield token, meant[0]


def _alike(one: str, other: str) -> bool:
    """Whether two names are a letter apart, and not that one is the other with an ending."""
    longer = one.startswith(other) or other.startswith(one)
    return one == other or (not longer and distance(one, other, 1) <= 1)


def misspelt(passage: Passage, context: Context) -> Iterator[tuple[Token, str]]:
    """Surnames behind a title that are a letter, or accents, away from one of the document."""
    known = introduced(context)
    for token in strangers(passage, context):
        near = [
            other
            for other in known
            if len(token.text) >= _SHORTEST and len(other) >= _SHORTEST
            if _alike(bare(token.text).lower(), bare(other).lower())
        ]
        if len(near) == 1:
            yield token, near[0]
