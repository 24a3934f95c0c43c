"""The findings that are known: a file of fingerprints, and which findings of today they are."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from mtrepair.config.fingerprint import Fingerprint
from mtrepair.config.load import shown
from mtrepair.core import ConfigError
from mtrepair.readers.files import write_atomic

VERSION = 1
NAME = "mtrepair-baseline.json"


@lru_cache(maxsize=16)
def read_baseline(path: str) -> Mapping[str, tuple[Fingerprint, ...]]:
    """The fingerprints by file; files are named from the folder of the baseline.

    Raises:
        ConfigError: if it is missing, no baseline, or of a version that this program cannot read.
    """
    name = shown(path)
    try:
        data = json.loads(Path(path).read_bytes())
    except FileNotFoundError:
        hint = "write it with --write-baseline"
        raise ConfigError(f"{name}: no such baseline; {hint}") from None
    except OSError as error:
        raise ConfigError(f"{name}: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError):
        raise ConfigError(f"{name}: not a baseline: no JSON") from None
    if not isinstance(data, dict) or "version" not in data:
        raise ConfigError(f"{name}: not a baseline: no version")
    if data["version"] != VERSION:
        raise ConfigError(
            f"{name}: a baseline of version {data['version']}; this program reads {VERSION}"
        )
    try:
        return {
            file: tuple(_entry(entry) for entry in entries)
            for file, entries in data["files"].items()
        }
    except (KeyError, TypeError, AttributeError):
        raise ConfigError(f"{name}: not a baseline: an entry lacks its fields") from None


def _entry(entry: dict[str, Any]) -> Fingerprint:
    rule, text, before, after = (entry[key] for key in ("rule", "text", "before", "after"))
    return Fingerprint(str(rule), str(text), tuple(before.split()), tuple(after.split()))


def file_key(baseline: str, path: str) -> str:
    """What a baseline calls a file: its path from the baseline's folder, with slashes."""
    folder = os.path.dirname(os.path.abspath(baseline))  # noqa: PTH100, PTH120 - links stay
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()


def write_baseline(path: str, found: Mapping[str, Sequence[Fingerprint]]) -> None:
    """Write a baseline; what it holds of other files that still exist stays.

    Args:
        found: the fingerprints of each checked file, by path.

    Raises:
        ConfigError: if there is another file in its place.
        InputError: if it cannot be written.
    """
    folder = Path(path).absolute().parent
    files: dict[str, Sequence[Fingerprint]] = {}
    if Path(path).exists():
        old = read_baseline(path)
        files = {name: marks for name, marks in old.items() if (folder / name).exists()}
    for file, marks in found.items():
        files[file_key(path, file)] = marks
    data = {
        "version": VERSION,
        "files": {
            name: [
                {
                    "rule": mark.rule,
                    "text": mark.text,
                    "before": " ".join(mark.before),
                    "after": " ".join(mark.after),
                }
                for mark in marks
            ]
            for name, marks in sorted(files.items())
            if marks
        },
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_atomic(path, text.encode("utf-8"))
    read_baseline.cache_clear()


def match(known: Sequence[Fingerprint], found: Sequence[Fingerprint]) -> list[int | None]:
    """Which known finding each found one is; every known one is used once.

    Those that are wholly the same go first, then those that share enough of their neighbours
    (:meth:`Fingerprint.neighbours`). Takes time linear in both.
    """
    places: dict[Fingerprint, list[int]] = {}
    for index in range(len(known) - 1, -1, -1):
        places.setdefault(known[index], []).append(index)
    result: list[int | None] = [None] * len(found)
    for number, mark in enumerate(found):
        if places.get(mark):
            result[number] = places[mark].pop()
    free = Counter(index for rest in places.values() for index in rest)
    partly: dict[tuple[object, ...], list[int]] = {}
    for index in sorted(free, reverse=True):
        for key in known[index].neighbours():
            partly.setdefault((known[index].rule, known[index].text, key), []).append(index)
    for number, mark in enumerate(found):
        if result[number] is not None:
            continue
        for key in mark.neighbours():
            waiting = partly.get((mark.rule, mark.text, key), [])
            while waiting and not free[waiting[-1]]:
                waiting.pop()
            if waiting:
                index = waiting.pop()
                free[index] -= 1
                result[number] = index
                break
    return result
