"""What is known of a word by itself, looked up once for each type."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtrepair.languages import Language
from mtrepair.languages.fr.lexicon import DATA, Lexicon

# Prefixes and suffixes that make new words at will (Grevisse & Goosse, Le bon usage, § 166-180).
_PREFIXES = re.compile(
    r"(?:aéro|agro|anti|archi|audio|auto|bio|ciné|centi|co|contre|cyber|data|dé|dés|éco|électro"
    r"|entre|euro|extra|franco|géo|giga|hémi|hétéro|hydro|hyper|hypo|info|infra|inter|intra|kilo"
    r"|macro|maxi|méga|méta|micro|milli|mini|mono|moto|multi|nano|narco|néo|neuro|omni|ortho|para"
    r"|péri|photo|pluri|poly|post|pré|pro|proto|pseudo|psycho|quadri|radio|re|ré|rétro|semi|socio"
    r"|sous|sub|super|supra|sur|techno|télé|tétra|thermo|trans|tri|turbo|ultra|vidéo|visio|web|xéno"
    r"|acido|afro|anglo|arabo|austro|belgo|bronch[io]|cardio|chimio|chrono|cristallo|cryo|cyto"
    r"|dermato|gastro|germano|gluco|hémato|hépato|hispano|histo|homo|immuno|israélo|italo|judéo"
    r"|luso|lympho|magnéto|musico|mycor?|myo|nippo|néphro|ostéo|patho|pharmaco|physio|pneumo|russo"
    r"|serbo|sino|splén[io]|syro|théo|thrombo|topo|toxico|typo|uro|vaso|zoo)"
)
_SUFFIXES = (
    "ement", "ements", "ment", "iste", "istes", "isme", "ismes", "able", "ables", "ible", "ibles",
    "age", "ages", "eur", "eurs", "euse", "euses", "rice", "rices", "teur", "teurs", "ité", "ités",
    "ation", "ations", "isation", "isations", "ique", "iques", "ien", "iens", "ienne", "iennes",
    "ais", "aise", "aises", "ois", "oise", "oises", "éen", "éens", "éenne", "éennes", "ifier",
    "al", "ale", "aux", "ales", "el", "elle", "els", "elles", "ette", "ettes", "erie", "eries",
    "aire", "aires", "esque", "esques", "oïde", "oïdes", "ite", "ites", "ose", "oses", "logie",
    "logique", "logiques", "logue", "logues", "mètre", "mètres", "thérapie", "thérapies", "phobe",
    "phobes", "phobie", "phile", "philes", "cratie", "gramme", "grammes", "graphie", "cide",
    "cides", "tion", "tions", "ance", "ances", "ant", "ants", "ante", "antes",
    "if", "ifs", "ive", "ives", "et", "ets",
)  # fmt: skip
# What a stem is tried with when its suffix is gone: "blog|ueur", "charg|eable", "ironi|ste".
_STEM_ENDS = ("", "e", "er", "ie", "ique", "s", "t", "a", "ir", "eur", "é", "uer")
# What makes words from names: "bamakois", "macroniste".
_FROM_NAMES = re.compile(
    r"(.{4,}?)(?:(?:is|ais|ois|ien|éen|ain)(?:e|ne)?s?|(?:iste|ade|erie|ite)s?|isme)"
)
# Verbs in -iser and -ifier and what comes from them: "opérationnaliser", "fiabilisation".
_VERB = re.compile(
    r"(.{3,}?)(?:is|ifi)(?:e[rsz]?|ent|ons|ait|ais|aient|ant|a|ée?s?|era|eront|erait|eraient"
    r"|(?:c?at)(?:ion|eur|rice)s?|ables?|antes?|ants)"
)
# Learned terms of medicine and chemistry, which no general list covers.
_LEARNED = re.compile(
    r".{3,}(?:ine|ines|ol|ols|ase|ases|ide|ides|ate|ates|yle|yles|ène|ènes|ium|ose|émie|émies|mab"
    r"|nib|vir|pathie|pathies|ectomie|ectomies|plastie|scopie|plasie|tomie|zole|cycline|urie|algie"
    r"|cyte|cytes|blaste|blastes|génèse|gène|gènes|lyse|trope|pène|penne|statine|oxyde)"
)
_ROMAN = re.compile(r"[ivxlcdm]+(?:e|es|ème|èmes|er|ers|re)?")
_ONOMATOPOEIA = re.compile(r".*(.)\1\1|(?:ha|hé|ho|ah|oh|hi|eh)+h?|(.{2,3})\2+")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of a word in lower case.

    Attributes:
        french: the lexicon has it.
        derived: made of a known word by a productive prefix or suffix, or a learned term.
        zipf: frequency in French, 0.0 when below 1.5.
        english: frequency in English, 0.0 when below 2.0.
    """

    french: bool
    derived: bool
    zipf: float
    english: float


@lru_cache(maxsize=1)
def loanwords() -> frozenset[str]:
    """English words that French texts use as their own (loanwords.tsv), in lower case."""
    with (DATA / "loanwords.tsv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file, delimiter="\t"))


_LONGEST_PREFIX = 16
"""Letters that no prefix of the list has; a word may be a whole file of one letter."""


_ENGLISH = frozenset("because about have more".split())
"""English words that DELA has too (slang, carpentry, mining, an old adjective) and French prose has
not: 13 times in 1.8 million words of it, commands and quotations."""


@lru_cache(maxsize=65536)
def knowledge(word: str) -> Knowledge:
    """What is known of ``word``, which must be in lower case."""
    lexicon = Lexicon.load()
    readings = lexicon.readings(word)
    french = any(reading.category != "X" for reading in readings) or word in loanwords()
    french = french and word not in _ENGLISH
    zipf = lexicon.zipf(word)
    if not french:
        french = _other_spelling(word, lexicon)
    return Knowledge(
        french=french,
        derived=not french and (bool(readings) or _derived(word, lexicon)),
        zipf=zipf,
        english=lexicon.english_zipf(word),
    )


def is_word(word: str, language: Language) -> bool:
    """Whether a word in lower case is known; French has rules of word formation of its own."""
    if language.code != "fr":
        return word in language.lexicon
    facts = knowledge(word.replace("’", "'"))
    return facts.french or facts.derived


def _other_spelling(word: str, lexicon: Lexicon) -> bool:
    """The spelling of 1990 ("succèderait"), "œ" for "oe", a feminine in -eure ("chercheure"), a
    plural of which DELA has the singular alone ("touarègues")."""
    if word.endswith("s") and any(r.category in "NA" for r in lexicon.readings(word[:-1])):
        return True
    if "œ" in word and word.replace("œ", "oe") in lexicon:
        return True
    if "è" in word and re.sub(r"è(?=[^aeiouy]{1,2}e)", "é", word) in lexicon:
        return True
    return (
        re.fullmatch(r".{3,}eures?", word) is not None and re.sub("e(s?)$", r"\1", word) in lexicon
    )


def _derived(word: str, lexicon: Lexicon) -> bool:
    for match_end in _prefix_ends(word):
        rest = word[match_end:].lstrip("-")
        if len(rest) >= 3 and (rest in lexicon or _suffixed(rest, lexicon)):
            return True
    name = _FROM_NAMES.fullmatch(word)
    if name is not None:
        names = (name[1], name[1] + "e", name[1] + "o", name[1] + "a")
        # A name is in the frequency lists and not in the dictionary.
        if any(lexicon.zipf(stem) >= 2.3 and stem not in lexicon for stem in names):
            return True
    verb = _VERB.fullmatch(word)
    if verb is not None:
        stem = verb[1]
        stems = (
            stem,
            stem + "e",
            stem + "que",
            re.sub("al$", "el", stem),
            re.sub("il$", "le", stem),
        )
        if any(other in lexicon and lexicon.zipf(other) >= 2.5 for other in stems):
            return True
    return _suffixed(word, lexicon) or (_LEARNED.fullmatch(word) is not None and len(word) > 7)


def _prefix_ends(word: str) -> Iterator[int]:
    for end in range(1, min(len(word) - 2, _LONGEST_PREFIX)):
        if _PREFIXES.fullmatch(word, 0, end):
            yield end


def _suffixed(word: str, lexicon: Lexicon) -> bool:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            stem = word[: -len(suffix)]
            stems = {
                stem,
                re.sub("al$", "el", stem),
                stem[:-1] if stem[-1] in "eiu" or stem[-1] == stem[-2] else stem,
            }
            if any(
                stem + end in lexicon and lexicon.zipf(stem + end) >= 2.5
                for stem in stems
                for end in _STEM_ENDS
            ):
                return True
    return False


def is_numeral(word: str) -> bool:
    """Roman numerals with or without their ordinal ending ("xxe", "iv")."""
    return _ROMAN.fullmatch(word) is not None


def is_cry(word: str) -> bool:
    """Cries and drawn-out words ("hahaha", "ouiiii")."""
    return _ONOMATOPOEIA.fullmatch(word) is not None
