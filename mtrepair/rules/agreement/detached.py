"""Participles behind a comma that fit nothing before them in their sentence.

"Une passerelle de verre, suspendues au-dessus des cuves": the participle speaks of a noun before
the comma. Where no word before it can be of its gender and number, it is wrong, whichever is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.names import Names
from mtrepair.rules.agreement import asides, forms
from mtrepair.rules.agreement.forms import Misfit
from mtrepair.rules.agreement.sentence import may_stay
from mtrepair.rules.passage import Passage

_FOLLOWS = frozenset(
    """par de d' du des à au aux en sur sous dans pour depuis avec sans lors entre comme hier contre
    vers chez autour malgré selon après avant durant pendant lundi mardi mercredi jeudi vendredi
    samedi dimanche jusqu' au-dessus au-dessous au-delà""".split()
)
_PERSONS = frozenset(
    """je j' tu nous vous on me m' te t' moi toi se s' chacun chacune tout tous toutes toute qui que
    qu' dont lequel laquelle lesquels lesquelles celui celle ceux celles rien personne autre autres
    certains certaines plusieurs beaucoup la les lui leur eux l' un une deux trois quatre cinq six
    sept huit neuf dix ce cela ça ceci""".split()
)
"""Words that may stand for anybody; with a noun behind them some are determiners."""
_SUBJECTS = {
    "il": frozenset({"ms"}), "elle": frozenset({"fs"}), "ils": frozenset({"mp"}),
    "elles": frozenset({"fp"}),
}  # fmt: skip
_REACH = 20
"""Tokens before the comma at most, from the start of the sentence."""
_PLURAL = frozenset({"mp", "fp"})
_SINGULAR = frozenset({"ms", "fs"})


def misfits(passage: Passage) -> Iterator[Misfit]:
    """Such participles, with the gender and number of the nearest noun phrase."""
    text, tokens = passage.text, passage.tokens
    if "," not in passage.vocabulary:
        return
    start = 0
    for at, token in enumerate(tokens):
        if token.start in passage.openings or token.text in (":", ";", "«", "»", "(", ")", "—"):
            start = at
        if token.text != "," or at + 2 >= len(tokens) or at - start > _REACH or at - start < 2:
            continue
        here = at + 1
        while here + 2 < len(tokens) and _only_adverb(tokens[here].low):
            here += 1
        word = tokens[here]
        found = grammar.slots(word.low, "K")
        if found is None or word.text != word.low or may_stay(word.low):
            continue
        other = grammar.categories(word.low) - {"V", "A"}
        if grammar.persons(word.low) or not other <= {"N"}:
            continue
        if other and tokens[here + 1].low in ("de", "d'", "du", "des"):
            continue  # "le père, employé de mairie"
        if tokens[here + 1].low not in _FOLLOWS or forms.goes_on(text, word):
            continue
        if _takes_subject(tokens, here):
            continue
        wanted = _nearest(tokens, start, at)
        if wanted is not None and not any(
            slots & found for slots in _may_be_meant(tokens, start, at)
        ):
            yield Misfit(word, sorted(wanted), "its noun stands before the comma")


def _takes_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether the participle may speak of what follows: "…, installé à Paris, il chante"."""
    for here in range(at + 1, min(len(tokens) - 1, at + _REACH)):
        if tokens[here].text == ",":
            after = here + 1
            return asides.verb_at(tokens, after) is None
        if tokens[here].kind == "punct" and tokens[here].text not in ("-", "%", "'", "’"):
            return False
    return False


def _nearest(tokens: Sequence[Token], start: int, comma: int) -> grammar.Slots | None:
    """Gender and number of the noun whose phrase ends at the comma, if a determiner opens it."""
    for at in range(comma - 1, start, -1):
        low = tokens[at].low
        if tokens[at].kind == "punct" or (
            grammar.persons(low) and "N" not in grammar.categories(low)
        ):
            return None
        counted = tokens[at].kind == "number"
        if (counted or low in grammar.DETERMINERS) and low not in grammar.CONTRACTED:
            before = tokens[at - 1].low if at > start and not counted else ""
            if before in ("de", "d'"):
                continue  # "une passerelle de la ville": the head is further left
            fits = _PLURAL if counted else grammar.DETERMINERS[low]
            for noun in range(at + 1, comma):
                slots = _noun_slots(tokens[noun])
                if slots and slots & fits:
                    return slots & fits
            return None
    return None


def _may_be_meant(tokens: Sequence[Token], start: int, comma: int) -> Iterator[grammar.Slots]:
    """Gender and number of all that stands before the comma; of what says neither, any."""
    nouns = 0
    named: grammar.Slots = _SINGULAR
    for at in range(start, comma):
        token = tokens[at]
        low = token.low
        after = tokens[at + 1].low if at + 1 < comma else ""
        capital = token.kind == "word" and token.text[:1].isupper() and at > start
        noun = "N" in grammar.categories(low) and low not in grammar.PREPOSITIONS
        noun = noun or (capital and grammar.categories(low) == {"A"} and _opened(tokens, at))
        if low in _SUBJECTS:
            yield _SUBJECTS[low]
        elif low in _PERSONS:
            if not _nominal(after):
                yield grammar.ALL
        elif capital and (not noun or named != _SINGULAR):
            given = named == {"ms"} and "g" in Names.load().flags(token.text)
            yield _SINGULAR if given else named
            nouns += 1
            continue  # "l'Islandaise Sigrid Olsen" is a woman all along
        elif noun and low not in forms.BE and low not in forms.HAVE:
            slots = _noun_slots(token) or grammar.ALL
            yield slots
            nouns += 1
            named = slots & _SINGULAR or _SINGULAR
            continue
        elif low in ("et", "ou", ",") and nouns:
            yield _PLURAL
        named = _SINGULAR


def _noun_slots(token: Token) -> grammar.Slots | None:
    """Gender and number of a noun, or of a people's name that is an adjective in lower case."""
    capital = token.text[:1].isupper()
    known = grammar.categories(token.low)
    if "N" not in known and not (capital and known == {"A"}):
        return None
    return grammar.slots(token.low, "NA" if capital else "N")


def _only_adverb(word: str) -> bool:
    return asides.is_adverb(word) and not grammar.categories(word) & {"N", "DET"}


def _opened(tokens: Sequence[Token], at: int) -> bool:
    """Whether a determiner stands before the token at ``at``: "l'Islandaise"."""
    return at > 0 and tokens[at - 1].low in grammar.DETERMINERS


def _nominal(word: str) -> bool:
    return bool(grammar.categories(word) & {"N", "A"}) or word[:1].isdigit()
