"""Word frequencies of wordfreq, compiled into tries; shared by the scripts that build lexicons."""

from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path

import marisa_trie
import msgpack

PACKAGE = "wordfreq==3.1.1"


def frequencies(wheel: zipfile.ZipFile, language: str) -> dict[str, float]:
    """wordfreq's list: the n-th group holds the words of n centibels below the top (10^9)."""
    data = gzip.decompress(wheel.read(f"wordfreq/data/large_{language}.msgpack.gz"))
    _, *groups = msgpack.unpackb(data, raw=False)
    zipf: dict[str, float] = {}
    for centibels, group in enumerate(groups):
        for word in group:
            if re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", word):
                zipf[word] = 9 - centibels / 100
    return zipf


def write_frequencies(folder: Path, language: str, zipf: dict[str, float], lowest: float) -> None:
    """Words of at least ``lowest`` as ``zipf-LANGUAGE.marisa`` and ``.bin`` in a folder."""
    kept = {word: value for word, value in zipf.items() if value >= lowest}
    trie = marisa_trie.Trie(sorted(kept))
    values = bytearray(len(kept))
    for word, value in kept.items():
        values[trie[word]] = round(20 * value)
    trie.save(str(folder / f"zipf-{language}.marisa"))
    (folder / f"zipf-{language}.bin").write_bytes(bytes(values))
    print(f"zipf-{language}: {len(kept)} words")
