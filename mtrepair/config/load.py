"""Reads one configuration file; everything that is wrong with it is said at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mtrepair.config.keys import IGNORE, KEYS, SEVERITIES, TABLES, Key
from mtrepair.config.lines import key_lines
from mtrepair.core import ConfigError, Severity
from mtrepair.rules import known_rules

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NAME = "mtrepair.toml"
PYPROJECT = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Value:
    """A value and who gave it (``mtrepair.toml:3``, ``--select``, ``default``)."""

    value: object
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PerFile:
    """A ``[[per-file]]`` table: what holds for some files only."""

    files: tuple[str, ...]
    values: Mapping[str, Value]
    severity: Mapping[str, tuple[Severity, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An ``[[ignore]]`` table: a finding that somebody has judged.

    Attributes:
        rules: rules or groups; ``all`` is every rule.
        text: the flagged words, or None for any.
        files: patterns of the files it holds for; empty for all below the configuration.
        origin: file and line of the table.
    """

    rules: tuple[str, ...]
    text: str | None
    files: tuple[str, ...]
    reason: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """What one file says."""

    path: Path
    values: Mapping[str, Value] = field(default_factory=dict)
    severity: Mapping[str, tuple[Severity, str]] = field(default_factory=dict)
    per_file: Sequence[PerFile] = ()
    ignores: Sequence[Judgement] = ()

    @property
    def folder(self) -> Path:
        """What its paths and patterns count from."""
        return self.path.parent


def find(path: str | Path) -> Path | None:
    """The configuration file in force for a file or folder: the nearest one upwards.

    ``mtrepair.toml`` comes before a ``pyproject.toml`` beside it; one without ``[tool.mtrepair]``
    is passed over.
    """
    start = Path(os.path.abspath(path))  # noqa: PTH100 - links are not followed, as a user sees it
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (folder / PYPROJECT).is_file() and _holds_table(folder / PYPROJECT):
            return folder / PYPROJECT
    return None


def _holds_table(path: Path) -> bool:
    try:
        return "mtrepair" in tomllib.loads(path.read_text("utf-8")).get("tool", {})
    except (OSError, ValueError):
        return False  # somebody else's file, broken: they will hear of it elsewhere


def shown(path: str | Path) -> str:
    """A path for messages: relative to the working directory where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative


def load(path: str | Path) -> ConfigFile:
    """Read and check a configuration file.

    Raises:
        ConfigError: with one line for each thing that is wrong, each with file and line.
    """
    path = Path(path)
    name = shown(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        raise ConfigError(f"{name}: no such file") from None
    except OSError as error:
        raise ConfigError(f"{name}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name}: not UTF-8 (byte {error.start})") from None
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        line = place.removeprefix("line ").split(",")[0]
        if not line.isdigit():  # "end of document"
            line = str(text.count("\n") + 1)
        where = f"{name}:{line}"
        raise ConfigError(f"{where}: not TOML: {message[:1].lower()}{message[1:]}") from None
    prefix: tuple[str | int, ...] = ()
    if path.name == PYPROJECT:
        prefix = ("tool", "mtrepair")
        data = data.get("tool", {}).get("mtrepair", {})
    reader = _Reader(path, name, key_lines(text), prefix)
    result = reader.read(data)
    if reader.problems:
        raise ConfigError("\n".join(text for _, text in sorted(reader.problems)))
    return result


class _Reader:
    """Checks the tables of one file and collects what is wrong."""

    def __init__(
        self,
        path: Path,
        name: str,
        lines: Mapping[tuple[str | int, ...], int],
        prefix: tuple[str | int, ...],
    ) -> None:
        self.path = path
        self.name = name
        self.problems: list[tuple[int, str]] = []
        self._lines = lines
        self._prefix = prefix
        self._targets = [*_rule_names(), "all"]

    def read(self, data: Any) -> ConfigFile:
        if not isinstance(data, dict):
            self._problem((), "[tool.mtrepair] must be a table")
            return ConfigFile(path=self.path)
        plain = {key: value for key, value in data.items() if key not in TABLES}
        ignores = self._tables(data.get("ignore", []), "ignore")
        per_file = self._tables(data.get("per-file", []), "per-file")
        found = [self._ignore(table, ("ignore", i)) for i, table in enumerate(ignores)]
        return ConfigFile(
            path=self.path,
            values=self._values(plain, (), extra=TABLES),
            severity=self._severity(data.get("severity", {}), ("severity",)),
            per_file=[self._per_file(table, ("per-file", i)) for i, table in enumerate(per_file)],
            ignores=[judgement for judgement in found if judgement is not None],
        )

    def _tables(self, value: Any, key: str) -> list[dict[str, Any]]:
        if isinstance(value, list) and all(isinstance(table, dict) for table in value):
            return value
        hint = "; rules to leave out go into ignore-rules" if key == "ignore" else ""
        self._problem((key,), f"{key} must be written as [[{key}]] tables{hint}")
        return []

    def _values(
        self, table: Mapping[str, Any], at: tuple[str | int, ...], *, extra: Iterable[str] = ()
    ) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, value in table.items():
            key = KEYS.get(name)
            where = (*at, name)
            if key is None:
                self._unknown(where, name, [*KEYS, *extra])
            elif at and not key.per_file:
                self._problem(where, f"{name} cannot be set for some files only")
            elif (wrong := _wrong(name, value, key)) is not None:
                self._problem(where, wrong)
            else:
                if key.rules:
                    self._check_rules(value, where)
                values[name] = Value(placed(name, value, self.path.parent), self._place(where))
        return values

    def _per_file(self, table: Mapping[str, Any], at: tuple[str | int, ...]) -> PerFile:
        rest = {k: v for k, v in table.items() if k not in ("files", "severity")}
        return PerFile(
            files=self._files(table, at, needed=True),
            values=self._values(rest, at, extra=("files", "severity")),
            severity=self._severity(table.get("severity", {}), (*at, "severity")),
        )

    def _ignore(self, table: Mapping[str, Any], at: tuple[str | int, ...]) -> Judgement | None:
        before = len(self.problems)
        for name in table:
            if name not in IGNORE:
                self._unknown((*at, name), name, IGNORE)
        rules = table.get("rule", "all")
        if isinstance(rules, str):
            rules = [rules]
        if not _is_texts(rules):
            self._problem((*at, "rule"), "rule must be the name of a rule or a list of them")
        else:
            self._check_rules(rules, (*at, "rule"))
        for name in ("text", "reason"):
            if not isinstance(table.get(name, ""), str):
                self._problem((*at, name), f"{name} must be a text")
        files = self._files(table, at, needed=False)
        if "rule" not in table and "text" not in table:
            self._problem(at, "[[ignore]] needs a rule, a text or both")
        if len(self.problems) > before:
            return None
        return Judgement(
            rules=tuple(rules),
            text=table.get("text"),
            files=files,
            reason=table.get("reason", ""),
            origin=self._place(at),
        )

    def _files(
        self, table: Mapping[str, Any], at: tuple[str | int, ...], *, needed: bool
    ) -> tuple[str, ...]:
        files = table.get("files", [])
        if not _is_texts(files) or (needed and not files):
            self._problem(
                (*at, "files") if "files" in table else at,
                'files must be a list of patterns, such as ["sport/**"]',
            )
            return ()
        return tuple(files)

    def _severity(self, table: Any, at: tuple[str | int, ...]) -> dict[str, tuple[Severity, str]]:
        if not isinstance(table, dict):
            self._problem(at, 'severity must be a table: [severity], then rule = "minor"')
            return {}
        found: dict[str, tuple[Severity, str]] = {}
        for name, value in table.items():
            where = (*at, name)
            self._check_rules([name], where)
            if value in SEVERITIES:
                found[name] = (Severity.parse(value), self._place(where))
            else:
                self._problem(where, f"{name} must be one of {', '.join(SEVERITIES)}")
        return found

    def _check_rules(self, names: Iterable[str], where: tuple[str | int, ...]) -> None:
        for name in names:
            if name not in self._targets:
                hint = nearest(name, self._targets)
                self._problem(where, f"unknown rule or group '{name}'{hint}")

    def _unknown(self, where: tuple[str | int, ...], name: str, known: Sequence[str]) -> None:
        self._problem(where, f"unknown key '{name}'{nearest(name, known)}")

    def _line(self, where: tuple[str | int, ...]) -> int:
        path = (*self._prefix, *where)
        while path not in self._lines and path:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _place(self, where: tuple[str | int, ...]) -> str:
        return f"{self.name}:{self._line(where)}"

    def _problem(self, where: tuple[str | int, ...], text: str) -> None:
        line = self._line(where)
        self.problems.append((line, f"{self.name}:{line}: {text}"))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _wrong(name: str, value: Any, key: Key) -> str | None:
    """What is wrong with a value, or None."""
    if key.kind in ("texts", "paths") and not _is_texts(value):
        given = f'["{value}"]' if isinstance(value, str) else '["…"]'
        return f"{name} must be a list of texts, such as {given}"
    if key.kind in ("text", "path") and (not isinstance(value, str) or not value):
        return f"{name} must be a text that is not empty"
    if key.kind == "flag" and not isinstance(value, bool):
        return f"{name} must be true or false"
    if key.kind == "number":
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return f"{name} must be a number"
        if not 0 <= value <= 1:
            return f"{name} must lie between 0 and 1"
    if key.choices and value not in key.choices:
        return f"{name} must be one of {', '.join(key.choices)}{nearest(str(value), key.choices)}"
    if name == "source":
        return wrong_pattern(value)
    return None


def wrong_pattern(pattern: str) -> str | None:
    """What is wrong with a source pattern, or None."""
    try:
        pattern.format(stem="", name="", suffix="")
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        return f"source: unknown placeholder in '{pattern}' ({error}); there are stem, name, suffix"
    return None


def nearest(name: str, known: Sequence[str]) -> str:
    """`` (did you mean 'select'?)``, or nothing."""
    near = get_close_matches(name, known, n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def placed(name: str, value: Any, folder: Path) -> object:
    """A checked value as the program wants it: lists as tuples, paths from their folder."""
    kind = KEYS[name].kind
    if kind == "path" or (name == "source" and "{" not in value):
        return _join(folder, value)
    if kind == "paths":
        return tuple(_join(folder, item) for item in value)
    if kind == "texts":
        return tuple(value)
    return float(value) if kind == "number" else value


def _join(folder: Path, path: str) -> str:
    """A text, like the paths of the command line."""
    return os.path.normpath(os.path.join(folder, path))  # noqa: PTH118


def _rule_names() -> list[str]:
    rules = known_rules()
    return [*rules, *dict.fromkeys(rule.info.group for rule in rules.values())]
