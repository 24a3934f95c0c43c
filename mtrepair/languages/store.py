"""Words on disk, memory-mapped: which forms there are, and how frequent words are.

A ``.marisa`` file is a trie; a ``.bin`` beside it has a byte for each of its keys. Both open in
milliseconds, whatever their size.
"""

from __future__ import annotations

import csv
import mmap
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

import marisa_trie

DATA = Path(__file__).parent / "data"
"""What every language pack may use: how frequent English words are."""


class Frequencies:
    """Words to Zipf frequencies in steps of a twentieth.

    Args:
        path: of the two files, without their suffixes.
    """

    def __init__(self, path: Path) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.mmap(f"{path}.marisa")
        with Path(f"{path}.bin").open("rb") as file:
            self._values = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def zipf(self, word: str) -> float:
        """log10 of occurrences per 10^9 words; 0.0 for what is not in the list."""
        number = self._trie.get(word)
        return 0.0 if number is None else self._values[number] / 20

    def frequent(self, words: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
        """Those of many words that are this frequent, with their frequencies."""
        get, values = self._trie.get, self._values
        for word in words:
            number = get(word)
            if number is not None and (zipf := values[number] / 20) >= least:
                yield word, zipf


@lru_cache(maxsize=1)
def english() -> Frequencies:
    """The frequencies of English words; what is rarer than 2.0 is not there."""
    return Frequencies(DATA / "zipf-en")


class Store:
    """The lexicon of a pack that has forms and frequencies and no readings.

    Args:
        folder: holds ``forms.marisa``, ``zipf-CODE.*``, ``additions.tsv`` (words that the forms
            lack, foreign ones among them) and ``affixes.tsv`` (kind ``prefix`` or ``suffix``, the
            affix, and for a suffix what stands in its place in the base).
        code: the language's.
    """

    def __init__(self, folder: Path, code: str) -> None:
        self._folder = folder
        self._code = code

    @cached_property
    def _forms(self) -> marisa_trie.Trie:
        trie = marisa_trie.Trie()
        trie.mmap(str(self._folder / "forms.marisa"))
        return trie

    @cached_property
    def _zipf(self) -> Frequencies:
        return Frequencies(self._folder / f"zipf-{self._code}")

    @cached_property
    def _additions(self) -> frozenset[str]:
        return frozenset(row["word"] for row in self._rows("additions"))

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(r["affix"] for r in self._rows("affixes") if r["kind"] == "prefix")

    @cached_property
    def _suffixes(self) -> tuple[tuple[str, str], ...]:
        rows = self._rows("affixes")
        return tuple((row["affix"], row["base"]) for row in rows if row["kind"] == "suffix")

    def _rows(self, name: str) -> list[dict[str, str]]:
        with (self._folder / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t"))

    def __contains__(self, form: str) -> bool:
        """Whether a form is known, as it is written or in lower case, or made of a known one."""
        key = unicodedata.normalize("NFC", form).replace("\u00ad", "")
        low = key.lower()
        return self._has(low) or key in self._forms or self._derives(low)

    def _has(self, word: str) -> bool:
        return word in self._forms or word in self._additions

    def _derives(self, word: str) -> bool:
        """Whether a word in lower case is made of a known one by the pack's affixes."""
        for prefix in self._prefixes:
            if word.startswith(prefix):
                rest = word[len(prefix) :].removeprefix("-")
                rest = rest[1:] if rest.startswith("rr") else rest  # "antirrobo"
                if len(rest) > 3 and self._has(rest):
                    return True
        return any(
            word.endswith(suffix)
            and len(word) - len(suffix) > 2
            and self._has(word[: len(word) - len(suffix)] + base)
            for suffix, base in self._suffixes
        )

    def zipf(self, word: str) -> float:
        """How frequent a word is in the pack's language, case apart."""
        return self._zipf.zipf(unicodedata.normalize("NFC", word).lower())

    def frequent(self, words: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
        """Those of many words, in lower case, that are this frequent, with their frequencies."""
        return self._zipf.frequent(words, least)

    def english_zipf(self, word: str) -> float:
        """How frequent a word is in English, case apart."""
        return english().zipf(word.lower())

    def means(self, form: str) -> bool:
        """False: a list of forms knows no parts of speech."""
        del form
        return False

    def moods(self, form: str) -> frozenset[str]:
        """Nothing: a list of forms knows no inflections."""
        del form
        return frozenset()

    def translations(self, english: str) -> tuple[str, ...]:
        """Nothing: a list of forms is no dictionary."""
        del english
        return ()

    def article(self, form: str) -> str:
        """Nothing: a list of forms knows no parts of speech."""
        del form
        return ""

    def lemmas(self, form: str) -> frozenset[str]:
        """Nothing: a list of forms knows no inflections."""
        del form
        return frozenset()
