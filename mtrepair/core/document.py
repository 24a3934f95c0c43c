"""A document as the program sees it: its text, and the segments a reader of it would read."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mtrepair.core.edit import Edit
from mtrepair.core.span import Span

OBJECT = "\ufffc"
"""Stands, repeated to the same length, for text that no rule may touch (code, URLs)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a segment and where it stands in the document.

    ``length`` code points from ``at`` in the segment are the ``width`` code points from ``start``
    in the document. Where the two differ (an HTML entity, an escaped character) the stretch is
    one unit.
    """

    at: int
    start: int
    length: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of prose, such as a paragraph, a heading or a table cell.

    Attributes:
        text: what a reader sees; untouchable parts are runs of :data:`OBJECT`.
        runs: where the characters of ``text`` stand in the document, from left to right.
        kind: ``paragraph``, ``heading``, ``item``, ``cell`` or ``title``.
        locator: where a format has records, which one (``record 12, field text``).
        source: the original of this segment, where the format or an alignment gives it.
        escape: how new text is written here, where it is not as in the rest of the document.
    """

    text: str
    runs: tuple[Run, ...]
    kind: str = "paragraph"
    locator: str | None = None
    source: str | None = None
    escape: Callable[[str], str] | None = field(default=None, compare=False)

    @classmethod
    def slice(cls, text: str, span: Span, kind: str = "paragraph") -> Segment:
        """The segment that is just ``span`` of the document ``text``."""
        return cls(text=span.of(text), runs=(Run(0, span.start, len(span), len(span)),), kind=kind)

    def pieces(self, span: Span) -> list[Span]:
        """Where ``span`` of this segment stands in the document, as one or more spans.

        A unit that the span touches is taken whole. Stretches that follow one another without a
        gap are joined; a gap is markup that the reader does not see.
        """
        found: list[Span] = []
        index = max(0, bisect_right(self.runs, span.start, key=lambda run: run.at) - 1)
        for at in range(index, len(self.runs)):  # a slice would copy the rest for each span
            run = self.runs[at]
            if run.at > span.end or (run.at == span.end and len(span) > 0):
                break
            low, high = max(span.start, run.at), min(span.end, run.at + run.length)
            if low > high or (low == high and len(span) > 0):
                continue
            if run.length == run.width:
                piece = Span(run.start + low - run.at, run.start + high - run.at)
            elif low == high:
                piece = (
                    Span(run.start, run.start)
                    if low == run.at
                    else Span(run.start + run.width, run.start + run.width)
                )
            else:
                piece = Span(run.start, run.start + run.width)
            if found and found[-1].end == piece.start:
                found[-1] = Span(found[-1].start, piece.end)
            elif len(span) == 0 and found:
                break  # an insertion at a seam goes to the end of the left run
            else:
                found.append(piece)
        return found

    def locate(self, span: Span) -> Span:
        """The smallest span of the document that holds ``span`` of this segment."""
        pieces = self.pieces(span)
        if not pieces:
            raise ValueError(f"{span} lies outside the segment")
        return Span(pieces[0].start, pieces[-1].end)


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A decoded file and its segments, in reading order.

    Attributes:
        text: the whole decoded file, without a byte order mark.
        escape: how new text is written in this format (HTML writes ``&amp;`` for ``&``).
        fragile: whether a mark is one only beside the right characters, as in Markdown, where
            ``**a **`` is not bold and ``****`` is nothing.
        seams: sorted places in ``text`` that no written edit may cross, because the formatting
            changes there and the text does not show it (DOCX).
        name: a path, or ``<stdin>``; for messages only.
        format: ``text``, ``markdown``, ``html``, …; see :data:`mtrepair.readers.FORMATS`.
    """

    text: str
    segments: tuple[Segment, ...]
    format: str = "text"
    name: str = "<text>"
    escape: Callable[[str], str] = field(default=_same, compare=False)
    fragile: bool = False
    seams: tuple[int, ...] = ()

    def edits(self, segment: int, edits: Sequence[Edit]) -> list[Edit] | None:
        """Edits of a segment as edits of the document, or None if they cannot be written.

        A deletion may run over markup, which then stays; any other edit must stand in one piece.
        Fragile markup must keep a character of the same class on the side of the edit.
        """
        result: list[Edit] = []
        escape = self.segments[segment].escape or self.escape
        for edit in edits:
            pieces = self.segments[segment].pieces(edit.span)
            if edit.text and (len(pieces) != 1 or self._crosses_seam(pieces[0])):
                return None
            result.extend(Edit(span=piece, text=escape(edit.text)) for piece in pieces)
        if self.fragile and not _keeps_marks(self.text, self.segments[segment].runs, result):
            return None
        return result

    def _crosses_seam(self, span: Span) -> bool:
        index = bisect_right(self.seams, span.start)
        return index < len(self.seams) and self.seams[index] < span.end


def _keeps_marks(text: str, runs: Sequence[Run], edits: Sequence[Edit]) -> bool:
    """Whether every mark beside an edit still has a neighbour of the class that it had.

    Spaces, punctuation and the rest are the classes by which CommonMark tells what may open or
    close emphasis (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run).
    """

    def is_mark(place: int) -> bool:
        if not 0 <= place < len(text) or text[place].isspace():
            return False
        return not any(run.start <= place < run.start + run.width for run in runs)

    for edit in edits:
        start, end = edit.span.start, edit.span.end
        after = edit.text or text[end : end + 1]
        before = edit.text or text[max(0, start - 1) : start]
        if is_mark(start - 1):
            beside = text[start : start + 1]
            if (is_mark(end) and not edit.text) or _class(after[:1]) != _class(beside):
                return False
        if is_mark(end):
            beside = text[max(0, end - 1) : end]
            if _class(before[-1:]) != _class(beside):
                return False
    return True


def _class(char: str) -> str:
    if not char or char.isspace():
        return "space"
    return "mark" if unicodedata.category(char)[0] in "PS" else "letter"
