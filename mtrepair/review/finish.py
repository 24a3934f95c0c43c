"""The end of a review: what was accepted is put into the files, if they are what they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtrepair.core import Edit, InputError, LineIndex, Span, apply, compose
from mtrepair.readers.files import encode, read_bytes, write_atomic
from mtrepair.review import words
from mtrepair.review.journal import Journal, Log, Reviewed, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file.

    Attributes:
        how: ``unchanged`` (nothing was accepted), ``written``, ``merged`` (it had changed
            meanwhile and was written all the same), ``there`` (it already held the result), or
            ``refused``.
        refused: (line, old words, new words) of accepted edits that were not written because the
            words had changed meanwhile.
        reason: why the file was refused.
    """

    path: str
    how: str
    refused: tuple[tuple[int, str, str], ...] = ()
    reason: str = ""


def finish(
    files: Sequence[tuple[Reviewed, Sequence[Edit], str]], journal: Journal | None
) -> list[Outcome]:
    """Write the files.

    Args:
        files: each with the accepted edits, counting in its text, and the text that they make.
        journal: told what is about to be written, and that it is.

    Returns:
        What became of each; a file that cannot be written is left as it was and says so.
    """
    changed = [
        (file, edits, encode(file.file, text, edits)) for file, edits, text in files if edits
    ]
    if journal is not None and changed:
        rows = [{"path": file.path, "sha256": digest(data)} for file, _, data in changed]
        journal.write({"event": "writing", "files": rows})
    outcomes: list[Outcome] = []
    for file, edits, text in files:
        if not edits:
            outcomes.append(Outcome(path=file.path, how="unchanged"))
            continue
        try:
            outcomes.append(_write(file, edits, encode(file.file, text, edits)))
        except InputError as error:
            outcomes.append(Outcome(path=file.path, how="refused", reason=str(error)))
    if journal is not None and all(o.how != "refused" for o in outcomes):
        journal.write({"event": "end", "how": "written"})
    return outcomes


def _write(file: Reviewed, edits: Sequence[Edit], data: bytes) -> Outcome:
    try:
        present = Path(file.path).read_bytes()
    except OSError as error:
        raise InputError(f"{file.path}: {(error.strerror or str(error)).lower()}") from None
    if digest(present) == digest(data):
        return Outcome(path=file.path, how="there")
    if digest(present) == file.sha256:
        write_atomic(file.path, data)
        return Outcome(path=file.path, how="written")
    if file.file.package:
        raise InputError(f"{file.path}: it has changed meanwhile, and its format cannot be merged")
    now = read_bytes(present, file.path, file.file.encoding)
    merge = words.merge(file.text, edits, now.text)
    lines = LineIndex(file.text)
    refused = tuple(
        (lines.position(e.span.start)[0], e.span.of(file.text), e.text) for e in merge.refused
    )
    if merge.edits:
        write_atomic(file.path, encode(now, apply(now.text, merge.edits)))
        return Outcome(path=file.path, how="merged", refused=refused)
    if merge.refused:
        reason = f"{file.path}: it has changed meanwhile where something was accepted"
        return Outcome(path=file.path, how="refused", refused=refused, reason=reason)
    return Outcome(path=file.path, how="there")


def replay(log: Log) -> list[tuple[Reviewed, list[Edit], str]]:
    """What a journal's decisions make of its files; nothing is analysed.

    Raises:
        InputError: if the decisions do not fit the texts of the journal.
    """
    result: list[tuple[Reviewed, list[Edit], str]] = []
    for number, file in enumerate(log.files):
        text, made = file.text, list[Edit]()
        for edits in _rounds(log.records, number):
            try:
                after = apply(text, edits)
            except ValueError as error:
                raise InputError(f"{log.path}: {file.path}: {error}") from None
            made = compose(made, edits)
            text = after
        result.append((file, made, text))
    return result


def ignored(log: Log) -> list[tuple[Reviewed, str, str]]:
    """What a journal says shall be ignored from now on: (file, rule, text)."""
    found: dict[tuple[int, str, str], None] = {}
    for number in range(len(log.files)):
        for items in _said(log.records, number):
            for item in items.values():
                if item["decision"] == "ignore":
                    found[number, item["rule"], item["text"]] = None
    return [(log.files[number], rule, text) for number, rule, text in found]


def _rounds(records: Sequence[dict[str, Any]], file: int) -> list[list[Edit]]:
    """The accepted edits of a file, a list for each round."""
    rounds: list[list[Edit]] = []
    for items in _said(records, file):
        edits = [
            Edit(span=Span(e["start"], e["end"]), text=e["text"])
            for item in items.values()
            if item["decision"] == "accept"
            for e in item["edits"]
        ]
        rounds.append(sorted(edits, key=lambda e: (e.span.start, e.span.end)))
    return rounds


def _said(
    records: Sequence[dict[str, Any]], file: int
) -> list[dict[tuple[int, int, str, int], dict[str, Any]]]:
    """The last decision about each hunk of a file, by rounds."""
    rounds: list[dict[tuple[int, int, str, int], dict[str, Any]]] = [{}]
    for record in records:
        if record["event"] == "round":
            rounds.append({})
        for item in record.get("items", ()):
            if item["file"] == file:
                key = (item["start"], item["end"], item["rule"], item["part"])
                rounds[-1][key] = item
    return rounds
