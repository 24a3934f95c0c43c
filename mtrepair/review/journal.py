"""The journal: every decision is on the disk before the screen shows it.

A file of JSON lines that is only ever appended to, so that a kill or a power cut can at worst tear
its last line, which is then left out. Kinds of lines:

``start``   version of the format, of mtrepair, and the options of the run
``file``    path, SHA-256 and whole text of a file, as it was when the review began
``decide``  one keypress: the round, and for each hunk what was decided, with the edits
``split``   a hunk was split into its edits
``undo``    the line of ``decide`` or ``split`` before, which is not yet undone, is taken back
``round``   the accepted edits were made in memory; later positions count in those texts
``writing`` the review is over; these are the files to be written and what they become
``end``     all of them are written, or the reviewer wrote none

All positions are code points of the text of the round.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from mtrepair.core import InputError
from mtrepair.readers.files import FileText, read_bytes
from mtrepair.version import __version__

VERSION = 1
DECISIONS = ("decide", "split", "undo", "round")
FOLDER = "MTREPAIR_STATE"
"""Environment variable that names the folder of the journals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A file as it was when its review began.

    Attributes:
        path: as the user gave it.
        absolute: where that was.
        sha256: of its bytes.
    """

    path: str
    absolute: str
    file: FileText
    sha256: str

    @classmethod
    def of(cls, path: str, file: FileText) -> Reviewed:
        """A file that has just been read."""
        data = file.package or file.bom + file.text.encode(file.encoding)
        where = str(Path(path).resolve())
        return cls(path=path, absolute=where, file=file, sha256=digest(data))

    @property
    def text(self) -> str:
        """Its whole text."""
        return self.file.text

    def record(self) -> dict[str, Any]:
        """Its line in the journal."""
        row = {"event": "file", "path": self.path, "absolute": self.absolute}
        row |= {"sha256": self.sha256, "encoding": self.file.encoding}
        if self.file.package:  # the text is only a part of it
            return {**row, "package": base64.b64encode(self.file.package).decode("ascii")}
        return {**row, "bom": self.file.bom.hex(), "text": self.file.text}

    @classmethod
    def from_record(cls, row: dict[str, Any]) -> Reviewed:
        """The file of a line of the journal."""
        path = row["path"]
        if "package" in row:
            file = read_bytes(base64.b64decode(row["package"]), path, None)
        else:
            bom = bytes.fromhex(row["bom"])
            file = FileText(text=row["text"], encoding=row["encoding"], bom=bom, path=path)
        return cls(path=path, absolute=row["absolute"], file=file, sha256=row["sha256"])


@dataclass(slots=True)
class Log:
    """What a journal says.

    Attributes:
        records: what holds of ``decide``, ``split`` and ``round``: without what was undone.
        writing: the last ``writing`` line, or None.
        ended: how it ended (``written``, ``unwritten``), or "".
        size: up to where the file is whole, in bytes.
    """

    path: Path
    options: dict[str, Any] = field(default_factory=dict)
    files: list[Reviewed] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    writing: dict[str, Any] | None = None
    ended: str = ""
    size: int = 0

    @property
    def decisions(self) -> int:
        """How many hunks have been decided."""
        return sum(len(r["items"]) for r in self.records if r["event"] == "decide")


class Journal:
    """A journal that is being written; nobody else can write it meanwhile.

    Args:
        path: made with its folder if it does not exist.
        size: where to go on in a journal that exists; what is torn after it is cut off.

    Raises:
        InputError: if it cannot be written, or another review holds it.

    Attributes:
        decided: whether it holds any decision, so that it must be kept.
    """

    def __init__(self, path: Path, size: int = 0) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            self._stream: BinaryIO = os.fdopen(handle, "r+b", buffering=0)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"{path}: the journal cannot be written: {reason}") from None
        if not _lock(self._stream):
            self._stream.close()
            raise InputError(f"{path}: another review is writing this journal")
        self._stream.truncate(size)
        self._stream.seek(size)
        self.decided = size > 0

    def write(self, *records: dict[str, Any]) -> None:
        """Append lines and wait until they are on the disk.

        Raises:
            InputError: if they are not (a full disk); what was there stays.
        """
        self.decided = self.decided or any(r["event"] in DECISIONS for r in records)
        lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        # A lone surrogate cannot come from a file, but it can be typed.
        data = lines.encode("utf-8", "replace")
        try:
            while data:
                data = data[self._stream.write(data) :]
            os.fsync(self._stream.fileno())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"{self.path}: the journal cannot be written: {reason}") from None

    def begin(self, files: Sequence[Reviewed], options: dict[str, Any]) -> None:
        """The lines at the head."""
        start = {"event": "start", "version": VERSION, "mtrepair": __version__}
        rows: list[dict[str, Any]] = [{**start, "time": _now(), "options": options}]
        rows += [file.record() for file in files]
        self.write(*rows)

    def close(self) -> None:
        """Close it; a journal in which nothing was decided is not kept."""
        if not self.decided:
            self.path.unlink(missing_ok=True)
        self._stream.close()


def read(path: Path) -> Log:
    """What a journal says; a torn last line is left out.

    Raises:
        InputError: if it cannot be read or is no journal of this version.
    """
    log = Log(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    for number, record, end in _records(path, data):
        try:
            _take(log, record)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{path}:{number}: not a line of a review's journal: {error}"
            ) from None
        log.size = end
    if not log.size or not log.files:
        raise InputError(f"{path}: not a review's journal")
    return log


def _records(path: Path, data: bytes) -> Iterator[tuple[int, dict[str, Any], int]]:
    end = 0
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):  # what no line end follows is torn
        end += len(line) + 1
        try:
            record = json.loads(line)
        except ValueError:
            if number == len(lines) - 1:
                return
            raise InputError(f"{path}:{number}: not JSON") from None
        yield number, record, end


def _take(log: Log, record: dict[str, Any]) -> None:
    event = record["event"]
    if not log.size and (event != "start" or record["version"] != VERSION):
        raise ValueError(f"not a journal of version {VERSION}")
    if event == "start":
        log.options = dict(record["options"])
    elif event == "file":
        log.files.append(Reviewed.from_record(record))
    elif event == "undo":
        while log.records and log.records[-1]["event"] == "round":
            log.records.pop()
        if log.records:
            log.records.pop()
    elif event in DECISIONS:
        log.records.append(record)
        log.ended = ""  # it was taken up again
        log.writing = None
    elif event == "writing":
        log.writing = record
    elif event == "end":
        log.ended = record["how"]


def folder() -> Path:
    """Where journals are kept: $MTREPAIR_STATE, else the user's state folder (XDG)."""
    given = os.environ.get(FOLDER)
    if given:
        return Path(given)
    state = os.environ.get("XDG_STATE_HOME")
    base = Path(state) if state else Path.home() / ".local" / "state"
    return base / "mtrepair" / "review"


def new_path(names: Sequence[str]) -> Path:
    """A path for the journal of a review that begins now."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    return folder() / f"{_prefix(names)}-{stamp}-{os.getpid()}.jsonl"


def unfinished(names: Sequence[str]) -> Log | None:
    """The latest review of exactly these files that has not come to its end."""
    return _latest(f"{_prefix(names)}-*.jsonl")


def latest_unfinished() -> Log | None:
    """The latest review of any files that has not come to its end."""
    return _latest("*.jsonl")


def _latest(pattern: str) -> Log | None:
    found = sorted(folder().glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found:
        with contextlib.suppress(InputError):  # a kill before the head was whole
            log = read(path)
            if log.ended != "written" and log.decisions:
                return log
    return None


def all_logs() -> list[Path]:
    """The journals in the folder, the oldest first."""
    return sorted(folder().glob("*.jsonl"), key=lambda path: path.stat().st_mtime)


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def _prefix(names: Sequence[str]) -> str:
    """Tells reviews of different files apart, and lets a person see which is which."""
    paths = sorted(str(Path(name).resolve()) for name in names)
    stem = "".join(c if c.isalnum() else "-" for c in Path(paths[0]).stem)[:40] if paths else "none"
    return f"{stem}-{digest(chr(0).join(paths).encode('utf-8', 'surrogateescape'))[:12]}"


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")


def _lock(stream: BinaryIO) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: two reviews of one file at once are not held off there
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
