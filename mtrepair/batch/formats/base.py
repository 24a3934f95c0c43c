"""What a format is: chunks of a file for the workers, and the file again with their patches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mtrepair.batch.chunk import Chunk, Key, Patch, Result
from mtrepair.batch.records import Record, Reject
from mtrepair.batch.settings import Settings

Results = Callable[[Key], Result]
"""The result of a chunk that is done."""


class Source(Protocol):
    """An input: a file with records, or a tree of files that are records.

    Where its chunks begin and end depends on its content and the settings alone. Sources can be
    pickled; they hold paths, never open files.

    Attributes:
        kind: the name of its format, under which :mod:`mtrepair.batch.formats` finds it.
        name: its path below ``OUT/data`` (of a tree: the folder).
        total: bytes that it has on disk.
    """

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def total(self) -> int: ...

    def state(self) -> list[object]:
        """What tells whether the input has changed since: name, size, time of its change."""

    def chunks(self, index: int, settings: Settings, done: frozenset[Key]) -> Iterator[Chunk]:
        """The chunks from first to last; those in ``done`` may come without their payload.

        Raises:
            InputError: if the file is damaged or cannot be read.
        """

    def write(self, folder: Path, index: int, settings: Settings, results: Results) -> list[str]:
        """Write the output below ``folder``; the names of the files written.

        Raises:
            InputError: if the input cannot be read any more.
            OSError: if the output cannot be written.
        """


@dataclass(frozen=True, slots=True)
class OneFile:
    """What sources that are one file have in common.

    Attributes:
        path: where it is.
        name: its path below ``OUT/data``.
    """

    path: Path
    name: str

    @property
    def total(self) -> int:
        """Bytes on disk."""
        return self.path.stat().st_size

    def state(self) -> list[object]:
        """Name, size and time of the last change."""
        stat = self.path.stat()
        return [self.name, stat.st_size, stat.st_mtime_ns]


class Format(Protocol):
    """The worker's side of a format: a module with these two functions."""

    def parse(self, chunk: Chunk, settings: Settings) -> Iterator[Record | Reject]:
        """The records of a chunk, in order."""

    def patch(self, record: Record, texts: Mapping[str | None, str]) -> list[Patch]:
        """What puts new texts (by field) into a record's place.

        Raises:
            InputError: if they cannot be written there (an encoding lacks a character).
        """
