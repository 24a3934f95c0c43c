"""What the formats hand to the work: records, and what is none."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from mtrepair.batch.chunk import Patch

RAW = 1 << 16
"""Bytes of a rejected line that are kept; a longer one can be found by its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of a record.

    Attributes:
        field: the name of its field or column; None for a file, which is one text.
        source: the original, or None.
        format: ``text``, ``markdown`` or ``html``.
    """

    field: str | None
    text: str
    source: str | None = None
    format: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record with texts to clean.

    Attributes:
        number: its place in the source: a line, a row or a file, from 1.
        id: what the user calls it.
        handle: what its format needs to write new texts.
    """

    number: int
    id: str | int
    texts: tuple[Text, ...]
    handle: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A record that is not cleaned.

    Attributes:
        reason: one of REASONS.
        kept: whether it stands in the output, as it was.
        raw: the line, where it does not stand in the output.
        drop: the patch that takes it out of the output, or None if it stays.
    """

    number: int
    reason: str
    detail: str = ""
    id: str | int | None = None
    raw: bytes | None = None
    drop: Patch | None = None

    @property
    def kept(self) -> bool:
        """Whether it stands in the output, as it was."""
        return self.drop is None


REASONS = {
    "bad-json": "the line is not JSON",
    "not-an-object": "the line is JSON but not an object",
    "not-utf-8": "the bytes are not UTF-8 (or the encoding that was named)",
    "wrong-type": "the field of the text is missing or not a string",
    "too-long": "longer than --max-record",
    "unreadable": "the file is empty, binary or cannot be opened",
    "unwritable": "the encoding of the file lacks a character of the repair",
    "rule-crashed": "a rule raised an error (a bug of mtrepair's)",
    "time-limit": "it took longer than --time-limit",
    "worker-died": "the process that worked on it died, twice",
    "not-settled": "its repairs did not come to an end (a bug of mtrepair's)",
    "crashed": "mtrepair raised an error (a bug of mtrepair's)",
}
"""Why a record is not cleaned."""

FAILURES = frozenset({"rule-crashed", "time-limit", "worker-died", "not-settled", "crashed"})
"""The reasons that are not the input's fault."""


def line(record: dict[str, Any]) -> bytes:
    """One line of JSON; what UTF-8 cannot hold (half a surrogate pair) is escaped."""
    try:
        return json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(record).encode("ascii") + b"\n"


def reject_line(file: str, reject: Reject) -> bytes:
    """The reject as a line of ``rejects.jsonl``."""
    record: dict[str, Any] = {
        "file": file,
        "record": reject.number,
        "id": reject.id,
        "reason": reject.reason,
        "detail": reject.detail,
        "kept": reject.kept,
    }
    if reject.raw is not None:
        record["bytes"] = len(reject.raw)
        try:
            record["raw"] = reject.raw[:RAW].decode("utf-8")
        except UnicodeDecodeError:
            record["base64"] = base64.b64encode(reject.raw[:RAW]).decode("ascii")
    return line(record)
