"""The inflected forms of French, memory-mapped.

The words are those of the DELA dictionary (Courtois 1990; LADL, Université Gustave Eiffel;
LGPL-LR), the frequencies those of wordfreq (Speer 2022; CC BY-SA 4.0); ``scripts/build-lexicon``
compiles both. A form leads to the number of its class, and a class says, for each reading, how the
lemma is made from the form; so 700,000 forms fit into a few megabytes and open in milliseconds.
"""

from __future__ import annotations

import mmap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import marisa_trie

from mtrepair.languages.store import Frequencies, english

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form.

    Attributes:
        lemma: the dictionary form.
        category: ``N``, ``A``, ``V``, ``ADV``, ``DET``, ``PREP``, ``PRO``, ``CONJC``, ``CONJS``, …
        features: DELA codes: gender and number (``ms``, ``fp``), mood and tense with person
            (``P3s`` present, ``S`` subjunctive, ``F`` future, ``I`` imperfect, ``C`` conditional,
            ``J`` past, ``Y`` imperative, ``T`` subjunctive imperfect), ``W`` infinitive, ``G``
            gerund, ``K…`` past participle; empty where DELA gives none.

    The category ``X`` is a word known from compounds alone ("parce", "priori", "fur"); ``ABBR``
    and ``UNIT`` come from additions.tsv.
    """

    lemma: str
    category: str
    features: frozenset[str]


_WHOLE = {
    "l": "le", "d": "de", "qu": "que", "j": "je", "m": "me", "t": "te", "s": "se", "n": "ne",
    "c": "ce", "ç": "ça", "jusqu": "jusque", "lorsqu": "lorsque", "puisqu": "puisque",
    "quoiqu": "quoique", "quelqu": "quelque",
}  # fmt: skip


def _key(form: str) -> str:
    """``form`` as the tables have it: composed, without soft hyphens, elision undone."""
    if form.isascii() and "'" not in form:
        return form
    form = unicodedata.normalize("NFC", form).replace("\u00ad", "").replace("‑", "-")
    form = form.replace("’", "'")
    if form.endswith("'"):
        whole = _WHOLE.get(form[:-1].lower())
        return whole if whole is not None else form[:-1]
    return form


class _Table:
    """Strings to numbers: a trie, two bytes for each of its keys, and a line for each number."""

    def __init__(self, name: str) -> None:
        self.trie = marisa_trie.Trie()
        self.trie.mmap(str(DATA / f"{name}.marisa"))
        with (DATA / f"{name}.bin").open("rb") as file:
            self._numbers = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        self._name = name

    @cached_property
    def _lines(self) -> list[str]:
        return (DATA / f"{self._name}.tsv").read_text("utf-8").split("\n")

    def line(self, key: str) -> str | None:
        """The line of ``key``, or None."""
        number = self.trie.get(key)
        if number is None:
            return None
        low = self._numbers[2 * number]
        line: str = self._lines[low | self._numbers[2 * number + 1] << 8]
        return line


def _codes(features: str) -> frozenset[str]:
    return frozenset(features.split(":")) if features else frozenset()


_MEANING = frozenset(("N", "A", "V", "ADV"))


_ARTICLES = {
    form: kind[0]
    for kind in (
        ("le", "la", "les", "l'"), ("un", "une"), ("ce", "cet", "cette", "ces"),
        ("mon", "ma", "mes"), ("ton", "ta", "tes"), ("son", "sa", "ses"), ("notre", "nos"),
        ("votre", "vos"), ("leur", "leurs"), ("quel", "quelle", "quels", "quelles"),
        ("chaque",), ("plusieurs",), ("quelque", "quelques"),
    )
    for form in kind
}  # fmt: skip


class Lexicon:
    """Forms, readings, inflection and frequency.

    A form is looked up as it is, and if that is unknown in lower case, so that the first word of
    a sentence and a word in capitals are found ("Paris" is the plural of "pari"). Elided words
    ("l'", "qu’") read as their whole forms; decomposed accents and soft hyphens do not matter.
    """

    def __init__(self) -> None:
        self._forms = _Table("forms")
        self._lemmas = _Table("lemmas")

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Lexicon:
        """The lexicon of the package; opened once, in some 5 ms."""
        return Lexicon()

    def __contains__(self, form: str) -> bool:
        trie = self._forms.trie
        key = _key(form)
        return key in trie or key.lower() in trie

    def starting(self, prefix: str) -> list[str]:
        """Every form that starts with ``prefix``, in no order."""
        found: list[str] = self._forms.trie.keys(prefix)
        return found

    @lru_cache(maxsize=65536)  # noqa: B019 - there is one lexicon, which lives as long as we do
    def readings(self, form: str) -> tuple[Reading, ...]:
        """Every reading of a form; empty if it is unknown."""
        key = _key(form)
        line = self._forms.line(key)
        if line is None and key != key.lower():
            key = key.lower()
            line = self._forms.line(key)
        if line is None:
            return ()
        found: list[Reading] = []
        for entry in line.split("\t"):
            cut, suffix, category, features = entry.split("|")
            lemma = key[: len(key) - int(cut)] + suffix
            found.append(Reading(lemma, category, _codes(features)))
        return tuple(found)

    def lemmas(self, form: str) -> frozenset[str]:
        """The lemmas of a form's readings, whatever their category."""
        return frozenset(reading.lemma for reading in self.readings(form))

    def moods(self, form: str) -> frozenset[str]:
        """The DELA letters of a form's tenses and moods: P, I, J, F, C, S, T, Y, W, G, K."""
        found: set[str] = set()
        for reading in self.readings(form):
            if reading.category == "V":
                found.update(code[0] for code in reading.features if code)
            elif reading.category == "A":
                found.add("K")
        return frozenset(found)

    def translations(self, english: str) -> tuple[str, ...]:
        """The French words of the dictionary for an English one, the likeliest first."""
        from mtrepair.languages.fr.dictionary import Dictionary

        return tuple(french for french, _ in Dictionary.load().french(english))

    def article(self, form: str) -> str:
        """The masculine singular of a determiner's kind ("ces": "ce"); empty for other words."""
        return _ARTICLES.get(form.replace("’", "'"), "")

    def means(self, form: str) -> bool:
        """Whether a form may be a noun, adjective, verb or adverb of more than three letters."""
        return len(form) > 3 and any(r.category in _MEANING for r in self.readings(form))

    @lru_cache(maxsize=16384)  # noqa: B019 - as above
    def forms(self, lemma: str, category: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """The inflection of a lemma: each form with its features; empty if it is unknown."""
        line = self._lemmas.line(f"{lemma}|{category}")
        if line is None:
            return ()
        found: list[tuple[str, frozenset[str]]] = []
        for entry in line.split("\t"):
            cut, suffix, features = entry.split("|")
            form = lemma[: len(lemma) - int(cut)] + suffix
            found.append((form, _codes(features)))
        return tuple(found)

    @cached_property
    def _french(self) -> Frequencies:
        return Frequencies(DATA / "zipf-fr")

    @lru_cache(maxsize=65536)  # noqa: B019 - as above
    def zipf(self, word: str) -> float:
        """How frequent a word is in French, case apart: log10 of occurrences per 10^9 words.

        0.0 is unknown or rarer than 1.5.
        """
        return self._french.zipf(_key(word).lower())

    def frequent(self, words: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
        """Those of many words (lower case, composed) that are this frequent, with frequencies.

        It keeps nothing: most of the words are none, and would push what is asked again out of
        the cache of :meth:`zipf`.
        """
        return self._french.frequent(words, least)

    @lru_cache(maxsize=65536)  # noqa: B019 - as above
    def english_zipf(self, word: str) -> float:
        """How frequent a word is in English; 0.0 is unknown or rarer than 2.0."""
        return english().zipf(_key(word).lower())
