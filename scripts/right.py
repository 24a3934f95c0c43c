"""Right French of the shared data, as several scripts read it."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from pathlib import Path


def paths(data: Path, part: str, parallel: Sequence[str] = ()) -> list[Path]:
    """The texts of clean/PART, and of parallel/PART those whose names start so."""
    found = sorted((data / "clean" / part).glob("*.txt.xz"))
    if parallel:
        others = sorted((data / "parallel" / part).glob("*.tsv.xz"))
        found += [path for path in others if path.name.startswith(tuple(parallel))]
    return found


def lines(path: Path) -> list[str]:
    """The lines of a text; of a parallel one the French, which stands in its last column."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [line.split("\t")[-1] for line in file.read().split("\n")]
