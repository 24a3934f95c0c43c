"""What a run is made from, so that it goes on only as it began."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from mtrepair.batch import chunk
from mtrepair.batch.formats import Source
from mtrepair.batch.settings import Settings
from mtrepair.version import __version__

_WRITTEN = (".py", ".tsv", ".csv", ".json", ".txt")


def describe(sources: Sequence[Source], settings: Settings) -> dict[str, Any]:
    """Everything that decides about the output, as JSON values.

    Raises:
        OSError: if an input cannot be looked at.
        ModelError: if the model is wanted and cannot be found.
    """
    model = None
    if settings.options.proposals == "model":
        from mtrepair.models.store import find

        folder = find(settings.options.model)
        model = {"name": folder.name, "version": folder.version, "files": folder.manifest["files"]}
    return {
        "journal": chunk.VERSION,
        "version": __version__,
        "program": _program(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "settings": settings.as_dict(),
        "inputs": [source.state() for source in sources],
        "model": model,
    }


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What has changed since, one line each; nothing if the run may go on."""
    found: list[str] = []
    before, now = old.get("settings", {}), new["settings"]
    found += [
        f"{name} was {_shown(before.get(name))}, is {_shown(now.get(name))}"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    was = {row[0]: row for row in old.get("inputs", ())}
    have = {row[0]: row for row in new["inputs"]}
    for name in sorted({*was, *have}):
        shown = name or "the text files"
        if name not in have:
            found.append(f"input {shown} is not given any more")
        elif name not in was:
            found.append(f"input {shown} is new")
        elif was[name] != have[name]:
            found.append(f"input {shown} was changed")
    if old.get("model") != new["model"]:
        found.append("the model is another one")
    rest = {
        "version": "mtrepair",
        "program": "the program's files",
        "python": "Python",
        "journal": "the format of the journal",
    }
    return found + [
        f"{what} was {old.get(name)}, is {new[name]}"
        for name, what in rest.items()
        if old.get(name) != new[name]
    ]


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) < 60 else text[:57] + "..."


@lru_cache(maxsize=1)
def _program() -> str:
    """A digest of the package: a rule that was changed makes another output."""
    digest = hashlib.sha256()
    root = Path(__file__).parent.parent
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        # Of the large data files the size tells enough: they are built, not edited.
        content = path.read_bytes() if path.suffix in _WRITTEN else b""
        digest.update(f"{name} {path.stat().st_size}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and "models" not in path.parts:
            yield path
