"""Subjects that are told by the first words of a clause, whatever stands between them and the verb.

"Parmi les blessés figure deux pompiers", "Beaucoup d'entreprises peine", "Le prix des billets ont
doublé", "Le four et la plaque consomme", "La Chine et l'Inde prévoit", "Mon associé et moi ont".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement import asides, opening
from mtrepair.rules.agreement.sentence import COLLECTIVE
from mtrepair.rules.passage import Passage

Clash = tuple[str, int, str]
"""The subject as the message names it, the index of the verb, the person it should have."""

_COMPLEMENTS = 3
_BIG = frozenset("millions milliards milliers".split())
_MANY = frozenset("beaucoup peu trop tant".split())
_DEFINITE = frozenset("le la l' ce cet cette son sa notre votre leur mon ma".split())
_COMING = frozenset(
    """dresser trouver figurer élever ajouter vivre régner apparaître cacher étendre tenir exister
    coexister succéder attendre subsister demeurer rester dissimuler côtoyer mêler pousser défiler
    venir suivre reposer""".split()
)
"""Verbs whose subject follows them where a place or a time opens the sentence."""
_PLACING = frozenset(
    """à au aux dans sur sous parmi derrière devant en chez autour entre près loin""".split()
)


def verbs(passage: Passage) -> Iterator[Clash]:
    """The verbs of a passage that do not fit such a subject."""
    starts = opening.clauses(passage)
    for at, token in enumerate(passage.tokens):
        if token.start not in starts:
            continue
        found = (
            _quantity(passage, at)
            or _complemented(passage, at)
            or _joined(passage, at)
            or _named(passage, at)
            or _others(passage, at)
            or _inverted(passage, at)
        )
        if found is not None:
            yield found


def _clash(passage: Passage, first: int, last: int, at: int, person: str) -> Clash | None:
    """The verb behind its clitics at ``at``, where it is a third person and not ``person``."""
    tokens = passage.tokens
    verb = asides.verb_at(tokens, at)
    if verb is None or person in grammar.persons(tokens[verb].low):
        return None
    if any(
        not grammar.adjacent(passage.text, tokens[i], tokens[i + 1]) for i in range(first, verb)
    ):
        return None
    return passage.text[tokens[first].start : tokens[last].end], verb, person


def _noun(token: Token, number: str) -> grammar.Slots | None:
    """Gender and number of a noun that has no other number than ``s`` or ``p``."""
    slots = grammar.slots(token.low, "N")
    return slots if slots is not None and all(slot[1] == number for slot in slots) else None


def _quantity(passage: Passage, at: int) -> Clash | None:
    """ "Beaucoup de petites entreprises peine"; "Plus d'un client ont"."""
    tokens = passage.tokens
    if at + 3 >= len(tokens):
        return None
    if [t.low for t in tokens[at : at + 2]] == ["plus", "d'"] and tokens[at + 2].low in (
        "un",
        "une",
    ):
        if tokens[at + 3].low in COLLECTIVE or _noun(tokens[at + 3], "s") is None:
            return None
        return _clash(passage, at, at + 3, at + 4, "3s")
    if opening.is_many(tokens[at]) and tokens[at + 1].low in _BIG:
        if tokens[at + 2].low not in ("de", "d'"):
            return None
        slots = _noun(tokens[at + 3], "p")
        if slots is None:
            return None
        after = opening.past_adjective(tokens, at + 4, slots)
        return _clash(passage, at, at + 3, after, "3p")
    if tokens[at].low not in _MANY or tokens[at + 1].low not in ("de", "d'"):
        return None
    noun = at + 2
    if noun + 1 < len(tokens) and "A" in grammar.categories(tokens[noun].low):
        noun += "N" in grammar.categories(tokens[noun + 1].low)
    slots = _noun(tokens[noun], "p")
    if slots is None:
        return None
    after = opening.past_adjective(tokens, noun + 1, slots)
    return _clash(passage, at, noun, after, "3p")


def _complemented(passage: Passage, at: int) -> Clash | None:
    """ "Le prix des billets ont doublé": the number is that of the first noun, not of the last."""
    tokens = passage.tokens
    if tokens[at].low not in _DEFINITE and tokens[at].low not in grammar.PLURAL:
        return None
    subject = opening.subject(passage.text, tokens, at, loose=True)
    if subject is None or tokens[subject.noun].low in COLLECTIVE:
        return None
    numbers = {slot[1] for slot in subject.slots}
    if len(numbers) != 1:
        return None
    here = subject.after
    for _ in range(_COMPLEMENTS):
        past = opening.past_complement(tokens, here, plural=True) if _is_of(tokens, here) else None
        if past is None:
            break
        here = past
    if here == subject.noun + 1:
        return None
    return _clash(passage, at, subject.noun, here, "3" + numbers.pop())


def _is_of(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at].text in ("de", "d'", "d’", "du", "des")


def _joined(passage: Passage, at: int) -> Clash | None:
    """ "Le four et la plaque consomme", "Mon associé et moi ont", "Vous et votre mari ont"."""
    text, tokens = passage.text, passage.tokens
    if tokens[at].low in ("vous", "toi") and at + 3 < len(tokens) and tokens[at + 1].low == "et":
        other = opening.subject(text, tokens, at + 2)
        return None if other is None else _clash(passage, at, other.noun, other.after, "2p")
    first = opening.subject(text, tokens, at)
    if first is None or first.after + 2 >= len(tokens) or tokens[first.after].low != "et":
        return None
    if tokens[first.after + 1].low == "moi":
        return _clash(passage, at, first.after + 1, first.after + 2, "1p")
    second = opening.subject(text, tokens, first.after + 1, loose=True)
    if (
        second is None
        or tokens[first.after + 1].low in grammar.CONTRACTED
        or {slot[1] for slot in first.slots} not in ({"s"}, {slot[1] for slot in second.slots})
    ):
        return None
    if tokens[at].low in ("chaque", "tout", "toute", "aucun", "aucune", "un", "une"):
        return None
    if {tokens[first.noun].low, tokens[second.noun].low} & COLLECTIVE:
        return None
    return _clash(passage, at, second.noun, second.after, "3p")


_BEFORE_NAMES = frozenset(("le", "la", "l'"))


def _named(passage: Passage, at: int) -> Clash | None:
    """ "La Chine et l'Inde prévoit": two names with their articles."""
    tokens = passage.tokens
    if at + 5 >= len(tokens) or tokens[at + 2].low != "et":
        return None
    for article, name in ((tokens[at], tokens[at + 1]), (tokens[at + 3], tokens[at + 4])):
        if article.low not in _BEFORE_NAMES or not name.text.istitle() or name.kind != "word":
            return None
    return _clash(passage, at, at + 4, at + 5, "3p")


def _others(passage: Passage, at: int) -> Clash | None:
    """ "D'autres pays prépare"."""
    tokens = passage.tokens
    if at + 3 >= len(tokens) or tokens[at].low != "d'" or tokens[at + 1].low != "autres":
        return None
    noun = tokens[at + 2]
    slots = grammar.slots(noun.low, "N")
    many = frozenset(slot for slot in slots or () if slot[1] == "p")
    if not many or noun.text != noun.low or grammar.persons(noun.low):
        return None
    return _clash(passage, at, at + 2, opening.past_adjective(tokens, at + 3, many), "3p")


def _inverted(passage: Passage, at: int) -> Clash | None:
    """ "À l'entrée du village se dresse deux tours"."""
    tokens = passage.tokens
    if tokens[at].low not in _PLACING:
        return None
    for here in range(at + 2, min(len(tokens) - 2, at + 10)):
        low = tokens[here].low
        if tokens[here].kind == "punct" or low in ("qui", "que", "qu'", "où", "dont"):
            return None
        persons = grammar.persons(low)
        if not persons or "3s" not in persons or tokens[here].text != low:
            continue
        behind = tokens[here - 1].low
        if behind in grammar.PREPOSITIONS or behind in grammar.DETERMINERS:
            continue
        if _COMING.isdisjoint(grammar.verb_lemmas(low)) or "3p" in persons:
            return None
        after = here + 1
        if tokens[after].low in ("aussi", "également", "désormais", "encore", "déjà"):
            after += 1
        if after + 1 >= len(tokens) or not _many(tokens[after]):
            return None
        if _noun(tokens[after + 1], "p") is None:
            return None
        subject = passage.text[tokens[after].start : tokens[after + 1].end]
        return subject, here, "3p"
    return None


def _many(token: Token) -> bool:
    """Whether a word before a noun tells of several; "les" may be the verb's object."""
    return token.low in ("des", "plusieurs", "ses", "ces", "quelques") or opening.is_many(token)
