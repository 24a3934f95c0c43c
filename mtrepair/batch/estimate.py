"""What a run would do and take, from a sample; nothing is written."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtrepair.batch import stats as counts
from mtrepair.batch.chunk import Chunk, Key
from mtrepair.batch.formats import Source, find
from mtrepair.batch.formats.jsonl import JsonLines, lines
from mtrepair.batch.formats.tree import Tree
from mtrepair.batch.progress import duration
from mtrepair.batch.settings import Settings
from mtrepair.batch.work import Worker
from mtrepair.core import InputError

PIECE = 16 * 1024
"""Bytes of one piece of the sample: small, so that the pieces can stand far apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A sample and what it says of the whole.

    Attributes:
        sampled, total: bytes of the inputs.
        spread: whether the sample is from all over the inputs; compressed files and tables are
            only read at their beginning.
        seconds: of one process, for the sample.
    """

    stats: counts.Stats
    sampled: int
    total: int
    spread: bool
    seconds: float

    @property
    def factor(self) -> float:
        """How many times the sample the whole is."""
        return self.total / max(1, self.sampled)


def estimate(inputs: Sequence[str], settings: Settings, jobs: int, size: int) -> Estimate:
    """Clean a sample in this process.

    Args:
        jobs: not used for the sample; the estimate is for so many.
        size: bytes of the sample.

    Raises:
        InputError: if there is nothing to sample.
    """
    del jobs
    sources = find(inputs, None)
    total = sum(source.total for source in sources)
    worker = Worker(
        settings,
        tuple(source.kind for source in sources),
        tuple(source.name for source in sources),
    )
    stats = counts.empty()
    sampled, spread, seconds = 0, True, 0.0
    for index, source in enumerate(sources):
        share = max(PIECE, size * source.total // max(1, total))
        pieces, even = _sample(index, source, settings, share)
        spread = spread and even
        for piece in pieces:
            if not stats["records"]:
                worker.clean(piece)  # the first one loads the lexicon
            began = time.monotonic()
            result = worker.clean(piece)
            seconds += time.monotonic() - began
            counts.merge(stats, result.stats)
            sampled += piece.size
    if not stats["records"]:
        raise InputError("there are no records to sample")
    return Estimate(
        stats=stats, sampled=min(sampled, total), total=total, spread=spread, seconds=seconds
    )


def _sample(
    index: int, source: Source, settings: Settings, size: int
) -> tuple[Iterator[Chunk], bool]:
    """Pieces of a source, about ``size`` bytes, and whether they are from all over it."""
    small = replace(settings, chunk=min(settings.chunk, PIECE))
    if size >= source.total:
        return source.chunks(index, small, frozenset()), True
    if isinstance(source, JsonLines) and source.path.suffix not in (".gz", ".zst"):
        return _spread_lines(index, source, settings, size), True
    if isinstance(source, Tree):
        step = max(1, math.ceil(source.total / max(1, size)))
        return Tree(source.files[::step]).chunks(index, small, frozenset()), True
    return _beginning(source.chunks(index, small, frozenset()), size), False


def _spread_lines(index: int, source: JsonLines, settings: Settings, size: int) -> Iterator[Chunk]:
    count = max(1, min(size, source.total) // PIECE)
    seen = 0
    for number in range(count):
        with source.path.open("rb") as stream:
            start = source.total * number // count
            if start > seen:
                stream.seek(start - 1)
                stream.readline(settings.longest)  # the rest of the line that begins before
            else:  # the piece before reached so far
                stream.seek(seen)
            start = stream.tell()
            payload = next(lines(stream.read, PIECE, settings.longest), b"")
            seen = start + len(payload)
        if payload:
            key = Key(index, number)
            yield Chunk(key=key, payload=payload, first=1, size=len(payload))


def _beginning(chunks: Iterator[Chunk], size: int) -> Iterator[Chunk]:
    taken = 0
    for chunk in chunks:
        yield chunk
        taken += max(chunk.size, 1)
        if taken >= size:
            return


def interval(count: int, total: int) -> tuple[float, float]:
    """The share ``count / total`` lies in there, 95 times of 100 (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, count / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (
        max(0.0, (middle - spread) / (1 + z * z / total)),
        min(1.0, (middle + spread) / (1 + z * z / total)),
    )


def lines_of(found: Estimate, jobs: int) -> list[str]:
    """The estimate for people."""
    stats = found.stats
    records, words = stats["records"], stats["words"]
    rate = words / max(found.seconds, 1e-9)
    text = [
        f"sample    {records:,} records, {words:,} words"
        f" ({min(100.0, 100 / found.factor):.3g} % of the input"
        + (")" if found.spread else ", from its beginning)"),
        f"whole     about {round(records * found.factor):,} records,"
        f" {round(words * found.factor):,} words",
    ]
    for name, what in (("flagged", "flagged"), ("changed", "changed")):
        low, high = interval(stats[name], records)
        text.append(
            f"{what:<9} {100 * stats[name] / records:.2g} % of the records"
            f" ({100 * low:.2g} to {100 * high:.2g} %)"
        )
    rejected = sum(stats["rejected"].values())
    if rejected:
        reasons = ", ".join(f"{n} {name}" for name, n in sorted(stats["rejected"].items()))
        text.append(f"rejected  {100 * rejected / records:.2g} % ({reasons})")
    top = list(counts.ordered(stats)["findings"].items())[:5]
    if top:
        shown = ", ".join(f"{rule} {10_000 * n / max(1, words):.2g}" for rule, n in top)
        text.append(f"findings  in 10,000 words: {shown}")
    text.append(
        f"time      about {duration(found.seconds * found.factor / jobs)} with {jobs}"
        f" process{'es' * (jobs != 1)} ({rate:,.0f} words a second each)"
    )
    return text
