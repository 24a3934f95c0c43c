"""English and French words that translate each other.

Learned by word alignment from tier A parallel text (``scripts/build-dictionary`` names the method,
data/README.md the origins); memory-mapped, one trie for both directions, whose keys are
``e|f`` + word + tab + probability + translation.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import marisa_trie

DATA = Path(__file__).parent / "data" / "dictionary.marisa"


class Dictionary:
    """The dictionary of the package; :meth:`load` opens it once."""

    def __init__(self) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(DATA))

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Dictionary:
        """The dictionary; opened once, in about a millisecond."""
        return Dictionary()

    def french(self, word: str) -> tuple[tuple[str, float], ...]:
        """French words (lower case) for an English one, the likeliest first.

        The numbers are P(French | English) of word alignment, in (0, 1].
        """
        return self._look_up("e", word.lower())

    def english(self, word: str) -> tuple[tuple[str, float], ...]:
        """English words (lower case) for a French one, the likeliest first; see :meth:`french`."""
        return self._look_up("f", word.lower())

    @lru_cache(maxsize=16384)  # noqa: B019 - there is one dictionary, which lives as long as we do
    def _look_up(self, side: str, word: str) -> tuple[tuple[str, float], ...]:
        prefix = f"{side}{word}\t"
        found = [
            (key[len(prefix) + 1 :], max(ord(key[len(prefix)]) - 35, 1) / 90)
            for key in self._trie.keys(prefix)
        ]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0])))
