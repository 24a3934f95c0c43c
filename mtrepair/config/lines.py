"""On which line of a TOML file a key stands; the standard library's parser does not say."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_KEY = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_HEADER = re.compile(r"\s*(\[\[?)(.*?)\]\]?\s*(?:#.*)?$")
# What moves the depth of brackets or opens a string or a comment. The three-fold quotes first.
_MARK = re.compile(r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[\[\]{}]|\n")


def key_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every key and table of a valid TOML file.

    Keys of an array of tables have the index of their table in their path:
    ``("ignore", 0, "rule")``. Keys inside an inline table are not listed.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    line = 1
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        row = text[at:stop]
        header = _HEADER.match(row)
        if header is not None:
            table = _inside(_path(header[2]) or (), counts)
            if header[1] == "[[":
                number = counts.get(table, 0)
                counts[table] = number + 1
                found.setdefault(table, line)
                table = (*table, number)
            found.setdefault(table, line)
        elif row.strip() and not row.lstrip().startswith("#"):
            path = _path(row, until="=")
            if path is not None:
                found.setdefault((*table, *path), line)
            stop = _value_end(text, at)
        line += text.count("\n", at, stop + 1)
        at = stop + 1
    return found


def _inside(path: Path, counts: dict[Path, int]) -> Path:
    """``a.b`` below the array of tables ``a`` means its last table."""
    result: Path = ()
    for place, part in enumerate(path):
        result = (*result, part)
        if place < len(path) - 1 and result in counts:
            result = (*result, counts[result] - 1)
    return result


def _path(row: str, until: str = "") -> Path | None:
    parts: list[str | int] = []
    at = 0
    while match := _KEY.match(row, at):
        parts.append(next(part for part in match.groups() if part is not None))
        at = match.end()
        if row[at : at + 1] != ".":
            break
        at += 1
    return tuple(parts) if parts and row[at : at + 1] == until else None


def _value_end(text: str, at: int) -> int:
    """Where the value that starts on this line ends: at the end of a line outside brackets."""
    depth = 0
    while match := _MARK.search(text, at):
        mark, at = match[0], match.end()
        if mark in ('"""', "'''"):
            closing = text.find(mark, at)
            while mark == '"""' and closing > 0 and _escaped(text, closing):
                closing = text.find(mark, closing + 1)
            at = len(text) if closing < 0 else closing + 3
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif mark == "\n" and depth <= 0:
            return match.start()
    return len(text)


def _escaped(text: str, at: int) -> bool:
    slashes = 0
    while text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1
