"""What changed between two texts, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from mtrepair.core import Edit, Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")

LONGEST = 4000
"""Pieces on both sides of a changed stretch beyond which it is taken whole: the matching is
quadratic, and nobody reads such a stretch word by word."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of pieces that is compared as one."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def changes(old: str, new: str) -> list[Edit]:
    """The edits that turn ``old`` into ``new``, as whole words, from left to right.

    Lines that are equal are never looked at word by word. A word that only gained a letter is
    replaced whole; the white space beside it is not touched.
    """
    if old == new:
        return []
    edits: list[Edit] = []
    left, right = _units(_LINE, old), _units(_LINE, new)
    for a, b, c, d in _unequal(left, right):
        low = left[a].start if a < len(left) else len(old)
        high = left[b - 1].end if b > a else low
        bottom = right[c].start if c < len(right) else len(new)
        top = right[d - 1].end if d > c else bottom
        edits += _within(old[low:high], new[bottom:top], low)
    return edits


def _within(old: str, new: str, offset: int) -> list[Edit]:
    left, right = _units(_PIECE, old), _units(_PIECE, new)
    if len(left) + len(right) > LONGEST:
        return [Edit(span=Span(offset, offset + len(old)), text=new)]
    found: list[tuple[int, int, str]] = []
    for a, b, c, d in _unequal(left, right):
        start = left[a].start if a < len(left) else len(old)
        end = left[b - 1].end if b > a else start
        bottom = right[c].start if c < len(right) else len(new)
        text = new[bottom : right[d - 1].end if d > c else bottom]
        if found and old[found[-1][1] : start].isspace() and "\n" not in old[found[-1][1] : start]:
            # [old words|new words] with nothing but a space in common is one change.
            before = found.pop()
            text = before[2] + old[before[1] : start] + text
            start = before[0]
        found.append((start, end, text))
    return [Edit(span=Span(offset + a, offset + b), text=text) for a, b, text in found]


def _units(pattern: re.Pattern[str], text: str) -> list[_Unit]:
    return [_Unit(match[0], match.start()) for match in pattern.finditer(text)]


def _unequal(left: Sequence[_Unit], right: Sequence[_Unit]) -> Iterable[tuple[int, int, int, int]]:
    """The stretches ``left[a:b]`` that stand against other ones, ``right[c:d]``."""
    # What is equal at both ends needs no matching; most of a text is.
    head = 0
    while head < min(len(left), len(right)) and left[head].text == right[head].text:
        head += 1
    tail = 0
    most = min(len(left), len(right)) - head
    while tail < most and left[-1 - tail].text == right[-1 - tail].text:
        tail += 1
    middle = SequenceMatcher(
        None,
        [unit.text for unit in left[head : len(left) - tail]],
        [unit.text for unit in right[head : len(right) - tail]],
        autojunk=False,
    )
    for tag, a, b, c, d in middle.get_opcodes():
        if tag != "equal":
            yield a + head, b + head, c + head, d + head


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where the places of one text stand in another one that was made from it by edits."""

    edits: Sequence[Edit]
    _bounds: list[tuple[int, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        growth = 0
        bounds: list[tuple[int, int, int]] = []
        for edit in self.edits:
            growth += edit.growth
            bounds.append((edit.span.start, edit.span.end, growth))
        object.__setattr__(self, "_bounds", bounds)

    def span(self, span: Span) -> Span | None:
        """The span in the new text, or None where an edit has changed something in it."""
        growth = 0
        for start, end, grown in self._bounds:
            if end <= span.start and (len(span) or start < end or start < span.start):
                growth = grown
            elif start >= span.end and (len(span) or start < end or start > span.start):
                break
            else:
                return None
        return span.shift(growth)

    def hull(self, span: Span) -> Span:
        """The span in the new text with all that edits inside or across it wrote."""
        start = end = None
        growth = 0
        for low, high, grown in self._bounds:
            before = growth
            if high < span.start:
                growth = grown
                continue
            if low > span.end:
                break
            if start is None:
                start = min(span.start, low) + before
            end = max(span.end, high) + grown
            growth = grown
        if start is None or end is None:
            return span.shift(growth)
        return Span(start, max(start, end))


@dataclass(frozen=True, slots=True)
class Merge:
    """Edits carried over to a text that has changed meanwhile.

    Attributes:
        edits: those that could be, counting in the changed text.
        refused: those that could not; they count in the text they were made for.
        there: how many the changed text already has.
    """

    edits: tuple[Edit, ...]
    refused: tuple[Edit, ...]
    there: int = 0


def merge(base: str, edits: Sequence[Edit], now: str) -> Merge:
    """Carry edits of ``base`` over to ``now``, a later state of the same text.

    An edit is carried over if neither its words nor the characters beside it have changed, so that
    what is written stands in the context that it was made for.
    """
    theirs = Moved(edits=changes(base, now))
    kept: list[Edit] = []
    refused: list[Edit] = []
    there = 0
    done = {(edit.span, edit.text) for edit in theirs.edits}
    for edit in edits:
        around = Span(max(0, edit.span.start - 1), min(len(base), edit.span.end + 1))
        place = theirs.span(around)
        if (edit.span, edit.text) in done:
            there += 1
        elif place is None or place.of(now) != around.of(base):
            refused.append(edit)
        else:
            offset = place.start - around.start
            kept.append(Edit(span=edit.span.shift(offset), text=edit.text))
    return Merge(tuple(kept), tuple(refused), there)


def similar(old: str, new: str, key: Callable[[str], str] = str.casefold) -> float:
    """Share of the words of two texts that they have in common, 0 to 1 (Dice, with counts)."""
    from collections import Counter

    a = Counter(map(key, re.findall(r"\w+", old)))
    b = Counter(map(key, re.findall(r"\w+", new)))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0
