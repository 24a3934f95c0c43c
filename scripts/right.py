"""Right French of the shared data, as several scripts read it."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
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


REFERENCES = ("news_systems", "newstest2021_de_fr", "diabla")


def train(data: Path) -> Iterator[str]:
    """All right French that may be learned from: clean/train, parallel/train, references."""
    for path in paths(data, "train", ("",)):
        yield from lines(path)
    for name in REFERENCES:
        with lzma.open(data / f"mt/train/{name}.jsonl.xz", "rt", encoding="utf-8") as rows:
            yield from sorted({row.get("ref") or "" for row in map(json.loads, rows)})
