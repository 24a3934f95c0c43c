"""JSON Lines, plain or compressed: one object a line, and only the text's bytes ever change.

The file is not parsed and written again: a repaired text replaces the one string literal that it
stood in, so the other fields, their order, the spelling of numbers and the white space stay as
they are, byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

from mtrepair.batch.chunk import Chunk, Key, Patch
from mtrepair.batch.formats.base import OneFile, Results
from mtrepair.batch.formats.streams import BLOCK, reading, writing
from mtrepair.batch.records import Record, Reject, Text
from mtrepair.batch.settings import Settings

KIND = "jsonl"
SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
_MARK = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class JsonLines(OneFile):
    """A file of JSON lines."""

    kind: str = KIND

    def chunks(
        self, index: int, settings: Settings, done: frozenset[Key] = frozenset()
    ) -> Iterator[Chunk]:
        """Chunks of whole lines."""
        del done  # the payload is a slice that has been read anyway
        return self._split(index, settings, None)

    def write(self, folder: Path, index: int, settings: Settings, results: Results) -> list[str]:
        """The same lines with the patches made."""
        with writing(folder / self.name) as put:
            for chunk in self._split(index, settings, put):
                at = 0
                for patch in results(chunk.key).patches:
                    put(chunk.payload[at : patch.start])
                    put(patch.data)
                    at = patch.end
                put(chunk.payload[at:])
        return [self.name]

    def _split(
        self, index: int, settings: Settings, spill: Callable[[bytes], object] | None
    ) -> Iterator[Chunk]:
        with reading(self.path) as (read, position):
            number, first, seen = 0, 1, 0
            packed = self.path.suffix in (".gz", ".zst")
            for payload in lines(read, settings.chunk, settings.longest, spill):
                # A plain file is read ahead of its chunks.
                now = position() if packed or not payload else seen + len(payload)
                size = max(0, now - seen)
                yield Chunk(key=Key(index, number), payload=payload, first=first, size=size)
                number, seen = number + 1, seen + size
                first += payload.count(b"\n") if payload else 1


def lines(
    read: Callable[[int], bytes],
    size: int,
    longest: int,
    spill: Callable[[bytes], object] | None = None,
) -> Iterator[bytes]:
    """The bytes of a stream, cut after the first line that reaches ``size`` bytes.

    Where the cuts are depends on the bytes alone, not on how they come in. A line that would not
    fit into memory is yielded as ``b""``: its bytes go to ``spill`` as they come.
    """
    buffer = bytearray()
    ended = False
    searched = 0
    while True:
        while not ended and len(buffer) < size + longest:
            cut = buffer.find(b"\n", max(size - 1, searched))
            if cut >= 0:
                break
            searched = len(buffer)
            block = read(BLOCK)
            ended = not block
            buffer += block
        cut = buffer.find(b"\n", size - 1)
        if cut < 0 and ended:
            if buffer:
                yield bytes(buffer)
            return
        if cut < 0 or cut >= size + longest:
            cut = buffer.rfind(b"\n", 0, size - 1)
            if cut >= 0:
                yield bytes(buffer[: cut + 1])
            del buffer[: cut + 1]
            buffer, ended = _overlong(buffer, read, spill)
            yield b""
        else:
            yield bytes(buffer[: cut + 1])
            del buffer[: cut + 1]
        searched = 0


def _overlong(
    buffer: bytearray, read: Callable[[int], bytes], spill: Callable[[bytes], object] | None
) -> tuple[bytearray, bool]:
    """Pass a line on, up to and with its newline; what comes after it, and whether all is read."""
    while (cut := buffer.find(b"\n")) < 0:
        if spill is not None:
            spill(bytes(buffer))
        block = read(BLOCK)
        if not block:
            return bytearray(), True
        buffer = bytearray(block)
    if spill is not None:
        spill(bytes(buffer[: cut + 1]))
    return buffer[cut + 1 :], False


def parse(chunk: Chunk, settings: Settings) -> Iterator[Record | Reject]:
    """The records of a chunk; empty lines are none."""
    payload: bytes = chunk.payload
    if not payload:
        yield Reject(number=chunk.first, reason="too-long", detail="longer than a chunk may be")
        return
    number, start = chunk.first, 0
    if number == 1 and payload.startswith(_MARK):
        start = len(_MARK)
    while start < len(payload):
        newline = payload.find(b"\n", start)
        end = len(payload) if newline < 0 else newline + 1
        if payload[start:end].strip():
            yield _record(payload[start:end], start, number, settings)
        number, start = number + 1, end


def _record(raw: bytes, start: int, number: int, settings: Settings) -> Record | Reject:
    if len(raw) > settings.longest:
        return Reject(number=number, reason="too-long", detail=f"{len(raw):,} bytes")
    drop = Patch(start, start + len(raw), b"")

    def bad(reason: str, detail: str) -> Reject:
        return Reject(number=number, reason=reason, detail=detail, raw=raw, drop=drop)

    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return bad("not-utf-8", f"byte {error.start} of the line")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return bad("bad-json", str(error).replace("line 1 column", "column"))
    if not isinstance(record, dict):
        return bad("not-an-object", type(record).__name__)
    name: object = number
    if settings.id_field is not None:
        name = record.get(settings.id_field)
    if isinstance(name, bool) or not isinstance(name, str | int):
        detail = _typed(settings.id_field or "", record)
        return Reject(number=number, reason="wrong-type", detail=detail)
    texts: list[Text] = []
    for place, field in enumerate(settings.text_fields):
        text = record.get(field)
        if not isinstance(text, str):
            return Reject(number=number, id=name, reason="wrong-type", detail=_typed(field, record))
        source = None
        if settings.source_fields:
            original = settings.source_fields[place]
            source = record.get(original)
            if source is not None and not isinstance(source, str):
                detail = _typed(original, record)
                return Reject(number=number, id=name, reason="wrong-type", detail=detail)
        texts.append(Text(field=field, text=text, source=source, format=settings.field_format))
    return Record(number=number, id=name, texts=tuple(texts), handle=(start, line))


def _typed(field: str, record: Mapping[str, Any]) -> str:
    if field not in record:
        return f"no field '{field}'"
    kind = {type(None): "null", list: "array", dict: "object", bool: "boolean"}.get(
        type(record[field]), "number"
    )
    return f"field '{field}' is {kind}"


def patch(record: Record, texts: Mapping[str | None, str]) -> list[Patch]:
    """New string literals in place of the old ones."""
    start, line = record.handle
    made: list[Patch] = []
    for field, (left, right) in sorted(places(line).items(), key=lambda item: item[1]):
        if field not in texts:
            continue
        old = line[left:right]
        # A writer that escaped é goes on escaping it; half a surrogate pair cannot but be escaped.
        escaped = (old.isascii() and "\\u" in old) or _halved(texts[field])
        new = json.dumps(texts[field], ensure_ascii=escaped)
        begin = start + len(line[:left].encode("utf-8"))
        made.append(Patch(begin, begin + len(old.encode("utf-8")), new.encode("utf-8")))
    return made


def _halved(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def places(line: str) -> dict[str, tuple[int, int]]:
    """Where the value of each member of an object stands; of members of one name the last counts.

    Args:
        line: an object in JSON, known to be right.
    """
    found: dict[str, tuple[int, int]] = {}
    at = _skip(line, _skip(line, 0) + 1)
    while line[at] != "}":
        name, at = scanstring(line, at + 1, True)
        at = _skip(line, _skip(line, at) + 1)
        _, end = _DECODER.raw_decode(line, at)
        found[name] = (at, end)
        at = _skip(line, end)
        if line[at] == ",":
            at = _skip(line, at + 1)
    return found


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at
