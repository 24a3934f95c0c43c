"""A determiner and its noun with an adjective between them: "le même chose", "un énorme erreur"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon, Reading

_SUPERLATIVE = frozenset({"plus", "moins"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A determiner, adjectives of the kind that stands before nouns, and a noun.

    Attributes:
        first, last: the indices of the determiner and of the noun.
        adjectives: the indices of the adjectives.
    """

    first: int
    adjectives: tuple[int, ...]
    last: int


def phrases(text: str, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Every such phrase in which no word can be anything else."""
    for at, token in enumerate(tokens):
        if token.low not in grammar.DETERMINERS:
            continue
        here = at + 1
        if here < len(tokens) and tokens[here].low in _SUPERLATIVE:
            here += 1
        begin = here
        while here < len(tokens) and here - begin < 3 and _before_nouns(tokens[here]):
            here += 1
        if here == begin or here >= len(tokens) or not _is_noun(tokens[here]):
            continue
        if tokens[here].low == "ligne" and tokens[here - 1].low.endswith("ième"):
            continue  # "le troisième ligne" plays rugby
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield Phrase(at, tuple(range(begin, here)), here)


def _before_nouns(token: Token) -> bool:
    return token.text == token.low and any(
        reading.category == "A" and reading.lemma in grammar.PRENOMINAL
        for reading in Lexicon.load().readings(token.text)
    )


_NOUNS = frozenset({"chose", "partie"})
"""Words that the lexicon has as adjectives too, which nobody means behind another one."""
_RARE = 2.0
"""Zipf frequency of an infinitive below which nobody means the verb ("choser", "périoder")."""


def _is_noun(token: Token) -> bool:
    word = token.text
    if token.kind != "word" or word != token.low or len(word) < 3 or grammar.may_be_country(word):
        return False
    if word in _NOUNS:
        return True
    found = False
    for reading in Lexicon.load().readings(word):
        if reading.category == "N":
            found = True
        elif reading.category != "V" or _is_meant(reading):
            return False
    return found


def _is_meant(verb: Reading) -> bool:
    """Whether a word may be this verb, and no participle of it."""
    frequent = Lexicon.load().zipf(verb.lemma) >= _RARE
    return frequent and not all(code.startswith("K") for code in verb.features)


def clash(phrase: Phrase, tokens: Sequence[Token]) -> tuple[grammar.Slots, grammar.Slots] | None:
    """What the determiner and the noun allow, where they or an adjective between them clash.

    An adjective beside both that clashes with the noun alone is left to
    ``agreement-noun-adjective``.
    """
    fits = grammar.DETERMINERS[tokens[phrase.first].low]
    noun = grammar.slots(tokens[phrase.last].text, "N")
    if noun is None:
        return None
    if not fits & noun:
        return fits, noun
    for at in phrase.adjectives:
        adjective = grammar.slots(tokens[at].text, "A")
        beside = phrase.last - phrase.first == 2
        if adjective is None or (beside and not adjective & noun):
            return None
        if not adjective & fits & noun:
            return fits, noun
    return None


def repaired(phrase: Phrase, tokens: Sequence[Token], text: str) -> list[str]:
    """The phrase as it should read, the likelier first: by its noun, then by its determiner."""
    fits = grammar.DETERMINERS[tokens[phrase.first].low]
    noun = grammar.slots(tokens[phrase.last].text, "N") or grammar.ALL
    made: list[str] = []
    if not {slot[1] for slot in fits} & {slot[1] for slot in noun}:
        for form in grammar.inflected(tokens[phrase.last].text, fits, "N"):
            made += _written(phrase, tokens, text, fits & (grammar.slots(form, "N") or fits), form)
    made += _written(phrase, tokens, text, fits & noun or noun, tokens[phrase.last].text)
    return list(dict.fromkeys(made))


def _written(
    phrase: Phrase, tokens: Sequence[Token], text: str, slots: grammar.Slots, noun: str
) -> list[str]:
    determiner, second = tokens[phrase.first], tokens[phrase.first + 1]
    parts = [text[determiner.start : second.start]]
    if not grammar.DETERMINERS[determiner.low] & slots:
        parts = grammar.determiners(determiner.text, slots, second.text)[:1]
    if not parts:
        return []
    for at in range(phrase.first + 1, phrase.last):
        forms = [tokens[at].text]
        if at in phrase.adjectives and not (grammar.slots(forms[0], "A") or slots) & slots:
            forms = grammar.inflected(forms[0], slots, "A")
        if not forms:
            return []
        parts.append(forms[0] + text[tokens[at].end : tokens[at + 1].start])
    return ["".join(parts) + noun]
