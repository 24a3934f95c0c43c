"""The settings of one file: defaults, then the file, its per-file tables, the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mtrepair.config.keys import KEYS
from mtrepair.config.load import ConfigFile, Judgement, Value
from mtrepair.config.patterns import matches
from mtrepair.core import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is in force for one file; the fields are the keys of :data:`KEYS`.

    Attributes:
        severity: the severity of findings by rule or group.
        judgements: the ``[[ignore]]`` tables that hold for the file.
        origins: who gave each value, by key.
        folder: of the configuration file, or None.
    """

    lang: str
    select: tuple[str, ...]
    ignore_rules: tuple[str, ...]
    sensitive: bool
    min_confidence: float
    fail_on: str
    proposals: str | None
    learned: bool | None
    model: str | None
    source: str | None
    encoding: str | None
    input_format: str
    exclude: tuple[str, ...]
    names: tuple[str, ...]
    name_files: tuple[str, ...]
    accepted_words: tuple[str, ...]
    accepted_word_files: tuple[str, ...]
    glossary: tuple[str, ...]
    baseline: str | None
    severity: tuple[tuple[str, Severity], ...]
    judgements: tuple[Judgement, ...]
    origins: tuple[tuple[str, str], ...]
    folder: Path | None

    @property
    def threshold(self) -> Severity | None:
        """The least severity that makes the gate fail, or None for never."""
        return None if self.fail_on == "never" else Severity.parse(self.fail_on)

    def value(self, key: str) -> object:
        """The value of a key by its name in the file."""
        return getattr(self, key.replace("-", "_"))


def resolve(path: str, file: ConfigFile | None, given: Mapping[str, Value]) -> Settings:
    """What is in force for ``path``.

    Args:
        path: the file to be checked; it need not exist.
        file: the configuration in force there, or None.
        given: the values of the command line by key; they win. Choosing rules there forgets
            which rules the file leaves out.
    """
    values = {name: Value(key.default, "default") for name, key in KEYS.items()}
    severity: dict[str, tuple[Severity, str]] = {}
    judgements: tuple[Judgement, ...] = ()
    layers: list[Mapping[str, Value]] = []
    if file is not None:
        layers.append(file.values)
        severity.update(file.severity)
        for table in file.per_file:
            if matches(table.files, path, file.folder):
                layers.append(table.values)
                severity.update(table.severity)
        judgements = tuple(
            j for j in file.ignores if not j.files or matches(j.files, path, file.folder)
        )
    for layer in layers:
        _lay(values, layer)
    if "select" in given:
        values["ignore-rules"] = Value((), given["select"].origin)
    _lay(values, given)
    origins = [(name, value.origin) for name, value in values.items()]
    origins += [(f"severity.{name}", origin) for name, (_, origin) in severity.items()]
    fields: dict[str, object] = {name.replace("-", "_"): v.value for name, v in values.items()}
    return Settings(
        **fields,  # type: ignore[arg-type]  # load checks every value against KEYS
        severity=tuple((name, level) for name, (level, _) in severity.items()),
        judgements=judgements,
        origins=tuple(origins),
        folder=None if file is None else file.folder,
    )


def _lay(values: dict[str, Value], layer: Mapping[str, Value]) -> None:
    """Put a layer on top: lists that add grow, everything else is replaced."""
    for name, value in layer.items():
        old = values[name]
        if KEYS[name].adds and isinstance(old.value, tuple) and old.value:
            assert isinstance(value.value, tuple)  # load has checked it
            both = tuple(dict.fromkeys((*old.value, *value.value)))
            value = Value(both, f"{old.origin}, {value.origin}")
        values[name] = value
