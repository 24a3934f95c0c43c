"""What the rules of participles share: words around them, and what a word can be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement.sentence import may_stay


@dataclass(frozen=True, slots=True)
class Misfit:
    """A participle or adjective that does not agree.

    Attributes:
        slots: the genders and numbers that it should have one of.
        why: what it does not fit; empty where that is the subject before it.
    """

    word: Token
    slots: list[str]
    why: str = ""


BE = frozenset(
    """est sont était étaient sera seront serait seraient fut furent soit soient semble semblent
    semblait semblaient reste restent restait restaient restera resteront paraît paraissent
    paraissait paraissaient demeure demeurent devient deviennent devenait devenaient""".split()
)


HAVE = frozenset("a ont avait avaient aura auront aurait auraient ait aient".split())
"""Before "été" it is "être" in its compound tenses."""


ADVERBS = frozenset(
    """ne n' pas plus jamais déjà toujours aussi été bien donc souvent désormais encore enfin
    ainsi pourtant toutefois cependant vraiment""".split()
)


ONE = frozenset("est était sera serait fut".split())


MORE = frozenset("sont soient étaient seront seraient furent".split())


DEGREES = frozenset("plus moins très si trop aussi assez bien mieux pas".split())


BETWEEN = DEGREES | ADVERBS


ARTICLES = frozenset("le la les l' un une des ce cet cette ces son sa ses leur leurs".split())


CLITICS = grammar.CLITICS - {"ne", "n'"}


FAR = 8


def is_manner(token: Token) -> bool:
    """Whether it is an adverb in -ment and nothing else: "légèrement"."""
    return token.low.endswith("ment") and grammar.categories(token.low) == {"ADV"}


def participle(tokens: Sequence[Token], here: int) -> grammar.Slots | None:
    """Gender and number of a word that is a participle and nothing else: "renforcé"."""
    if here >= len(tokens) or grammar.categories(tokens[here].text) != {"V"}:
        return None
    word = tokens[here].text
    if grammar.persons(word) or grammar.is_infinitive(word) or word == "été" or may_stay(word):
        return None
    return grammar.slots(word, "K")


def attribute(tokens: Sequence[Token], here: int) -> grammar.Slots | None:
    """Gender and number of an adjective or participle that can be nothing else."""
    if here >= len(tokens) or tokens[here].kind != "word":
        return None
    word = tokens[here]
    found = grammar.categories(word.text)
    if word.text != word.low or "A" not in found or not found <= {"A", "V", "N", "ADV"}:
        return None
    if grammar.persons(word.text) or may_stay(word.low):
        return None
    return grammar.slots(word.text, "AK")


def bare_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun or adjective stands at ``at`` at once."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return False
    word = tokens[at]
    known = grammar.categories(word.text) & {"N", "A"}
    return bool(known) and word.low not in grammar.PREPOSITIONS


def goes_on(text: str, word: Token) -> bool:
    """Whether the word is part of a longer one: "confronté·e·s"."""
    after = text[word.end : word.end + 2]
    return after[:1] in tuple("·•(-_/") or after == ".e"
