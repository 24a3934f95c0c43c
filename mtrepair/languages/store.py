"""Words on disk, memory-mapped: which forms there are, and how frequent words are.

A ``.marisa`` file is a trie; a ``.bin`` beside it has a byte for each of its keys. Both open in
milliseconds, whatever their size.
"""

from __future__ import annotations

import csv
import mmap
import unicodedata
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


@lru_cache(maxsize=1)
def english() -> Frequencies:
    """The frequencies of English words; what is rarer than 2.0 is not there."""
    return Frequencies(DATA / "zipf-en")


class Store:
    """The lexicon of a pack that has forms and frequencies and no readings.

    Args:
        folder: holds ``forms.marisa``, ``zipf-CODE.*`` and ``additions.tsv`` (a column ``word``).
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
        with (self._folder / "additions.tsv").open(encoding="utf-8", newline="") as file:
            return frozenset(row["word"] for row in csv.DictReader(file, delimiter="\t"))

    def __contains__(self, form: str) -> bool:
        """Whether a form is known as it is written or in lower case."""
        key = unicodedata.normalize("NFC", form)
        low = key.lower()
        return key in self._forms or low in self._forms or low in self._additions

    def zipf(self, word: str) -> float:
        """How frequent a word is in the pack's language, case apart."""
        return self._zipf.zipf(unicodedata.normalize("NFC", word).lower())

    def english_zipf(self, word: str) -> float:
        """How frequent a word is in English, case apart."""
        return english().zipf(word.lower())
