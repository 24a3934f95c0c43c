"""Text, Markdown and HTML files, each of them one record."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mtrepair.batch.chunk import Chunk, Key, Patch
from mtrepair.batch.formats.base import Results
from mtrepair.batch.records import Record, Reject, Text
from mtrepair.batch.settings import Settings
from mtrepair.core import ConfigError, InputError
from mtrepair.readers.base import format_of
from mtrepair.readers.files import SUFFIXES, encode, read_bytes

__all__ = ["KIND", "SUFFIXES", "Tree", "parse", "patch"]

KIND = "tree"


@dataclass(frozen=True, slots=True)
class Tree:
    """Files of text.

    Attributes:
        files: path, name below ``OUT/data``, bytes and time of change of each, in order.
    """

    files: tuple[tuple[Path, str, int, int], ...]
    name: str = ""
    kind: str = KIND

    @property
    def total(self) -> int:
        """Bytes of all files."""
        return sum(size for _, _, size, _ in self.files)

    def state(self) -> list[object]:
        """A digest over the names, sizes and times of all files as they are now."""
        digest = hashlib.sha256()
        for path, name, _, _ in self.files:
            stat = path.stat()
            digest.update(repr((name, stat.st_size, stat.st_mtime_ns)).encode("utf-8"))
        return [self.name, len(self.files), digest.hexdigest()]

    def chunks(
        self, index: int, settings: Settings, done: frozenset[Key] = frozenset()
    ) -> Iterator[Chunk]:
        """Files one after another until they fill a chunk."""
        first = 1
        for number, group in enumerate(self._groups(settings.chunk)):
            key = Key(index, number)
            payload = [] if key in done else [_load(*row[:3], settings) for row in group]
            size = sum(bytes_ for _, _, bytes_, _ in group)
            yield Chunk(key=key, payload=payload, first=first, size=size)
            first += len(group)

    def write(self, folder: Path, index: int, settings: Settings, results: Results) -> list[str]:
        """Changed files as they should be, the others as they are."""
        for number, group in enumerate(self._groups(settings.chunk)):
            changed = {p.start: p.data for p in results(Key(index, number)).patches}
            for place, (path, name, _, _) in enumerate(group):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if place in changed:
                    target.write_bytes(changed[place])
                else:
                    shutil.copyfile(path, target)
        return [name for _, name, _, _ in self.files]

    def _groups(self, size: int) -> Iterator[list[tuple[Path, str, int, int]]]:
        group: list[tuple[Path, str, int, int]] = []
        filled = 0
        for row in self.files:
            group.append(row)
            filled += row[2]
            if filled >= size or len(group) == 1000:
                yield group
                group, filled = [], 0
        if group:
            yield group


Loaded = tuple[str, bytes | None, str, bytes | None]
"""A file's name, content (None if there is none to be had), what is wrong, and its original."""


def _load(path: Path, name: str, size: int, settings: Settings) -> Loaded:
    if size > settings.longest:
        return name, None, f"too-long {size:,} bytes", None
    try:
        data = path.read_bytes()
    except OSError as error:
        return name, None, f"unreadable {(error.strerror or str(error)).lower()}", None
    if settings.source_pattern is None:
        return name, data, "", None
    try:
        return name, data, "", _original(path, settings.source_pattern).read_bytes()
    except OSError as error:
        return name, None, f"unreadable its original: {(error.strerror or '').lower()}", None


def _original(path: Path, pattern: str) -> Path:
    """The file that the pattern names for ``path``, beside it unless it is absolute."""
    try:
        filled = Path(pattern.format(stem=path.stem, name=path.name, suffix=path.suffix))
    except (KeyError, IndexError, ValueError) as error:
        raise ConfigError(f"--source {pattern}: unknown placeholder {error}") from None
    return filled if filled.is_absolute() else path.parent / filled


def parse(chunk: Chunk, settings: Settings) -> Iterator[Record | Reject]:
    """The files of a chunk."""
    payload: list[Loaded] = chunk.payload
    for place, (name, data, problem, original) in enumerate(payload):
        number = chunk.first + place
        if data is None:
            reason, _, detail = problem.partition(" ")
            yield Reject(number=number, id=name, reason=reason, detail=detail)
            continue
        try:
            file = read_bytes(data, name, settings.encoding)
            source = None if original is None else read_bytes(original, name).text
        except InputError as error:
            detail = str(error).removeprefix(f"{name}: ")
            reason = "not-utf-8" if detail.startswith("not ") else "unreadable"
            yield Reject(number=number, id=name, reason=reason, detail=detail)
            continue
        shape = settings.text_format
        text = Text(
            field=None,
            text=file.text,
            source=source,
            format=format_of(name) if shape == "auto" else shape,
        )
        yield Record(number=number, id=name, texts=(text,), handle=(place, file))


def patch(record: Record, texts: Mapping[str | None, str]) -> list[Patch]:
    """The whole file anew, in its encoding."""
    place, file = record.handle
    return [Patch(place, place, encode(file, text)) for text in texts.values()]
