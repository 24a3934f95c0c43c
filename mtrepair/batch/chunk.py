"""The units of a run: chunks of input, and what came of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

VERSION = 1
"""Of the encoding of results; part of the fingerprint of a run."""


class Key(NamedTuple):
    """Which chunk: the index of its source among the inputs, and its number in there."""

    source: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A stretch of an input.

    Attributes:
        payload: what its format's ``parse`` takes; empty for a stretch that no worker looks at.
        first: number of its first record in the source (lines and rows count from 1).
        size: bytes of the input file that it took, for the progress.
    """

    key: Key
    payload: Any
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class Patch:
    """New content: what ``start`` and ``end`` count in is the format's affair."""

    start: int
    end: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a chunk.

    Attributes:
        patches: what to change in the chunk, in its order.
        edits: lines of ``edits.jsonl``.
        rejects: lines of ``rejects.jsonl``.
        stats: counts (see :mod:`mtrepair.batch.stats`).
    """

    key: Key
    size: int = 0
    patches: tuple[Patch, ...] = ()
    edits: bytes = b""
    rejects: bytes = b""
    stats: Mapping[str, Any] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The result as bytes: a line of JSON, then the raw parts in its order."""
        head = {
            "key": list(self.key),
            "size": self.size,
            "patches": [[p.start, p.end, len(p.data)] for p in self.patches],
            "edits": len(self.edits),
            "rejects": len(self.rejects),
            "stats": self.stats,
        }
        line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        return b"".join(
            (line, b"\n", *(p.data for p in self.patches), self.edits, self.rejects),
        )

    @classmethod
    def decode(cls, data: bytes) -> Result:
        """The result that :meth:`encode` wrote."""
        at = data.index(b"\n")
        head = json.loads(data[:at])
        at += 1
        patches: list[Patch] = []
        for start, end, length in head["patches"]:
            patches.append(Patch(start, end, data[at : at + length]))
            at += length
        middle = at + head["edits"]
        return cls(
            key=Key(*head["key"]),
            size=head["size"],
            patches=tuple(patches),
            edits=data[at:middle],
            rejects=data[middle : middle + head["rejects"]],
            stats=head["stats"],
        )
