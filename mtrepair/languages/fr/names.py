"""Names as they occur in French text: given names, surnames, exonyms, products.

The store is compiled by ``scripts/build-names`` (data/README.md names the origins). Names of Japan
and Korea are too many to list in Latin letters; they are recognised by the elements that they are
made of.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import marisa_trie

DATA = Path(__file__).parent / "data"

USUAL = 3e-4
"""The share of people from which a given name is rather a person than the brand of that name."""

# Readings of the characters that Japanese given names are written with (two of them a name).
_JAPANESE = re.compile(
    r"(?:aki|atsu|chika|fumi|haru|haya|hide|hiro|hisa|ichi|iku|jun|katsu|kazu|kei|ken|kiyo|kuni|"
    r"masa|michi|mitsu|moto|mune|naga|nao|nobu|nori|rei|ryo|ryu|sada|sane|sato|sei|shige|shin|sho|"
    r"shun|tada|taka|take|tatsu|teru|tetsu|tomo|toshi|tsune|tsuyo|yasu|yoshi|yui|yuki)"
    r"(?:aki|fumi|haru|hei|hide|hiko|hiro|hisa|hito|ichi|ji|ka|kazu|ki|ko|maru|masa|mi|mitsu|na|"
    r"nao|nobu|nori|o|rou?|shi|shige|suke|ta|taka|take|tar[oō]|to|toshi|ya|yasu|yo|yoshi|yuki|zo)"
)
KOREAN = frozenset(
    """ah beom bin bok bong bum byung chan chang cheol chul dae dong eun gi geun gun gyu hae han
    hee ho hwa hwan hye hyeon hyuk hyun ik il in jae jeong ji jin jong joo joon ju jun jung ki
    kwan kwon kyu kyung lim mi min myung na nam rae rim ryong sang seo seok seon seong seung sik
    so soo sook su suk sun sung tae uk un won woo wook wu yeon yeong yong yoo yoon young yu yul
    yun""".split()
)
# Surnames of Asia that American lists know as given names.
_SURNAMES = frozenset(
    """Ali Bae Baek Chang Chen Cheng Chiang Cho Choi Chung Hahn Han Ho Huang Jang Jung Kang Khan
    Kim Kwon Lam Lee Li Lim Lin Liu Park Shin Singh Song Tan Tang Tran Wang Wong Wu Yang Yoon
    Zhang Zhao Zhou""".split()
)
_KOREAN = re.compile(r"([A-Z][a-z]+)-([A-Za-z][a-z]+)")


class Shares(NamedTuple):
    """How frequent a name is: the share of people who bear it, 0 where a list lacks it.

    The United States are those of the census of 1990; France is everybody born there since 1891
    (surnames) or 1900 (given names). Given in quarters of a power of ten.
    """

    us_given: float
    us_surname: float
    fr_given: float
    fr_surname: float


class Product(NamedTuple):
    """A product called by an English word, and who makes it."""

    name: str
    owner: str


def plain(word: str) -> str:
    """The word without accents and case, with straight apostrophes, to compare spellings."""
    return unaccented(word.lower().replace("’", "'"))


def unaccented(word: str) -> str:
    """The word without its accents."""
    if word.isascii():
        return word
    flat = unicodedata.normalize("NFD", word)
    return "".join(c for c in flat if not unicodedata.combining(c))


class Names:
    """The names of the package; :meth:`load` opens them once.

    Flags: ``g`` a given name somewhere, ``f`` one of at least 500 people in France, ``S`` a common
    surname of the United States (the first 5,000), ``s`` any other surname, ``l`` a surname of
    French speakers, ``c`` a city of at least 100,000 people, or of
    several words in a country of English, ``t`` a country, ``b`` a brand.
    """

    def __init__(self) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(DATA / "names.marisa"))

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Names:
        """The names of the package, memory-mapped."""
        return Names()

    @lru_cache(maxsize=65536)  # noqa: B019 - there is one store, which lives as long as we do
    def _entry(self, name: str) -> tuple[str, Shares]:
        keys = self._trie.keys(f"{name}\t")
        flags, _, codes = (str(keys[0]).rpartition("\t")[2] if keys else "").partition("|")
        numbers = [0.0 if code == "0" else 10 ** ((ord(code) - 48) / 4 - 8) for code in codes]
        return flags, Shares(*(numbers or (0.0, 0.0, 0.0, 0.0)))

    def flags(self, name: str) -> str:
        """The flags of a capitalised name; empty if it is unknown."""
        return self._entry(name)[0]

    @lru_cache(maxsize=65536)  # noqa: B019 - as above
    def shares(self, name: str) -> Shares:
        """How frequent a capitalised name is; the lists of surnames have no accents."""
        bare = unaccented(name)
        own = self._entry(name)[1]
        return own if bare == name else Shares(*map(max, own, self._entry(bare)[1]))

    def is_thing(self, word: str) -> bool:
        """Whether it is a country, or a brand rather than a usual given name (Django, Porsche)."""
        flags = self.flags(word)
        return "t" in flags or ("b" in flags and max(self.shares(word)[::2]) < USUAL)

    def given(self, word: str) -> bool:
        """Whether the capitalised word is a given name of any country."""
        if not word[:1].isupper():
            return False
        flags = self.flags(word)
        return "g" in flags or "f" in flags or _made_of_elements(word)

    def christened(self, word: str) -> bool:
        """Whether at least as many people have it as a given name than as a surname."""
        shares = self.shares(word)
        first = max(shares.us_given, shares.fr_given)
        return self.given(word) and first >= max(shares.us_surname, shares.fr_surname)

    def mostly_surname(self, word: str) -> bool:
        """Whether more people bear it as a surname than as a given name (Kennedy)."""
        if word in _SURNAMES:
            return True
        shares = self.shares(word)
        first = max(shares.us_given, shares.fr_given)
        return first < max(shares.us_surname, shares.fr_surname) or (
            not self.given(word) and self.surname(word) > 0
        )

    def surname(self, word: str) -> int:
        """2 for a common surname of the United States, 1 for any other surname, 0 for none."""
        flags = self.flags(word)
        return 2 if "S" in flags else 1 if "s" in flags or "l" in flags else 0

    @cached_property
    def exonyms(self) -> dict[str, tuple[str, ...]]:
        """English names to their French forms (``London``: ``Londres``)."""
        found: dict[str, list[str]] = {}
        for line in (DATA / "exonyms.tsv").read_text("utf-8").splitlines()[1:]:
            english, french, _ = line.split("\t")
            found.setdefault(english, []).append(french)
        return {english: tuple(french) for english, french in found.items()}

    @cached_property
    def senses(self) -> dict[str, tuple[str, ...]]:
        """French words to the English words, borne as names, that an engine may render so."""
        found: dict[str, list[str]] = {}
        for line in (DATA / "name-words.tsv").read_text("utf-8").splitlines()[1:]:
            english, french = line.split("\t")
            found.setdefault(french, []).append(english)
        return {french: tuple(english) for french, english in found.items()}

    @cached_property
    def renderings(self) -> dict[str, tuple[str, ...]]:
        """The other way: English words to French ones."""
        found: dict[str, list[str]] = {}
        for french, words in self.senses.items():
            for english in words:
                found.setdefault(english, []).append(french)
        return {english: tuple(french) for english, french in found.items()}

    @cached_property
    def products(self) -> dict[str, tuple[Product, ...]]:
        """Products by the French word that their name would be translated with."""
        found: dict[str, list[Product]] = {}
        for line in (DATA / "products.tsv").read_text("utf-8").splitlines()[1:]:
            name, owner, french = line.split("\t")
            found.setdefault(french, []).append(Product(name, owner))
        return {french: tuple(products) for french, products in found.items()}


def _made_of_elements(word: str) -> bool:
    if len(word) >= 5 and _JAPANESE.fullmatch(word.lower()):
        return True
    match = _KOREAN.fullmatch(word)
    return match is not None and match[1].lower() in KOREAN and match[2].lower() in KOREAN
