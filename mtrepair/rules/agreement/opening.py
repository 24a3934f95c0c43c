"""The subject that opens a sentence, with what may stand between it and its verb.

Where a sentence begins with a determiner and a noun, the noun is the subject of the verb that
follows at once, whatever a parser makes of the rest: "Cette garantie limitée ne s'appliquent".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement.sentence import COLLECTIVE, NUMERALS
from mtrepair.rules.passage import Passage

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


BODIES = frozenset("équipe foule groupe armée troupe bande liste série couple".split())
"""Collectives that take the singular where nothing says of what they are."""


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


def subject(
    text: str,
    tokens: Sequence[Token],
    at: int,
    *,
    counts: bool = False,
    loose: bool = False,
) -> Subject | None:
    """The phrase whose determiner stands at ``at``, the first token of a sentence.

    A numeral and an adjective may stand before the noun; with ``counts`` a numeral, "plusieurs" or
    "des" may be the determiner, and dozens and millions the head. With ``loose`` a noun in the
    singular may have a complement in the plural; the verb must tell then. An adjective behind the
    noun that fits it belongs to the phrase, and one "de" phrase, which is in the singular where the
    noun is. Collectives, behind which the verb may follow the sense, are left out.
    """
    fits = grammar.DETERMINERS.get(tokens[at].low)
    if counts and fits is None:
        fits = _MANY if is_many(tokens[at]) else None
    noun = at + 1
    while fits == _MANY and noun < len(tokens) and _counts(tokens[noun]):
        noun += 1
    noun = _past_prenominal(tokens, noun, fits)
    if fits is None or noun >= len(tokens):
        return None
    if tokens[at].low == "les" and tokens[noun].text in _PLACES:
        return Subject(noun, _PLACES[tokens[noun].text], noun + 1)
    found = _noun(tokens[noun], sure=tokens[at].low in _CLITICS or not _pronoun(tokens[at]))
    if found is None or not found & fits:
        return None
    slots = found & fits
    if tokens[noun].low in COLLECTIVE:
        alone = noun + 1 < len(tokens) and tokens[noun + 1].low not in _OF
        if counts and slots <= _MANY and tokens[at].low in ("des", "les", "plusieurs"):
            slots = _MANY
        elif not (alone and tokens[noun].low in BODIES):
            return None
    here = past_adjective(tokens, noun + 1, slots)
    if here + 1 < len(tokens) and tokens[here].low in _OF and tokens[here].text.islower():
        plural = loose or all(slot[1] == "p" for slot in slots)
        here = past_complement(tokens, here, plural=plural) or here
    if loose:
        here = past_between(tokens, here)
    if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here - 1)):
        return None
    return Subject(noun, slots, here)


def _counts(token: Token) -> bool:
    """Whether a token is a numeral between a determiner in the plural and its noun."""
    return token.kind == "number" or token.low in NUMERALS


def is_many(token: Token) -> bool:
    """Whether a token can only count several: "Plusieurs courtiers", "12 patients"."""
    if token.kind == "number":
        return token.text.isdecimal() and 1 < int(token.text) < 1000
    first, _, last = token.low.rpartition("-")
    return token.low == "plusieurs" or (last in NUMERALS and (not first or first in _TENS))


_TENS = frozenset("dix vingt trente quarante cinquante soixante quatre-vingt".split())


_BEFORE_NOUNS = grammar.PRENOMINAL | {"prochain", "dernier", "premier", "nombreux"}


def _past_prenominal(tokens: Sequence[Token], at: int, fits: grammar.Slots | None) -> int:
    """The place behind an adjective of those that stand before their noun, if one follows it."""
    if fits is None or at + 1 >= len(tokens):
        return at
    word, noun = tokens[at], tokens[at + 1]
    slots = grammar.slots(word.low, "A")
    if slots is None or not slots & fits or noun.text != noun.low:
        return at
    if _BEFORE_NOUNS.isdisjoint(grammar.lemmas(word.low, "A")):
        return at
    found = grammar.slots(noun.low, "N")
    return at + 1 if found is not None and found & slots & fits else at


def _pronoun(determiner: Token) -> bool:
    return determiner.low in grammar.PRONOUN_LIKE


def _noun(token: Token, *, sure: bool) -> grammar.Slots | None:
    """Gender and number of a word that can be nothing but a noun there."""
    word = token.text.removesuffix("-là").removesuffix("-ci")  # "ces gens-là"
    if token.kind != "word" or not grammar.is_plain_noun(word, after_pronoun_like=not sure):
        return None
    return grammar.slots(word, "N")


def past_adjective(tokens: Sequence[Token], here: int, slots: grammar.Slots) -> int:
    """The place behind an adjective or participle at ``here`` that fits, else ``here``."""
    if here >= len(tokens):
        return here
    word = tokens[here]
    if (
        word.low in ("les", "la", "le")
        and here + 2 < len(tokens)
        and tokens[here + 1].low == "plus"
    ):
        past = past_adjective(tokens, here + 2, slots)
        return past if past > here + 2 else here
    if word.low == "non" and here + 1 < len(tokens):
        past = past_adjective(tokens, here + 1, slots)
        return past if past > here + 1 else here
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


def past_complement(tokens: Sequence[Token], here: int, *, plural: bool) -> int | None:
    """The place behind "de la presse"; None where something else stands.

    Args:
        plural: whether the complement may be in the plural.
    """
    place = here + 1
    if tokens[here].low in ("de", "d'") and tokens[place].low in grammar.DETERMINERS:
        place += 1
    while plural and place < len(tokens) and _counts(tokens[place]):
        place += 1
    if place >= len(tokens):
        return None
    place = _past_prenominal(tokens, place, grammar.ALL)
    found = _noun(tokens[place], sure=True)  # behind "de" no verb is finite
    if found is None or (not plural and any(slot[1] == "p" for slot in found)):
        return None
    return past_adjective(tokens, place + 1, found)


def past_clitics(tokens: Sequence[Token], at: int) -> int:
    """The place behind the pronouns and "ne" from ``at`` on."""
    while at < len(tokens) and tokens[at].low in grammar.CLITICS:
        at += 1
    return at


def past_between(tokens: Sequence[Token], here: int) -> int:
    """The place behind "entre les deux pays", "entre l'Inde et la Chine"; ``here`` without it."""
    if here + 2 >= len(tokens) or tokens[here].low != "entre":
        return here
    place = _past_party(tokens, here + 1)
    if place is None:
        return here
    if place < len(tokens) and tokens[place].low == "et":
        return _past_party(tokens, place + 1) or here
    fits = grammar.DETERMINERS.get(tokens[here + 1].low)
    return place if fits is not None and fits <= _MANY else here


def _past_party(tokens: Sequence[Token], place: int) -> int | None:
    """The place behind a name, or a noun with its determiner."""
    fits = grammar.DETERMINERS.get(tokens[place].low)
    if fits is not None:
        place += 1
        while place < len(tokens) and fits <= _MANY and _counts(tokens[place]):
            place += 1
        place = _past_prenominal(tokens, place, fits)
    if place >= len(tokens) or tokens[place].kind != "word":
        return None
    if tokens[place].text[0].isupper():
        return place + 1
    found = _noun(tokens[place], sure=True) if fits is not None else None
    return None if found is None else past_adjective(tokens, place + 1, found)


_OPENERS = frozenset("car lorsque lorsqu' puisque puisqu' quand tandis dont où si".split())
_LINKING = frozenset("or mais et car donc puis pourtant cependant toutefois ainsi enfin".split())
"""Words that open a sentence before its subject: "Or la production baisse"."""
_THAT = frozenset(("que", "qu'"))
_BEFORE_THAT = frozenset("tandis alors parce afin bien pendant dès".split())
_INTRODUCING = frozenset("au aux à en dans sur selon pour après avant depuis pendant avec".split())
_SHORT = 6


_known: WeakKeyDictionary[Passage, dict[bool, frozenset[int]]] = WeakKeyDictionary()


def clauses(passage: Passage, *, reported: bool = False) -> frozenset[int]:
    """Where a sentence or a clause starts: behind ", et", "car", "tandis que", "Au sud,".

    Args:
        reported: also behind "que" after a verb ("il dit que les voisins …").
    """
    known = _known.setdefault(passage, {})
    if reported not in known:
        known[reported] = _clauses(passage, reported=reported)
    return known[reported]


def _clauses(passage: Passage, *, reported: bool) -> frozenset[int]:
    found = set(passage.openings)
    tokens = passage.tokens
    for at in range(1, len(tokens)):
        before = tokens[at - 1]
        links = before.low in _LINKING and before.start in passage.openings
        if links or (before.low in _OPENERS and tokens[at].low not in _THAT):
            found.add(tokens[at].start)
        elif before.low == "et" and at > 1 and tokens[at - 2].text == ",":
            if _has_verb(passage, at - 2):
                found.add(tokens[at].start)
        elif before.low in _THAT and at > 1:
            far = at > 2 and tokens[at - 2].low in ("aussi", "également", "alors", "ensuite")
            low = tokens[at - 2 - far].low
            if low in _BEFORE_THAT or (reported and _reports(low)):
                found.add(tokens[at].start)
        elif before.text == "," and _introduced(passage, at - 1):
            found.add(tokens[at].start)
    return frozenset(found)


CLEAR = frozenset("s' se n' ne".split())
"""Behind these stands a verb and nothing else."""


def _has_verb(passage: Passage, comma: int) -> bool:
    """Whether the clause before a comma has a verb, so that "et" opens another one."""
    for at in range(comma - 1, -1, -1):
        token = passage.tokens[at]
        behind = at > 0 and passage.tokens[at - 1].low in CLEAR
        if grammar.persons(token.low) and (behind or grammar.categories(token.low) == {"V"}):
            return True
        if token.start in passage.openings:
            return False
    return False


def _reports(word: str) -> bool:
    return bool(grammar.persons(word)) or grammar.slots(word, "K") is not None


def _introduced(passage: Passage, comma: int) -> bool:
    """Whether a short phrase with a preposition, from the start of a sentence, ends at a comma."""
    tokens = passage.tokens
    for at in range(comma - 1, max(-1, comma - _SHORT - 1), -1):
        if tokens[at].start in passage.openings:
            return tokens[at].low in _INTRODUCING
        if tokens[at].kind == "punct" or grammar.persons(tokens[at].low):
            return False
    return False


_FURTHEST = 7


def subject_before(passage: Passage, at: int, *, reported: bool = False) -> Subject | None:
    """The noun phrase that opens a clause and ends right before the token at ``at``."""
    starts = clauses(passage, reported=reported)
    for first in range(max(0, at - _FURTHEST), at - 1):
        if passage.tokens[first].start in starts:
            found = subject(passage.text, passage.tokens, first, loose=True)
            if found is not None and found.after == at:
                return found
    return None
