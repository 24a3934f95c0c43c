"""Plain text: every line is a segment, and so is a paragraph that was wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from mtrepair.core import Document, Segment
from mtrepair.readers.builder import Builder

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ITEM = re.compile(r"[-*+•▪◦‣·][ \t\u00a0]")
_ENDED = tuple('.!?…:;»”"')

WIDTHS = range(40, 101)
"""Widest lines of text that was wrapped at a margin: mail and typewriters use 60 to 80."""


def read(text: str, name: str = "<text>", lang: str = "fr") -> Document:  # noqa: ARG001
    """The lines of a text, or its paragraphs where lines were wrapped by hand.

    A line ends with LF, CRLF or CR; U+2028 does not end one. White space at both ends of a line
    belongs to no segment.
    """
    segments: list[Segment] = []
    for block in _blocks(text):
        for lines in [block] if wrapped(block) else [[line] for line in block]:
            builder = Builder(text)
            for line, following in zip_longest(lines, lines[1:]):
                builder.show(line.start, line.end)
                if following is not None:  # one unit, so that an edit takes the indent along
                    builder.unit(line.end, following.start, line.newline)
            segment = builder.build()
            if segment is not None:
                segments.append(segment)
    return Document(text=text, segments=tuple(segments), format="text", name=name)


class _Line:
    """A line without the white space around it."""

    __slots__ = ("end", "kept", "newline", "start", "width")

    def __init__(self, start: int, line: str) -> None:
        body = line.rstrip("\r\n")
        self.kept = body.strip()
        self.start = start + len(body) - len(body.lstrip())
        self.end = self.start + len(self.kept)
        self.width = self.end - start
        self.newline = line[len(body) :]


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Lines that follow one another without a blank one; a bullet starts a new block."""
    block: list[_Line] = []
    for match in _LINE.finditer(text):
        line = _Line(match.start(), match[0])
        if block and (not line.kept or _ITEM.match(line.kept)):
            yield block
            block = []
        if line.kept:
            block.append(line)
    if block:
        yield block


def wrapped(block: Sequence[_Line]) -> bool:
    """Whether a block is one paragraph that somebody wrapped.

    A break is a wrap if the first word of the next line had no room before the margin, or if it
    stands in the middle of a sentence (nothing ends before it, a small letter follows). One
    break in the middle of a sentence must be there: without one, reading each line by itself
    loses nothing. One break in five may be neither, so that a paragraph stays one while it is
    being repaired.
    """
    if len(block) < 2 or max(line.width for line in block) not in WIDTHS:
        return False
    margin = max(line.width for line in block)
    inside = strange = 0
    for line, following in pairwise(block):
        if following.kept[0].islower() and not line.kept.endswith(_ENDED):
            inside += 1
        elif line.width + 1 + len(following.kept.split(maxsplit=1)[0]) <= margin:
            strange += 1
    return inside > 0 and 5 * strange <= len(block) - 1
