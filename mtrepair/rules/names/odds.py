"""How likely two words are a person's name whose surname was translated.

Two stories are compared. Either somebody bears the surname that stands in the text (a Petit in
France, a Son in Korea), or somebody bears a surname that this word translates (Mr. Wood). How
frequent the surnames are in France and in the United States, how often the dictionary gives this
word for that surname, and in which of the two countries the given name is at home, make the odds.
How often engines translate names at all is left to the calibration (:mod:`.confidence`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import Names

LISTED = 1e-6
"""The share of a name that some list of the world has without a number."""

UNSEEN = 1e-8
"""The share of a surname that no list has; the lists end at about one person in ten million."""

BACK = 0.2
"""P(French | English) where only the other direction of the dictionary has the pair."""

SENSE = 0.15
"""P(French | English) where only the list of words that are names has the pair."""

FRENCH = 10.0
"""How much likelier a French text is to speak of somebody from France than from the United States,
where both have as many of the given name. Chosen, not measured."""

WORLD = 1e-4
"""The share that a given name has where it is at home, if that is not the United States: of most
countries the lists give no numbers. Chosen, not measured."""

BOTH = 3.0
"""The Zipf frequency in English from which a French word is an English one too."""

OTHER_NUMBER = 0.15
"""How much of a chance "Field" has behind "Champs", against "Fields"."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A surname that may stand behind a French word.

    Attributes:
        weight: the share of people who bear it, times the chance that this word translates it.
    """

    surname: str
    weight: float


@lru_cache(maxsize=8192)
def origins(word: str) -> tuple[Origin, ...]:
    """The surnames whose English meaning the French word has, the best first.

    >>> origins("oiseau")[0].surname
    'Bird'
    """
    names = Names.load()
    found: list[Origin] = []
    for english, p in meanings(word).items():
        surname = english.capitalize()
        share = names.shares(surname).us_surname
        if share or names.surname(surname):
            found.append(Origin(surname, max(share, LISTED) * p))
    return tuple(sorted(found, key=lambda o: (-o.weight, o.surname)))


@lru_cache(maxsize=8192)
def with_itself(word: str) -> tuple[Origin, ...]:
    """The origins of a word and, where English has the same word, itself: Panda, Route."""
    names, found = Names.load(), origins(word)
    name = word.capitalize()
    if names.surname(name) and Lexicon.load().english_zipf(word.lower()) >= BOTH:
        itself = Origin(name, max(names.shares(name).us_surname, LISTED) * SENSE)
        found = tuple(sorted((*found, itself), key=lambda o: (-o.weight, o.surname)))
    return found


@lru_cache(maxsize=8192)
def first_origins(word: str) -> tuple[Origin, ...]:
    """The given names whose English meaning the French word has (Falaise: Cliff)."""
    names, found = Names.load(), list[Origin]()
    for english, p in meanings(word).items():
        name = english.capitalize()
        share = names.shares(name).us_given
        if share and names.christened(name):
            found.append(Origin(name, share * p))
    return tuple(sorted(found, key=lambda o: (-o.weight, o.surname)))


@lru_cache(maxsize=8192)
def meanings(word: str) -> dict[str, float]:
    """English words and the chance that an engine writes the French word for them."""
    dictionary, lexicon, senses = Dictionary.load(), Lexicon.load(), Names.load().senses
    low = word.lower()
    readings = lexicon.readings(low)
    forms = sorted({low, *(reading.lemma for reading in readings)})
    lemma = not readings or any(reading.lemma == low for reading in readings)
    plural = any(r.category in "NA" and r.features & {"mp", "fp"} for r in readings)
    verb = not lemma and any(r.category == "V" for r in readings)
    chances: dict[str, float] = {}

    def may_be(english: str, chance: float) -> None:
        chances[english] = max(chances.get(english, 0.0), chance)

    for form in forms:
        found = {
            english: dict(dictionary.french(english)).get(form, BACK * p)
            for english, p in dictionary.english(form)
        }
        for english in senses.get(form, ()):
            found[english] = max(found.get(english, 0.0), SENSE)
        for english, chance in found.items():
            if form == low:
                may_be(english, chance)
                continue
            if (plural and not lemma) or verb:
                may_be(f"{english}s", chance / 4 if verb else chance)
            may_be(english, chance * (0.5 if verb else OTHER_NUMBER if plural else 1.0))
        if any("W" in reading.features for reading in readings):  # "Chasser" for Hunting
            for english, chance in found.items():
                may_be(gerund(english), chance / 4)
    return {e: p for e, p in chances.items() if e != low and len(e) > 2 and e.isalpha()}


def gerund(english: str) -> str:
    """The form in -ing of an English verb.

    >>> gerund("love"), gerund("hunt")
    ('loving', 'hunting')
    """
    return (english[:-1] if english.endswith("e") else english) + "ing"


def comparative(english: str) -> str:
    """The form in -er of an English adjective.

    >>> comparative("young"), comparative("large"), comparative("happy")
    ('younger', 'larger', 'happier')
    """
    if english.endswith("y"):
        return f"{english[:-1]}ier"
    return english + ("r" if english.endswith("e") else "er")


@lru_cache(maxsize=16384)
def at_home(given: str) -> float:
    """How much the given name is at home in France, against the rest of the world, 0 to 1."""
    shares = Names.load().shares(given)
    return shares.fr_given / (shares.fr_given + max(shares.us_given, WORLD))


def log_odds(given: str, word: str) -> float:
    """The decimal logarithm of P(the word translates a surname) / P(it is one).

    Both stories begin with where somebody of that given name comes from: only whoever comes from
    abroad has a surname to translate.
    """
    names = Names.load()
    last, home = names.shares(capital := word[:1].upper() + word[1:]), at_home(given)
    home = FRENCH * home / (FRENCH * home + 1 - home)
    abroad = max(last.us_surname, LISTED if "s" in names.flags(capital) else 0.0)
    french = max(last.fr_surname, 10 * LISTED if "l" in names.flags(capital) else UNSEEN)
    borne = home * french + (1 - home) * max(abroad, UNSEEN)
    translated = (1 - home) * sum(origin.weight for origin in origins(word))
    return math.log10(max(translated, UNSEEN) / borne)
