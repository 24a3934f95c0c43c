"""Gender, number and person of French words in a row; what the grammar rules share.

A *slot* is one of ``ms``, ``mp``, ``fs``, ``fp``. A word fits its neighbour when their sets of
slots meet. A set is only given for words whose readings leave no other way to understand them:
where it is None, the rules stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mtrepair.languages.base import Token
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import Names

Slots = frozenset[str]

ALL: Slots = frozenset({"ms", "mp", "fs", "fp"})
_M, _F = frozenset({"ms", "mp"}), frozenset({"fs", "fp"})
_S, _P = frozenset({"ms", "fs"}), frozenset({"mp", "fp"})
_MS, _FS = frozenset({"ms"}), frozenset({"fs"})

# Possessives in "mon" stand before feminines that start with a vowel, so they tell number alone.
DETERMINERS: dict[str, Slots] = {
    "le": _MS, "la": _FS, "l'": _S, "les": _P, "un": _MS, "une": _FS, "des": _P,
    "du": _MS, "au": _MS, "aux": _P, "ce": _MS, "cet": _MS, "cette": _FS, "ces": _P,
    "mon": _S, "ton": _S, "son": _S, "ma": _FS, "ta": _FS, "sa": _FS,
    "mes": _P, "tes": _P, "ses": _P, "notre": _S, "votre": _S, "nos": _P, "vos": _P,
    "leur": _S, "leurs": _P, "chaque": _S, "quelque": _S,
    "quelques": _P, "plusieurs": _P, "deux": _P, "trois": _P, "quatre": _P, "cinq": _P, "six": _P,
    "sept": _P, "huit": _P, "neuf": _P, "dix": _P,
}  # fmt: skip

PRONOUN_LIKE = frozenset(
    {"le", "la", "l'", "les", "leur", "un", "une", "ce", "plusieurs", "deux",
     "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"}
)  # fmt: skip
"""Determiners that can also be pronouns, and so stand before a verb."""

# Adjectives that commonly stand before their noun (Grevisse & Goosse, Le bon usage, § 328).
PRENOMINAL = frozenset(
    "grand petit gros beau bon mauvais nouveau vieux jeune premier deuxième second troisième"
    " dernier prochain ancien haut long vrai faux meilleur pire principal autre même divers"
    " différent nombreux seul énorme excellent important véritable moindre ultime superbe"
    " magnifique immense large court rare simple pur plein double triple joli léger vaste"
    " récent célèbre futur".split()
)

# The h that is mute, by the starts of words (Le bon usage, § 48-50). The list is positive: a word
# that is not on it counts as aspirated, and nothing is reported.
_MUTE_H = re.compile(
    r"habi[lt]|habill|hagio|haleine|halluc|halogèn|haltère|haltéro|hameçon|harmon|hebdo|héberg"
    r"|hébé|hectare|hégémon|hélic|hélas|héli|hémi|hémo|hépat|herbe|herbi|hérédit|hérés|hérit"
    r"|hermé|héroï|hésit|hétéro|heure?s?$|heur(?:eux|euse)|hexa|hibern|hilar|hindou|hippo|hirond"
    r"|hist|hiver|homéo|homi|homm|homo|honnê|honor|honneur|hôpit|horair|horizon|horlog|hormon"
    r"|horosc|horr|hort[ie]|hospi|hostil|hôte|hôtesse|huil|huiss|huître|humain|humani|humble"
    r"|humecter|humeur|humid|humil|humo|hybrid|hydr|hygi|hymn|hyper|hypno|hypo|hystér"
)
_VOWEL = re.compile(r"[aàâeéèêëiîïoôœuùûüæ]")
# No elision before these though they start with a vowel (Le bon usage, § 50).
_NO_ELISION = re.compile(
    r"onz|oui$|ouistiti|ouat|ululer|ululement|uhlan|ouah|unième|ouin|un$|une$|iod|ion$|iota"
    r"|énième|yaourt|oh$|ah$|ouf$|eh$|euh$|ouï|ouolof|ouzb|uppercut|iourte"
)


def elides(word: str) -> bool:
    """Whether "le" and "de" lose their vowel before ``word`` (in doubt: no)."""
    low = word.lower()
    if low[:1] == "h":
        return _MUTE_H.match(low) is not None
    return _VOWEL.match(low) is not None and _NO_ELISION.match(low) is None


@lru_cache(maxsize=65536)
def categories(word: str) -> frozenset[str]:
    """The categories of a word's readings."""
    return frozenset(reading.category for reading in Lexicon.load().readings(word))


_ONE_GENDER: dict[str, str] = {
    **dict.fromkeys(
        "période page somme souris ordonnance poche flèche barbe plume ombre paille casse".split(),
        "f",
    ),
    **dict.fromkeys("modèle conseil geste prétexte triomphe bogue audit".split(), "m"),
}
_ONE_GENDER |= {noun + "s": gender for noun, gender in _ONE_GENDER.items() if noun[-1] != "s"}
"""Nouns that DELA has in a second, old or special gender. Behind an article of one gender in 48
million characters of clean/train, 57 to 4,264 of each noun, at least 98.5 % are of this one."""


def _spread(features: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for code in features:
        code = code.removeprefix("K")
        if code in ALL:
            found.add(code)
        elif code in ("m", "f"):
            found |= _M if code == "m" else _F
        elif code in ("s", "p"):
            found |= _S if code == "s" else _P
    return found


@lru_cache(maxsize=65536)
def slots(word: str, wanted: str = "NA") -> Slots | None:
    """Gender and number of a word over its readings of the ``wanted`` categories.

    ``N`` noun, ``A`` adjective, ``K`` past participle. None where the word has no such reading or
    one of them says nothing.
    """
    found: set[str] = set()
    for reading in Lexicon.load().readings(word):
        if reading.category in ("N", "A") and reading.category in wanted:
            here = _spread(reading.features)
            if reading.category == "N" and (gender := _ONE_GENDER.get(word.lower())):
                here = {slot for slot in here if slot[0] == gender}
        elif reading.category == "V" and "K" in wanted:
            participle = frozenset(f for f in reading.features if f.startswith("K"))
            if not participle:
                continue
            here = _spread(participle)
        else:
            continue
        if not here:
            return None
        found |= here
    return frozenset(found) if found else None


@lru_cache(maxsize=65536)
def persons(word: str) -> frozenset[str]:
    """The persons (``1s`` … ``3p``) of a word's finite verb readings, imperatives apart."""
    found: set[str] = set()
    for reading in Lexicon.load().readings(word):
        if reading.category == "V":
            for code in reading.features:
                if len(code) == 3 and code[0] in "PSFICJT" and code[1] in "123":
                    found.add(code[1:])
    return frozenset(found)


_NEGATIONS = frozenset("pas plus jamais bien aussi surtout donc également d'abord souvent".split())
_PLURAL_HEADS = frozenset("ceux celles eux elles certains certaines".split())


def follows_attribute(verb: str, after: Sequence[str]) -> bool:
    """Whether ``verb`` is "être" in the plural and agrees with the attribute after it.

    "Une particularité sont les étagères": after a noun in the singular the verb may take the
    number of a plural attribute (Le bon usage, § 929).

    Args:
        after: the words after the verb, in lower case; three are enough.
    """
    if "3p" not in persons(verb) or not is_form_of(verb, "être"):
        return False
    rest = list(after)
    while rest and rest[0] in _NEGATIONS:
        rest.pop(0)
    if not rest:
        return False
    return rest[0] in _PLURAL_HEADS or DETERMINERS.get(rest[0]) == _P or rest[0].isdigit()


def is_form_of(word: str, lemma: str) -> bool:
    """Whether a word can be a form of the verb ``lemma``."""
    return any(r.lemma == lemma and r.category == "V" for r in Lexicon.load().readings(word))


PREPOSITIONS = frozenset(
    "de d' à pour sans dans sur avec sous par chez vers contre entre parmi selon pendant depuis"
    " durant après avant malgré dès en outre hors".split()
)
CLITICS = frozenset("ne n' me m' te t' se s' le la les l' lui leur y en nous vous".split())
"""What stands between a subject and its verb."""
PLURAL = frozenset("les ces mes tes ses nos vos leurs".split())
"""The determiners of several that are known."""
CONTRACTED = frozenset(("du", "des", "au", "aux"))
DEGREES = frozenset("très plus moins trop peu assez aussi non si".split())
"""Adverbs that stand between a noun and its adjective."""


def joins_left(determiner: str, before: str) -> bool:
    """Whether a noun phrase hangs on the noun before it ("le toit de la maison", "et la porte")."""
    return (
        determiner in CONTRACTED
        or before in PREPOSITIONS
        or before in ("et", "ou", "ni", ",", "que", "qu'", "comme")
    )


@lru_cache(maxsize=65536)
def is_infinitive(word: str) -> bool:
    """Whether a word may be an infinitive ("les voir")."""
    return any(
        reading.category == "V" and "W" in reading.features
        for reading in Lexicon.load().readings(word)
    )


@lru_cache(maxsize=65536)
def verb_forms(word: str) -> frozenset[str]:
    """How a word that can only be a verb is read: ``W`` infinitive, ``K`` past participle, ``G``
    gerund, ``F`` finite; empty if it may be anything else."""
    found: set[str] = set()
    for reading in Lexicon.load().readings(word):
        if reading.category != "V":
            return frozenset()
        for code in reading.features:
            found.add(code[0] if code[0] in "WKG" else "F")
    return frozenset(found)


def verb_lemmas(word: str) -> list[str]:
    """The verbs of which a word may be a form."""
    return lemmas(word, "V")


def lemmas(word: str, category: str) -> list[str]:
    """The lemmas of a category of which a word may be a form."""
    return [r.lemma for r in Lexicon.load().readings(word) if r.category == category]


def conjugated(word: str, wanted: frozenset[str]) -> list[str]:
    """The forms of a word's verbs with one of the ``wanted`` DELA codes; the likeliest first."""
    lexicon = Lexicon.load()
    found: dict[str, float] = {}
    for lemma in verb_lemmas(word):
        for form, features in lexicon.forms(lemma, "V"):
            if features & wanted and form != word.lower():
                found[form] = lexicon.zipf(form)
    return sorted(found, key=lambda form: (-found[form], form))


@lru_cache(maxsize=65536)
def is_plain_noun(word: str, *, after_pronoun_like: bool) -> bool:
    """Whether a word after a determiner can only be a noun or an adjective.

    After a determiner that may be a pronoun, a word that may be a verb does not count.
    """
    found = categories(word)
    if not found & {"N"} or word != word.lower() or len(word) < 3:
        return False
    if may_be_country(word):
        return False
    if found <= {"N", "A"}:
        return True
    # A participle is no verb that a pronoun could stand before: "les données".
    verb = after_pronoun_like and bool(persons(word) or is_infinitive(word) or word[-3:] == "ant")
    return found <= {"N", "A", "V"} and not verb


def may_be_country(word: str) -> bool:
    """Whether a noun in lower case may be a country that lost its capital ("du canada").

    The lexicon has an apple, a leather and a fabric of such names, in genders of their own.
    """
    return word.islower() and "t" in Names.load().flags(word.capitalize())


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Whether nothing but white space stands between two tokens."""
    return text[left.end : right.start].isspace() or left.end == right.start


def inflected(word: str, wanted: Slots, kind: str = "NA") -> list[str]:
    """The forms of a word's lemmas whose slots are among ``wanted``; the likeliest first."""
    lexicon = Lexicon.load()
    found: dict[str, float] = {}
    for reading in lexicon.readings(word):
        participle = reading.category == "V" and "K" in kind
        if reading.category not in kind and not participle:
            continue
        if participle and not any(f.startswith("K") for f in reading.features):
            continue
        for form, features in lexicon.forms(reading.lemma, reading.category):
            if participle:
                features = frozenset(f for f in features if f.startswith("K"))
            if _spread(features) & wanted and form != word.lower():
                found[form] = max(found.get(form, 0.0), lexicon.zipf(form))
    return sorted(found, key=lambda form: (-found[form], form))


_SETS: tuple[tuple[str, str, str], ...] = (
    ("le", "la", "les"), ("un", "une", "des"), ("ce", "cette", "ces"), ("mon", "ma", "mes"),
    ("ton", "ta", "tes"), ("son", "sa", "ses"), ("notre", "notre", "nos"),
    ("votre", "votre", "vos"), ("leur", "leur", "leurs"), ("du", "de la", "des"),
    ("au", "à la", "aux"), ("chaque", "chaque", "plusieurs"),
    ("quelque", "quelque", "quelques"),
)  # fmt: skip


def determiners(old: str, wanted: Slots, following: str) -> list[str]:
    """The forms of a determiner for one of ``wanted``, as they stand before ``following``.

    The space before the noun is part of each ("la ", "l'").
    """
    low = old.lower().replace("’", "'")
    low = {"l'": "le", "cet": "ce"}.get(low, low)
    vowel = elides(following)
    found: list[str] = []
    for row in _SETS:
        if low not in row or (low == "des" and row[0] == "du"):
            continue
        for slot in sorted(wanted, reverse=True):
            form = row[2] if slot[1] == "p" else row[1] if slot[0] == "f" else row[0]
            if vowel:
                form = {
                    "le": "l'", "la": "l'", "ce": "cet", "ma": "mon", "ta": "ton", "sa": "son",
                    "du": "de l'", "de la": "de l'", "au": "à l'", "à la": "à l'",
                }.get(form, form)  # fmt: skip
            form += "" if form.endswith("'") else " "
            if old[:1].isupper():
                form = form[0].upper() + form[1:]
            if form.strip() != old and form not in found:
                found.append(form)
    return found
