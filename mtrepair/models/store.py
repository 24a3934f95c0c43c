"""The only door to a model: where its folder is, and whether it is whole.

A model is a folder with a ``manifest.json`` beside its files::

    {"format": 1, "name": "rewriter-fr", "version": "1", "languages": ["fr"],
     "files": {"model.bin": {"bytes": 35000000, "sha256": "…"}, …}, …}

Further keys (scores, training configuration, seed) are for people and for training. Nothing here
is ever unpickled, and no inference library is imported.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtrepair.core import ModelError

FORMAT = 1
"""Version of the folder's layout that this program reads."""
VARIABLE = "MTREPAIR_MODEL"
"""Environment variable that names another model than the one in the package."""
DEFAULT = "rewriter-fr"
MANIFEST = "manifest.json"
REQUIRED = ("model.bin", "config.json", "shared_vocabulary.json", "sentencepiece.model")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A model whose manifest has been read and whose files are there.

    Attributes:
        path: the folder.
        manifest: all that its manifest says.
    """

    path: Path
    name: str
    version: str
    languages: tuple[str, ...]
    manifest: Mapping[str, object]

    def file(self, name: str) -> Path:
        """The path of one of the model's files."""
        return self.path / name


def find(
    name_or_path: str | Path | None = None,
    *,
    verify: bool = False,
    required: Sequence[str] = REQUIRED,
) -> ModelFolder:
    """The model folder that is meant.

    Args:
        name_or_path: a folder, or the name of a model in the package; if None, what the
            environment variable MTREPAIR_MODEL says, else the default model of the package.
        verify: compare the SHA-256 of every file too (reads all of it).
        required: files that the model must have; a rewriter's unless given.

    Raises:
        ModelError: with everything that is wrong with the folder, in one line.
    """
    wanted = str(name_or_path or os.environ.get(VARIABLE) or DEFAULT)
    inside = Path(__file__).parent / wanted
    path = inside if Path(wanted).name == wanted and inside.is_dir() else Path(wanted)
    if not path.is_dir():
        raise ModelError(f"no model at '{wanted}': not a folder, and no model of that name ships")
    manifest = _manifest(path)
    problems = _problems(path, manifest, required, verify=verify)
    if problems:
        raise ModelError(f"model {path}: {'; '.join(problems)}")
    languages = manifest["languages"]
    return ModelFolder(
        path=path,
        name=str(manifest["name"]),
        version=str(manifest.get("version", "0")),
        languages=tuple(str(code) for code in languages) if isinstance(languages, list) else (),
        manifest=manifest,
    )


def describe(path: Path) -> dict[str, dict[str, object]]:
    """The ``files`` of a manifest for the folder ``path``: size in bytes and SHA-256 of each."""
    return {
        file.name: {"bytes": file.stat().st_size, "sha256": _sha256(file)}
        for file in sorted(path.iterdir())
        if file.is_file() and file.name != MANIFEST
    }


def _manifest(path: Path) -> dict[str, object]:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"model {path}: no {MANIFEST} ({error.strerror})") from None
    except ValueError as error:  # not JSON, or not UTF-8
        raise ModelError(f"model {path}: {MANIFEST} is not JSON: {error}") from None
    if not isinstance(manifest, dict):
        raise ModelError(f"model {path}: {MANIFEST} is not an object")
    return manifest


def _problems(
    path: Path, manifest: Mapping[str, object], required: Sequence[str], *, verify: bool
) -> list[str]:
    """All that is wrong, so that a broken folder is mended in one go."""
    problems: list[str] = []
    if manifest.get("format") != FORMAT:
        problems.append(f"format {manifest.get('format')!r}, this program reads {FORMAT}")
    if not isinstance(manifest.get("name"), str):
        problems.append("no name")
    if not isinstance(manifest.get("languages"), list):
        problems.append("no list of languages")
    files = manifest.get("files")
    if not isinstance(files, dict):
        return [*problems, "no list of files"]
    problems += [f"{name} is not in the manifest" for name in required if name not in files]
    for name, entry in sorted(files.items()):
        file = path / name
        if Path(name).name != name or not isinstance(entry, dict):
            problems.append(f"bad entry for file {name!r}")
        elif not file.is_file():
            problems.append(f"{name} is missing")
        elif file.stat().st_size != entry.get("bytes"):
            problems.append(f"{name} has {file.stat().st_size} bytes, not {entry.get('bytes')}")
        elif verify and _sha256(file) != entry.get("sha256"):
            problems.append(f"{name} does not have its SHA-256")
    return problems


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
