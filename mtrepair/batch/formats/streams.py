"""Compressed files as streams of bytes, in and out."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from mtrepair.core import ConfigError, InputError

BLOCK = 1 << 18
GZIP_LEVEL = 6
ZSTD_LEVEL = 3
"""The defaults of the two programs."""

Read = Callable[[int], bytes]
"""Up to so many bytes; none at the end."""


@contextmanager
def reading(path: Path) -> Iterator[tuple[Read, Callable[[], int]]]:
    """The decompressed bytes of a file, and how far into the file itself they reach.

    Raises:
        InputError: if it cannot be opened, or, while reading, if it is damaged or cut short.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    with stream:
        if path.suffix == ".gz":
            with gzip.open(stream) as inner:
                yield _guarded(path, inner.read1), stream.tell
        elif path.suffix == ".zst":
            yield _guarded(path, _zstd_reader(path, stream)), stream.tell
        else:
            yield _guarded(path, stream.read), stream.tell


@contextmanager
def writing(path: Path) -> Iterator[Callable[[bytes], object]]:
    """Write a file that is compressed as its suffix says; the same bytes for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        if path.suffix == ".gz":
            # Neither name nor time in the header, so that two runs give the same bytes.
            with gzip.GzipFile("", "wb", GZIP_LEVEL, stream, mtime=0) as packed:
                yield packed.write
        elif path.suffix == ".zst":
            compressor = _zstandard(path).ZstdCompressor(level=ZSTD_LEVEL)
            with compressor.stream_writer(stream, closefd=False) as packed:
                yield packed.write
        else:
            yield stream.write


def _guarded(path: Path, read: Read) -> Read:
    def guarded(size: int) -> bytes:
        try:
            return read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{path}: damaged or cut short ({error})") from None

    return guarded


def _zstd_reader(path: Path, stream: BinaryIO) -> Read:
    """Frame after frame; the library's own reader takes a frame that is cut short for whole."""
    zstandard = _zstandard(path)
    machine: Any = None
    ready = io.BytesIO()
    rest = b""

    def read(size: int) -> bytes:
        nonlocal machine, ready, rest
        while not (data := ready.read(size)):
            block = rest or stream.read(1 << 16)
            rest = b""
            if not block:
                if machine is not None:
                    raise EOFError("the last frame has no end")
                return b""
            if machine is None:
                machine = zstandard.ZstdDecompressor().decompressobj()
            try:
                ready = io.BytesIO(machine.decompress(block))
            except zstandard.ZstdError as error:
                raise EOFError(str(error)) from None
            if machine.eof:
                rest, machine = machine.unused_data, None
        return data

    return read


def _zstandard(path: Path) -> Any:
    try:
        import zstandard
    except ImportError:
        raise ConfigError(f"{path}: needs zstandard; pip install 'mtrepair[batch]'") from None
    return zstandard
