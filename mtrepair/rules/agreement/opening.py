"""The subject that opens a sentence, with what may stand between it and its verb.

Where a sentence begins with a determiner and a noun, the noun is the subject of the verb that
follows at once, whatever a parser makes of the rest: "Cette garantie limitée ne s'appliquent".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement.sentence import COLLECTIVE, NUMERALS

_CLITICS = frozenset({"le", "la", "l'", "les"})
"""Determiners that are pronouns before a verb; no sentence begins with one of these."""
_OF = frozenset({"de", "d'", "du", "des"})


_MANY = frozenset({"mp", "fp"})
_PLACES = {
    "États-Unis": frozenset({"mp"}), "Etats-Unis": frozenset({"mp"}),
    "Pays-Bas": frozenset({"mp"}), "Émirats": frozenset({"mp"}), "Philippines": frozenset({"fp"}),
    "Maldives": frozenset({"fp"}), "Seychelles": frozenset({"fp"}), "Bahamas": frozenset({"fp"}),
    "Comores": frozenset({"fp"}), "Antilles": frozenset({"fp"}), "Alpes": frozenset({"fp"}),
    "Pyrénées": frozenset({"fp"}),
}  # fmt: skip
"""Countries and mountains whose names are in the plural."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase that opens a sentence.

    Attributes:
        noun: the index of its head.
        slots: gender and number of the head, as far as the determiner leaves them open.
        after: the index of the token behind the phrase.
    """

    noun: int
    slots: grammar.Slots
    after: int


def subject(text: str, tokens: Sequence[Token], at: int) -> Subject | None:
    """The phrase whose determiner stands at ``at``, the first token of a sentence.

    A numeral may stand before the noun. An adjective behind the noun that fits it belongs to the
    phrase, and one "de" phrase, which is in the singular where the noun is. Collectives, behind
    which the verb may follow the sense, are left out.
    """
    fits = grammar.DETERMINERS.get(tokens[at].low)
    noun = at + 1
    while fits == _MANY and noun < len(tokens) and _counts(tokens[noun]):
        noun += 1
    if fits is None or noun >= len(tokens):
        return None
    if tokens[at].low == "les" and tokens[noun].text in _PLACES:
        return Subject(noun, _PLACES[tokens[noun].text], noun + 1)
    found = _noun(tokens[noun], sure=tokens[at].low in _CLITICS or not _pronoun(tokens[at]))
    if found is None or not found & fits or tokens[noun].low in COLLECTIVE:
        return None
    slots = found & fits
    here = _past_adjective(tokens, noun + 1, slots)
    if here + 1 < len(tokens) and tokens[here].low in _OF:
        plural = all(slot[1] == "p" for slot in slots)
        here = _past_complement(tokens, here, plural=plural) or here
    if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here - 1)):
        return None
    return Subject(noun, slots, here)


def _counts(token: Token) -> bool:
    """Whether a token is a numeral between a determiner in the plural and its noun."""
    return token.kind == "number" or token.low in NUMERALS


def _pronoun(determiner: Token) -> bool:
    return determiner.low in grammar.PRONOUN_LIKE


def _noun(token: Token, *, sure: bool) -> grammar.Slots | None:
    """Gender and number of a word that can be nothing but a noun there."""
    if token.kind != "word" or not grammar.is_plain_noun(token.text, after_pronoun_like=not sure):
        return None
    return grammar.slots(token.text, "N")


def _past_adjective(tokens: Sequence[Token], here: int, slots: grammar.Slots) -> int:
    """The place behind an adjective or participle at ``here`` that fits, else ``here``."""
    if here >= len(tokens):
        return here
    word = tokens[here]
    found = grammar.slots(word.text, "AK")
    if (
        found is not None
        and found & slots
        and grammar.categories(word.text) <= {"A", "V", "N"}
        and not grammar.persons(word.text)
        and word.text == word.low
    ):
        return here + 1
    return here


def _past_complement(tokens: Sequence[Token], here: int, *, plural: bool) -> int | None:
    """The place behind "de la presse"; None where something else stands.

    Args:
        plural: whether the complement may be in the plural.
    """
    place = here + 1
    if tokens[here].low in ("de", "d'") and tokens[place].low in grammar.DETERMINERS:
        place += 1
    if place >= len(tokens):
        return None
    found = _noun(tokens[place], sure=False)
    if found is None or (not plural and any(slot[1] == "p" for slot in found)):
        return None
    return _past_adjective(tokens, place + 1, found)
