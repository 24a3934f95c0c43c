"""Unified diffs from anywhere: what they would change, and in which state of the files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtrepair.core import Edit, InputError
from mtrepair.readers.files import FileText, read_bytes
from mtrepair.report import diff

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPES = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}
_PREFIXES = ("a/", "b/", "i/", "w/", "c/", "o/")  # git's own, and those of diff.mnemonicPrefix
NOWHERE = "/dev/null"


@dataclass(slots=True)
class Block:
    """Lines that stand at a place, and those that stand there instead, with their line ends."""

    start: int
    old: list[bytes] = field(default_factory=list)
    new: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """What a diff says about one file.

    Attributes:
        old, new: its paths before and after, as the diff writes them, without a prefix.
        kinds: what there is besides changed lines: ``binary``, ``renamed``, ``mode``, ``added``,
            ``deleted``, ``copied``.
    """

    old: str
    new: str
    blocks: list[Block] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file and what a diff would make of it.

    Attributes:
        path: as the diff names its old side, for a new diff.
        found: where it was found.
        base: the file before the change.
        text: the text after it.
        applied: whether the file on the disk has the change already (``git diff``).
        note: what the user should know, or "".
    """

    path: str
    found: Path
    base: FileText
    text: str
    applied: bool
    note: str = ""


def parse(data: bytes) -> list[Section]:
    """The sections of a unified diff; what stands between them (mail headers) is passed over.

    Raises:
        InputError: naming the line, if a hunk breaks off or nothing of it is a diff.
    """
    sections: list[Section] = []
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    at = 0
    in_git = False  # between "diff --git" and the first "---" or the next section
    while at < len(lines):
        line = lines[at]
        if line.startswith(b"diff --git "):
            old, new = _git_paths(line[len(b"diff --git ") :])
            sections.append(Section(old, new))
            in_git = True
        elif line.startswith(b"--- ") and at + 1 < len(lines) and lines[at + 1].startswith(b"+++ "):
            old, new = _path(line[4:]), _path(lines[at + 1][4:])
            if not in_git:
                sections.append(Section(old, new))
            section = sections[-1]
            section.old, section.new = _stripped(old, new)
            in_git = False
            at += 1
        elif line.startswith(b"@@ ") and sections:
            at = _block(lines, at, sections[-1])
            continue
        elif in_git:
            _header(line, sections[-1])
        at += 1
    if not sections:
        raise InputError("this is no unified diff: it has neither 'diff --git' nor '---' and '+++'")
    for section in sections:
        if section.old == NOWHERE and "added" not in section.kinds:
            section.kinds.append("added")
        if section.new == NOWHERE and "deleted" not in section.kinds:
            section.kinds.append("deleted")
    return sections


def _header(line: bytes, section: Section) -> None:
    """A line of git's between ``diff --git`` and the hunks."""
    for start, kind in (
        (b"rename from ", "renamed"),
        (b"copy from ", "copied"),
        (b"old mode ", "mode"),
        (b"new file mode ", "added"),
        (b"deleted file mode ", "deleted"),
        (b"Binary files ", "binary"),
        (b"GIT binary patch", "binary"),
    ):
        if line.startswith(start):
            section.kinds.append(kind)
            if kind in ("renamed", "copied"):
                section.old = _path(line[len(start) :])
    for start in (b"rename to ", b"copy to "):
        if line.startswith(start):
            section.new = _path(line[len(start) :])


def _block(lines: Sequence[bytes], at: int, section: Section) -> int:
    """Read the hunk whose head is ``lines[at]``; where it ends."""
    head = _HUNK.match(lines[at])
    if head is None:
        raise InputError(f"line {at + 1} of the diff: not the head of a hunk")
    first = at + 1
    start, old, new = int(head[1]), int(head[2] or b"1"), int(head[4] or b"1")
    block = Block(start if old == 0 else start - 1)
    at += 1
    while old > 0 or new > 0 or (at < len(lines) and lines[at].startswith(b"\\ ")):
        if at >= len(lines):
            raise InputError(f"the hunk of line {first} of the diff breaks off")
        sign, body = lines[at][:1], lines[at][1:] + b"\n"
        if sign == b"\\":
            for side in _last_sides(lines[at - 1][:1], block):
                side[-1] = side[-1].rstrip(b"\n")
        elif sign in (b" ", b"", b"\r"):  # mailers strip the blank of an empty line
            if sign == b"\r":
                body = b"\r\n"
            block.old.append(body)
            block.new.append(body)
            old, new = old - 1, new - 1
        elif sign == b"-":
            block.old.append(body)
            old -= 1
        elif sign == b"+":
            block.new.append(body)
            new -= 1
        else:
            raise InputError(f"line {at + 1} of the diff: neither context nor change")
        at += 1
    if old < 0 or new < 0:
        raise InputError(
            f"the hunk of line {first} of the diff does not hold as many lines as it says"
        )
    section.blocks.append(block)
    return at


def _last_sides(sign: bytes, block: Block) -> list[list[bytes]]:
    sides = {b"-": [block.old], b"+": [block.new]}.get(sign, [block.old, block.new])
    return [side for side in sides if side]


def _path(name: bytes) -> str:
    """A path as a diff writes it: maybe quoted, maybe with a time behind a tab."""
    text = name.rstrip(b"\r").decode("utf-8", "surrogateescape")
    if text.startswith('"'):
        return _unquoted(text)
    return text.split("\t")[0]


def _unquoted(text: str) -> str:
    """C escapes, as git quotes names: octal bytes of UTF-8."""
    out = bytearray()
    for match in re.finditer(r'\\([0-7]{3})|\\(.)|([^\\"])', text.strip()):
        octal, escape, plain = match.groups()
        if octal:
            out.append(int(octal, 8) & 0xFF)
        elif escape:
            out.append(_ESCAPES.get(escape, ord(escape[0]) & 0xFF))
        else:
            out += plain.encode("utf-8", "surrogateescape")
    return out.decode("utf-8", "surrogateescape")


def _git_paths(names: bytes) -> tuple[str, str]:
    """The two paths of a ``diff --git`` line; they are alike but for renames, which say so."""
    text = names.rstrip(b"\r").decode("utf-8", "surrogateescape")
    if text.startswith('"') and '" ' in text:
        old, new = text.split('" ', 1)
        return _stripped(_unquoted(old + '"'), _path(new.encode("utf-8", "surrogateescape")))
    half = len(text) // 2
    if text[half : half + 1] == " ":
        return _stripped(text[:half], text[half + 1 :])
    old, _, new = text.partition(" ")
    return _stripped(old, new)


def _stripped(old: str, new: str) -> tuple[str, str]:
    def prefixed(path: str) -> bool:
        return path == NOWHERE or path.startswith(_PREFIXES)

    if not (prefixed(old) and prefixed(new)):
        return old, new
    return (old if old == NOWHERE else old[2:], new if new == NOWHERE else new[2:])


def changes(
    sections: Sequence[Section], encoding: str | None = None
) -> tuple[list[Change], list[str]]:
    """What a diff would change, and what of it cannot be reviewed, in words.

    A file may stand before the change or after it: the diff of ``fix --patch`` is still to be
    made, that of ``git diff`` has been made. Either way the change counts from the state before.
    """
    found: list[Change] = []
    problems: list[str] = []
    for section in sections:
        try:
            found += _change(section, encoding, problems)
        except InputError as error:
            problems.append(str(error))
    return found, problems


def _change(section: Section, encoding: str | None, problems: list[str]) -> Iterator[Change]:
    name = section.new if section.old == NOWHERE else section.old
    for kind, says in (
        ("binary", "a binary change, not words; left out"),
        ("added", "a new file; left out (`mtrepair check` reads it as it is)"),
        ("deleted", "a deleted file; left out"),
        ("copied", "a copied file; left out"),
    ):
        if kind in section.kinds:
            problems.append(f"{name}: {says}")
            return
    if "renamed" in section.kinds:
        kept = "; its changes are reviewed under the old name" if section.blocks else ""
        problems.append(f"{name}: renamed to {section.new}; the renaming is left out{kept}")
    if "mode" in section.kinds:
        problems.append(f"{name}: a change of mode; left out")
    if not section.blocks:
        return
    place = _place(section.old) or _place(section.new)
    if place is None:
        raise InputError(f"{name}: there is no such file here or at the root of the repository")
    try:
        data = place.read_bytes()
    except OSError as error:
        raise InputError(f"{name}: {(error.strerror or str(error)).lower()}") from None
    forward = _patched(data, section.blocks)
    backward = _patched(data, [Block(b.start, b.new, b.old) for b in section.blocks])
    if forward is not None:
        old, new, eol = data, *forward
    elif backward is not None:
        new, (old, eol) = data, backward
    else:
        raise InputError(f"{name}: {_why(data, section.blocks)}")
    base, after = read_bytes(old, name, encoding), read_bytes(new, name, encoding)
    note = "its line ends differ from those of the diff; the file's are kept" if eol else ""
    yield Change(
        path=name,
        found=place,
        base=base,
        text=after.text,
        applied=forward is None,
        note=note,
    )


def _place(name: str) -> Path | None:
    """The file that a diff names: from here, or from the root of the repository."""
    if name == NOWHERE:
        return None
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / name).is_file():
            return folder / name
        if (folder / ".git").exists():
            break
    return None


def _patched(data: bytes, blocks: Sequence[Block]) -> tuple[bytes, bool] | None:
    """The file with each block's new lines for its old ones, or None where one does not fit.

    A block may stand elsewhere than its head says, as ``patch`` allows; lines must agree, but for
    their ends (the flag says whether those differed).
    """
    lines = re.findall(rb"[^\n]*\n|[^\n]+\Z", data)
    bare = [line.rstrip(b"\r\n") for line in lines]
    out: list[bytes] = []
    at = shift = 0
    loose = False
    for block in blocks:
        exact = _find(lines, block.old, block.start + shift, at)
        place = (
            exact
            if exact is not None
            else _find(bare, [line.rstrip(b"\r\n") for line in block.old], block.start + shift, at)
        )
        if place is None:
            return None
        out += lines[at:place]
        new = block.new
        if exact is None:
            loose = True
            crlf = sum(line.endswith(b"\r\n") for line in lines[place : place + len(block.old)])
            end = b"\r\n" if 2 * crlf > len(block.old) else b"\n"
            new = [line.rstrip(b"\r\n") + (end if line.endswith(b"\n") else b"") for line in new]
        out += new
        shift = place - block.start
        at = place + len(block.old)
    return b"".join([*out, *lines[at:]]), loose


def _find(lines: Sequence[bytes], wanted: Sequence[bytes], start: int, least: int) -> int | None:
    """Where the lines stand, nearest to ``start`` and not before ``least``."""
    last = len(lines) - len(wanted)
    for offset in range(max(start - least, last - start, 0) + 1):
        for place in (start + offset, start - offset):
            if least <= place <= last and list(lines[place : place + len(wanted)]) == list(wanted):
                return place
    return None


def _why(data: bytes, blocks: Sequence[Block]) -> str:
    """Which hunk does not fit, and where it first differs."""
    lines = [line.rstrip(b"\r") for line in data.split(b"\n")]
    for block in blocks:
        for sides in (block.old, block.new):
            if _find(lines, [line.rstrip(b"\r\n") for line in sides], block.start, 0) is not None:
                break
        else:
            for offset, line in enumerate(block.old):
                number = block.start + offset
                there = lines[number] if number < len(lines) else b"(the end of the file)"
                if there != line.rstrip(b"\r\n"):
                    wanted = _short(line)
                    return (
                        f"the diff does not apply: line {number + 1} is “{_short(there)}”,"
                        f" the diff has “{wanted}”"
                    )
    return "the diff does not apply: parts of it have been made and parts have not"


def _short(line: bytes) -> str:
    text = line.rstrip(b"\r\n").decode("utf-8", "replace")
    return text if len(text) <= 60 else f"{text[:60]}…"


def new_diff(change: Change, edits: Sequence[Edit]) -> bytes:
    """The accepted edits as a diff that ``git apply`` takes, in the bytes of the file."""
    text = change.base.text
    if change.base.bom:  # it stands in the first line of the file
        text = f"\ufeff{text}"
        edits = [Edit(span=edit.span.shift(1), text=edit.text) for edit in edits]
    return diff.unified(change.path, text, edits).encode(change.base.encoding)
