"""What a user asks of a run, and what of it decides about the output."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from mtrepair.api import Options
from mtrepair.config import Settings as Configured
from mtrepair.core import ConfigError

CHUNK = 256 * 1024
"""Bytes of a chunk: a second or two of work for one core, so that cores finish together and a
crash loses little, and enough flagged spans to fill the model's batches."""
LONGEST = 16 * 1024 * 1024
"""Bytes of the longest record that is read at all."""
TIME_LIMIT = 60.0
"""Seconds for one record; a record of 1,000 words takes a tenth of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings that the output depends on; together they are bound to the journal.

    Attributes:
        options: which rules, language and model.
        desk: what the configuration says besides (judged findings, severities), or None.
        accepted: words that no rule about words may flag.
        level: ``safe`` or ``suggested``.
        text_fields: fields or columns that hold the text.
        source_fields: the original of each text field, or empty.
        id_field: field or column that names a record, or None to count them.
        text_format: how a record's text is read; ``auto`` goes by the suffix of a file and takes
            the text of a field as plain.
        encoding: of text files in directories, or None for UTF-8 and byte order marks.
        source_pattern: the original of a text file, as in ``check --source``.
        chunk: bytes of a chunk.
        longest: bytes of the longest record that is cleaned.
        time_limit: seconds for one record.
    """

    options: Options = field(default_factory=Options)
    desk: Configured | None = None
    accepted: frozenset[str] = frozenset()
    level: str = "safe"
    text_fields: tuple[str, ...] = ("text",)
    source_fields: tuple[str, ...] = ()
    id_field: str | None = None
    text_format: str = "auto"
    encoding: str | None = None
    source_pattern: str | None = None
    chunk: int = CHUNK
    longest: int = LONGEST
    time_limit: float = TIME_LIMIT

    def __post_init__(self) -> None:
        if not self.text_fields:
            raise ConfigError("--text-field: name at least one field")
        if len(set(self.text_fields)) < len(self.text_fields):
            raise ConfigError("--text-field: a field is named twice")
        if self.source_fields and len(self.source_fields) != len(self.text_fields):
            raise ConfigError(
                f"{len(self.source_fields)} --source-field for {len(self.text_fields)}"
                " --text-field: give one for each, in the same order"
            )
        if set(self.source_fields) & set(self.text_fields):
            raise ConfigError("--source-field: a text cannot be its own original")
        if self.chunk < 1 or self.longest < 1 or self.time_limit <= 0:
            raise ConfigError("--chunk-size, --max-record and --time-limit must be positive")

    @property
    def field_format(self) -> str:
        """How the text of a field or cell is read."""
        return "text" if self.text_format == "auto" else self.text_format

    def as_dict(self) -> dict[str, Any]:
        """The settings as JSON values, in a fixed order."""
        options = asdict(self.options)
        options["names"] = sorted(self.options.names)
        options["accepted"] = sorted(self.accepted)
        if self.desk is not None:
            options["min_confidence"] = self.desk.min_confidence
            options["severity"] = [f"{name}: {level}" for name, level in self.desk.severity]
            options["judgements"] = [repr(judgement) for judgement in self.desk.judgements]
        mine = {
            name: getattr(self, name)
            for name in self.__dataclass_fields__
            if name not in ("options", "desk", "accepted")
        }
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in {**options, **mine}.items()
        }
