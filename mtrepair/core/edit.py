"""Edits, and the one place where edits become text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mtrepair.core.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Put ``text`` where ``span`` is; an empty span inserts, an empty text deletes."""

    span: Span
    text: str

    @property
    def growth(self) -> int:
        """By how many code points the document grows (negative: shrinks)."""
        return len(self.text) - len(self.span)


def ordered(edits: Iterable[Edit]) -> list[Edit]:
    """The edits from left to right.

    Raises:
        ValueError: if two of them conflict (see :meth:`Span.conflicts`).
    """
    result = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    for left, right in pairwise(result):
        if left.span.conflicts(right.span):
            raise ValueError(f"edits overlap: {left.span} and {right.span}")
    return result


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with all ``edits`` made; positions count in ``text`` as it was.

    Raises:
        ValueError: if edits overlap or reach past the end of the text.
    """
    pieces: list[str] = []
    at = 0
    for edit in ordered(edits):
        if edit.span.end > len(text):
            raise ValueError(f"edit at {edit.span} lies outside a text of {len(text)} code points")
        pieces.append(text[at : edit.span.start])
        pieces.append(edit.text)
        at = edit.span.end
    pieces.append(text[at:])
    return "".join(pieces)


def invert(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits that turn ``apply(text, edits)`` back into ``text``.

    Edits that touch become one: two deletions side by side would be two insertions at one place.
    """
    result: list[Edit] = []
    growth = 0
    reach = -1  # where the edit before ends, in the original
    for edit in ordered(edits):
        start = edit.span.start + growth
        end = start + len(edit.text)
        written = edit.span.of(text)
        if edit.span.start == reach:
            start = result[-1].span.start
            written = result.pop().text + written
        result.append(Edit(span=Span(start, end), text=written))
        reach = edit.span.end
        growth += edit.growth
    return result


def moved(span: Span, edits: Iterable[Edit]) -> Span:
    """Where ``span`` of the text lies after the edits; what they touch is taken whole."""
    start, end = span.start, span.end
    growth = 0
    low: int | None = None
    for edit in ordered(edits):
        if edit.span.end <= start and not (len(edit.span) == 0 and edit.span.start == start):
            growth += edit.growth
            continue
        if low is None:
            low = min(start, edit.span.start) + growth
        if edit.span.start >= end and not (len(edit.span) == 0 and edit.span.start == end):
            break
        end = max(end, edit.span.end)
        growth += edit.growth
    return Span(start + growth if low is None else low, max(end + growth, low or 0))


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """One list of edits that does what ``first`` and then ``second`` do.

    The positions of ``first`` count in the original text, those of ``second`` in the text after
    ``first``; the result counts in the original. Edits of the second list that touch what the
    first one wrote are merged with it, so that the result never overlaps.
    """
    # Walk both lists over the middle text. A cluster is a maximal group of edits that touch.
    middle: list[tuple[int, int, Edit]] = []  # (start, end) in the middle text, the first's edit
    growth = 0
    for edit in ordered(first):
        start = edit.span.start + growth
        middle.append((start, start + len(edit.text), edit))
        growth += edit.growth
    later = ordered(second)
    result: list[Edit] = []
    i = j = 0
    shift = 0  # original position = middle position - shift, for unedited text
    while i < len(middle) or j < len(later):
        begin = min(
            middle[i][0] if i < len(middle) else later[j].span.start,
            later[j].span.start if j < len(later) else middle[i][0],
        )
        reach = begin
        ours: list[tuple[int, int, Edit]] = []
        theirs: list[Edit] = []
        while True:
            if i < len(middle) and middle[i][0] <= reach:
                reach = max(reach, middle[i][1])
                ours.append(middle[i])
                i += 1
            elif j < len(later) and later[j].span.start <= reach:
                reach = max(reach, later[j].span.end)
                theirs.append(later[j])
                j += 1
            else:
                break
        if not theirs:
            result.extend(edit for _, _, edit in ours)
            shift += sum(edit.growth for _, _, edit in ours)
            continue
        if not ours:
            result.extend(Edit(span=edit.span.shift(-shift), text=edit.text) for edit in theirs)
            continue
        result.extend(_merge(begin, reach, shift, ours, theirs))
        shift += sum(edit.growth for _, _, edit in ours)
    return result


def _merge(
    begin: int,
    reach: int,
    shift: int,
    ours: Sequence[tuple[int, int, Edit]],
    theirs: Sequence[Edit],
) -> list[Edit]:
    """One edit for a cluster ``[begin, reach)`` of the middle text."""
    # The cluster's middle text is known only where the first list wrote it; text between is
    # unedited original, and every unedited stretch inside a cluster is covered by `theirs`.
    written: list[tuple[int, int, str]] = [(start, end, edit.text) for start, end, edit in ours]

    def middle_text(start: int, end: int) -> str:
        parts = [
            text[max(start, s) - s : min(end, e) - s]
            for s, e, text in written
            if s < end and start < e
        ]
        return "".join(parts)

    pieces: list[str] = []
    at = begin
    for edit in theirs:
        pieces.append(middle_text(at, edit.span.start))
        pieces.append(edit.text)
        at = edit.span.end
    pieces.append(middle_text(at, reach))
    growth = sum(edit.growth for _, _, edit in ours)
    span = Span(begin - shift, reach - shift - growth)
    return [Edit(span=span, text="".join(pieces))]
