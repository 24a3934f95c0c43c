"""Writes a person's judgement into a configuration file; what stands there stays as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from mtrepair.config.lines import key_lines
from mtrepair.config.load import NAME, PYPROJECT, load
from mtrepair.core import ConfigError
from mtrepair.readers.files import write_atomic

NAMES = "mtrepair-names.txt"
"""The list of names that is begun where the configuration has none."""


def add_ignore(
    file: str | Path,
    *,
    rule: str | Sequence[str],
    text: str,
    reason: str = "",
    files: Sequence[str] = (),
) -> None:
    """Put an ``[[ignore]]`` table at the end of a configuration file, which is made if need be.

    Args:
        file: ``mtrepair.toml`` or ``pyproject.toml``.
        rule: a rule or group, or several.
        text: the flagged words.

    Raises:
        ConfigError: if the file cannot be read as a configuration; it is then as it was.
        InputError: if it cannot be written.
    """
    path = Path(file)
    prefix = "tool.mtrepair." if path.name == PYPROJECT else ""
    rules: object = rule if isinstance(rule, str) else list(rule)
    rows = [f"[[{prefix}ignore]]", f"rule = {_toml(rules)}", f"text = {_toml(text)}"]
    if files:
        rows.append(f"files = {_toml(list(files))}")
    if reason:
        rows.append(f"reason = {_toml(reason)}")
    old = _read(path)
    gap = "" if not old else "\n" if old.endswith("\n") else "\n\n"
    _write(path, old, old + gap + "\n".join(rows) + "\n")


def add_name(file: str | Path, name: str) -> Path:
    """Protect a name: a line in the first of the ``name-files``, which is begun if there is none.

    Returns:
        The list that now holds the name.

    Raises:
        ConfigError, InputError: as :func:`add_ignore` does.
    """
    path = Path(file)
    name = " ".join(name.split("#")[0].split())
    if not name:
        raise ConfigError("a name must not be empty")
    names: Path | None = None
    if path.exists():
        given = load(path).values.get("name-files")
        if given is not None and isinstance(given.value, tuple) and given.value:
            names = Path(given.value[0])
    if names is None:
        names = path.parent / NAMES
        old = _read(path)
        _write(path, old, _with_key(old, path, f"name-files = [{_toml(NAMES)}]"))
    content = _read(names)
    if name not in (line.split("#")[0].strip() for line in content.splitlines()):
        gap = "" if not content or content.endswith("\n") else "\n"
        write_atomic(str(names), f"{content}{gap}{name}\n".encode())
    return names


def _with_key(text: str, path: Path, row: str) -> str:
    """The text with a key of the top level; one that is there and empty is replaced."""
    prefix: tuple[str | int, ...] = ("tool", "mtrepair") if path.name == PYPROJECT else ()
    lines = text.splitlines(keepends=True)
    at = key_lines(text)
    old = at.get((*prefix, "name-files"))
    if old is not None:  # an empty list, or load would have told of a name file
        lines[old - 1] = f"{row}\n"
        return "".join(lines)
    if not prefix:
        # Before the first table, and behind the comments that head the file.
        place = 0
        while place < len(lines) and lines[place].startswith("#"):
            place += 1
        return "".join([*lines[:place], f"{row}\n", *lines[place:]])
    head = at.get(prefix)
    if head is not None and lines[head - 1].strip().startswith("[tool.mtrepair]"):
        return "".join([*lines[:head], f"{row}\n", *lines[head:]])
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[tool.mtrepair]\n{row}\n"


def _toml(value: object) -> str:
    """A text or a list of texts in TOML: JSON's escapes are among those of a basic string."""
    written = json.dumps(value, ensure_ascii=False)
    return written.replace("\x7f", "\\u007f")


def _read(path: Path) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123 - newline
            return stream.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None


def _write(path: Path, old: str, new: str) -> None:
    """Write only what loads again as a configuration."""
    write_atomic(str(path), new.encode("utf-8"))
    try:
        load(path)
    except ConfigError:
        if old:
            write_atomic(str(path), old.encode("utf-8"))
        else:
            os.unlink(path)  # noqa: PTH108
        raise


__all__ = ["NAME", "NAMES", "add_ignore", "add_name"]
