"""Names that the grammar of an engine took apart.

A surname is a verb, an adjective or the second half of a compound to the engine, and so an
auxiliary, "plus" or "de" comes into the name, or a word of the sentence; the capital shows that
the rest was a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from mtrepair.core import Span
from mtrepair.languages import Token
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import USUAL, Names
from mtrepair.rules.names.guess import Guess, guess, joined, weight
from mtrepair.rules.names.odds import LISTED, Origin, comparative, meanings
from mtrepair.rules.names.remains import (
    APPOSED,
    is_function_word,
    is_infinitive,
    is_noun,
)
from mtrepair.rules.names.restoring import DETERMINERS
from mtrepair.rules.passage import Passage

_AUXILIARY = frozenset(["a", "ont", "est", "sont"])
_CAPITAL_AUXILIARY = frozenset(["A", "Ont", "Est", "Sont", "En"])
_REFLEXIVE = frozenset(["se", "s'", "s’"])
# "Marie veuve Martin", "Rosine née Brel" and their kind name people in good French.
_NAMING = frozenset(
    """né née dit dite nommé nommée surnommé surnommée rebaptisé rebaptisée prénommé prénommée
    appelé appelée alias veuve épouse marié mariée""".split()
)


def torn(passage: Passage, i: int, is_given: Callable[[str], bool]) -> Iterator[Guess]:
    """The guesses about the capitalised word ``i``."""
    token = passage.tokens[i]
    if is_given(token.text):
        yield from _function_word(passage, i)
        yield from _participle_inside(passage, i)
        yield from _noun_of_given(passage, i)
        yield from _verb_before(passage, i)


def _function_word(passage: Passage, i: int) -> Iterator[Guess]:
    """Marcella est Tombée; Nora se Question; Jeffrey plus Petit; Jaime plus de Jeune"""
    tokens, token = passage.tokens, passage.tokens[i]
    if i + 2 >= len(tokens) or not joined(passage, token, tokens[i + 1]):
        return
    small, word = tokens[i + 1].text, tokens[i + 2]
    if small == "plus" and word.text == "de" and i + 3 < len(tokens):
        word = tokens[i + 3]
    if small in _CAPITAL_AUXILIARY and word.text.islower() and _participle(word.text):
        span = Span(token.start, word.end)  # Róbert A grandi
        yield guess(span, "name-function", token.text, word.text, weight(word.text))
        return
    if not _capital(word.text) or Names.load().shares(word.text).us_given >= USUAL / 3:
        return
    categories, found = _categories(word.text), None
    if small in _AUXILIARY:  # "est Française" is good French
        if not _participle(word.text):
            return
    elif small in _REFLEXIVE:
        if not categories & {"V", "N"}:
            return
    elif small == "plus" and "A" in categories:
        found = tuple(
            Origin(comparative(english).capitalize(), LISTED * p)
            for english, p in sorted(meanings(word.text).items(), key=lambda item: -item[1])
            if Names.load().surname(comparative(english).capitalize())
        )
    else:
        return
    span = Span(token.start, word.end)
    yield guess(span, "name-function", token.text, word.text, weight(word.text, found), found)


def _participle_inside(passage: Passage, i: int) -> Iterator[Guess]:
    """Rory homologué Hughes: a verb of the sentence between the parts"""
    tokens, token = passage.tokens, passage.tokens[i]
    if i + 2 >= len(tokens):
        return
    inner, last = tokens[i + 1], tokens[i + 2]
    if not joined(passage, token, inner) or not joined(passage, inner, last):
        return
    low = inner.text
    if low in _NAMING or not low.islower() or not _participle(low) or "N" in _categories(low):
        return
    names = Names.load()
    if not low.endswith(("é", "ée")) or (names.given(last.text) and not names.surname(last.text)):
        return
    if not _capital(last.text) or "t" in names.flags(last.text):
        return
    if i + 3 < len(tokens) and tokens[i + 3].text[0].isupper():
        return
    whole = names.surname(last.text) > 0
    yield Guess(
        Span(token.start, last.end), "participle-inside" if whole else "participle-inside-unknown",
        0.0, low, (f"{low} {token.text} {last.text}",) if whole else (),
    )  # fmt: skip


def _noun_of_given(passage: Passage, i: int) -> Iterator[Guess]:
    """Guitare de Lorenzo, inside a sentence and without an article"""
    tokens, token = passage.tokens, passage.tokens[i]
    if i < 2 or tokens[i - 1].text not in ("de", "d'", "d’"):
        return
    noun, before = tokens[i - 2], tokens[max(0, i - 3)]
    if not joined(passage, noun, tokens[i - 1]) or "c" in Names.load().flags(token.text):
        return
    first = before.low
    inside = before.text == "," or (before.kind == "word" and before.text.islower())
    shape = "noun-of-name"
    if (i == 2 or first in ("le", "la", "les", "l'", "l’")) and _role_after(tokens, i):
        shape = "noun-of-name-role"  # "L'Œil de Cesar du chanteur"
    elif i == 2 or first in DETERMINERS or not (inside or is_function_word(first)):
        return
    if not _capital(noun.text) or noun.low in APPOSED or not is_noun(noun.text):
        return
    if i + 1 < len(tokens) and joined(passage, token, tokens[i + 1]) and _capital(
        tokens[i + 1].text
    ):  # fmt: skip
        return  # "Rue de Marie Curie"
    if Names.load().surname(noun.text) == 2 or Names.load().given(noun.text):
        return
    span = Span(noun.start, token.end)
    yield guess(span, shape, token.text, noun.text, weight(noun.text))


def _role_after(tokens: list[Token], i: int) -> bool:
    """Whether "du chanteur" follows: what stood before the name in the source."""
    rest = [token.text for token in tokens[i + 1 : i + 4]]
    if rest[:1] == ["de"] and len(rest) == 3 and rest[1] in ("la", "l'", "l’"):
        rest = ["du", rest[2]]
    return len(rest) > 1 and rest[0] == "du" and rest[1].islower() and is_noun(rest[1])


def _verb_before(passage: Passage, i: int) -> Iterator[Guess]:
    """Chasser Gérald, inside a sentence"""
    tokens, token = passage.tokens, passage.tokens[i]
    if i < 2 or not joined(passage, tokens[i - 1], token):
        return
    verb, before = tokens[i - 1], tokens[i - 2]
    if before.kind != "word" or not before.text.islower():
        return
    if not _capital(verb.text) or not is_infinitive(verb.text) or Names.load().flags(verb.text):
        return
    if i + 1 < len(tokens) and joined(passage, token, tokens[i + 1]) and _capital(
        tokens[i + 1].text
    ):  # fmt: skip
        return
    span = Span(verb.start, token.end)
    yield guess(span, "verb-name", token.text, verb.text, weight(verb.text))


def _capital(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and word[1:].islower()


@lru_cache(maxsize=8192)
def _categories(word: str) -> frozenset[str]:
    return frozenset(r.category for r in Lexicon.load().readings(word.lower()))


@lru_cache(maxsize=8192)
def _participle(word: str) -> bool:
    return any(f.startswith("K") for r in Lexicon.load().readings(word.lower()) for f in r.features)
