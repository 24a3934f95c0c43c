"""The formats of a batch: which file is read by which, and what a list of inputs holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from mtrepair.batch.formats import jsonl, table, tree
from mtrepair.batch.formats.base import Format, Source
from mtrepair.batch.formats.jsonl import JsonLines
from mtrepair.batch.formats.table import Table
from mtrepair.batch.formats.tree import Tree
from mtrepair.core import ConfigError, InputError

__all__ = ["Format", "Source", "find", "format_named"]


def format_named(kind: str) -> Format:
    """The worker's side of a format."""
    return cast("Format", import_module(f"mtrepair.batch.formats.{kind}"))


def find(paths: Sequence[str], out: Path | None) -> list[Source]:
    """The sources that the paths stand for, sorted by the name of their output.

    A directory stands for all files below it whose suffix is known; hidden ones are passed over.
    With one directory names count from it, with several from their parents.

    Raises:
        InputError: if a path is missing, of no known format, or holds nothing.
        ConfigError: if an input lies below ``out`` or the other way round, or two inputs would be
            written to one place.
    """
    several = len(paths) > 1
    found: dict[str, Path] = {}
    for given in paths:
        path = Path(given)
        if out is not None:
            _apart(path, out)
        if path.is_dir():
            files = list(_below(path))
            if not files:
                raise InputError(f"{given}: no file of a known format in this directory")
            prefix = f"{path.resolve().name}/" if several else ""
            named = [(f"{prefix}{file.relative_to(path).as_posix()}", file) for file in files]
        elif path.is_file():
            if not _known(path):
                raise InputError(f"{given}: unknown format (by its suffix)")
            named = [(path.name, path)]
        else:
            raise InputError(f"{given}: no such file or directory")
        for name, file in named:
            if name in found:
                raise ConfigError(f"{found[name]} and {file} would both be written to data/{name}")
            found[name] = file
    return list(_sources(found))


def _sources(files: dict[str, Path]) -> Iterator[Source]:
    texts: list[tuple[Path, str, int, int]] = []
    for name, path in sorted(files.items()):
        if _ends(path, jsonl.SUFFIXES):
            yield JsonLines(path, name)
        elif _ends(path, table.SUFFIXES):
            yield Table(path, name)
        else:
            stat = path.stat()
            texts.append((path, name, stat.st_size, stat.st_mtime_ns))
    if texts:
        yield Tree(tuple(texts))


def _known(path: Path) -> bool:
    return _ends(path, (*jsonl.SUFFIXES, *table.SUFFIXES, *tree.SUFFIXES))


def _ends(path: Path, suffixes: Sequence[str] | frozenset[str]) -> bool:
    return path.name.lower().endswith(tuple(suffixes))


def _below(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{folder}: {(error.strerror or str(error)).lower()}") from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path))
        elif entry.is_file() and _known(Path(entry.path)):
            yield Path(entry.path)


def _apart(path: Path, out: Path) -> None:
    """The input is never overwritten, nor the output read."""
    here, there = path.resolve(), out.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise ConfigError(f"--out {out}: must lie neither in {path} nor around it")
