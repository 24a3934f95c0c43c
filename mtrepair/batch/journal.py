"""The journal of a run: what is done, bound to what was asked.

One file that only grows. The first entry says what the run is made from; every other entry is the
result of one chunk. An entry is a line with its length and CRC-32, its bytes, and a newline; it is
written and synced before the next one is begun. So a chunk is in the journal whole or not at all:
what a kill, a full disk or a power cut left of the last entry does not have the right checksum and
is cut off when the run goes on.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from mtrepair.batch.chunk import Key, Result
from mtrepair.core import ConfigError, InputError

_HEAD = 64  # more than the longest header line: two numbers, a space and a newline


class Journal:
    """An open journal; whoever has it open holds its lock.

    Use :meth:`create` or :meth:`resume`.
    """

    def __init__(self, path: Path, stream: BinaryIO, description: dict[str, Any]) -> None:
        self.path = path
        self.description = description
        self._stream = stream
        self._index: dict[Key, tuple[int, int]] = {}
        self._end = stream.seek(0, os.SEEK_END)
        self._torn = False

    @classmethod
    def create(cls, path: Path, description: dict[str, Any]) -> Journal:
        """A new journal; one that has no result yet is begun anew.

        Raises:
            ConfigError: if there is one with results already.
            OSError: if it cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_empty(path)
        try:
            stream = path.open("x+b", buffering=0)
        except FileExistsError:
            raise ConfigError(
                f"{path.parent.parent}: holds a run already; go on with --resume, or give"
                " another --out"
            ) from None
        _lock(stream, path)
        journal = cls(path, stream, description)
        journal._append(json.dumps(description, ensure_ascii=False).encode("utf-8"))
        _sync_folder(path.parent)
        return journal

    @classmethod
    def resume(cls, path: Path) -> Journal | None:
        """The journal of a run that was cut off, torn end removed; None if nothing was begun.

        Raises:
            ConfigError: if the run is still going on.
            InputError: if the file is no journal.
        """
        try:
            stream = path.open("r+b", buffering=0)
        except FileNotFoundError:
            return None
        _lock(stream, path)
        entries = _entries(stream)
        first = next(entries, None)
        if first is None:  # killed before the first entry was whole
            stream.close()
            path.unlink()
            return None
        try:
            description = json.loads(_read(stream, *first))
        except ValueError:
            raise InputError(f"{path}: not a journal") from None
        journal = cls(path, stream, description)
        end = first[0] + first[1] + 1
        for start, length in entries:
            key = Result.decode(_read(stream, start, length)).key
            journal._index[key] = (start, length)
            end = start + length + 1
        stream.truncate(end)
        os.fsync(stream.fileno())
        journal._end = end
        return journal

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def __contains__(self, key: Key) -> bool:
        return key in self._index

    def __len__(self) -> int:
        return len(self._index)

    def keys(self) -> frozenset[Key]:
        """The chunks that are done."""
        return frozenset(self._index)

    def add(self, result: Result) -> None:
        """Write a result down for good; a second one for the same chunk is ignored.

        Raises:
            OSError: if there is no room; the journal is then as it was before.
        """
        if result.key in self._index:
            return
        data = result.encode()
        start = self._append(data)
        self._index[result.key] = (start, len(data))

    def get(self, key: Key) -> Result:
        """The result of a chunk that is done."""
        return Result.decode(_read(self._stream, *self._index[key]))

    def results(self) -> Iterator[Result]:
        """All results, in the order of their chunks."""
        for key in sorted(self._index):
            yield self.get(key)

    def remove(self) -> None:
        """Delete the journal's file; what it says is not needed any more."""
        self.path.unlink()

    def _append(self, data: bytes) -> int:
        if self._torn:  # what a failed write left would hide all that comes after it
            self._stream.truncate(self._end)
            self._torn = False
        head = b"%d %d\n" % (len(data), zlib.crc32(data))
        entry = memoryview(head + data + b"\n")
        try:
            self._stream.seek(self._end)
            while entry:
                entry = entry[self._stream.write(entry) :]
            os.fsync(self._stream.fileno())
        except OSError:
            self._torn = True
            self._stream.truncate(self._end)
            self._torn = False
            raise
        start = self._end + len(head)
        self._end = start + len(data) + 1
        return start


def _remove_empty(path: Path) -> None:
    """Delete a journal without a result: a run that ended at once, over a wrong option say."""
    found = Journal.resume(path)
    if found is not None:
        with found:
            if not len(found):
                found.remove()


def _entries(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Place and length of each whole entry, up to the first that is not."""
    at = 0
    while True:
        stream.seek(at)
        line, newline, _ = stream.read(_HEAD).partition(b"\n")
        numbers = line.split(b" ")
        if not newline or len(numbers) != 2 or not all(n.isdigit() for n in numbers):
            return
        length, crc = map(int, numbers)
        start = at + len(line) + 1
        data = _read(stream, start, length + 1)
        if len(data) != length + 1 or data[-1:] != b"\n" or zlib.crc32(data[:-1]) != crc:
            return
        yield start, length
        at = start + length + 1


def _read(stream: BinaryIO, start: int, length: int) -> bytes:
    stream.seek(start)
    parts: list[bytes] = []
    while length > 0 and (data := stream.read(length)):
        parts.append(data)
        length -= len(data)
    return b"".join(parts)


def _lock(stream: BinaryIO, path: Path) -> None:
    """Two runs must not write one journal; the system lets go of the lock when a run dies."""
    if sys.platform == "win32":
        return  # no advisory locks there
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.close()
        raise ConfigError(f"{path.parent.parent}: another run is writing there") from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # pragma: no cover - file systems that cannot
        pass
    finally:
        os.close(handle)
