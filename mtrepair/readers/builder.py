"""Puts a segment together from the stretches of a document that a reader of it sees."""

from __future__ import annotations

import re

from mtrepair.core import OBJECT, Run, Segment

# An address ends before the punctuation of its sentence. The look-behind keeps the search for
# mail addresses linear: without it every letter of a long word would be tried as a start.
_ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>«»\"\ufffc]*[^\s<>«»\"\ufffc.,;:!?)\]'’…]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_MAY_HOLD_ADDRESS = ("://", "www.", "@")


class Builder:
    """Collects the stretches of one segment from left to right.

    What is passed over between two stretches is a gap: markup that a reader does not see.
    """

    def __init__(self, text: str) -> None:
        self._document = text
        self._runs: list[Run] = []
        self._parts: list[str] = []
        self._length = 0

    def show(self, start: int, end: int) -> None:
        """The reader sees ``[start, end)`` of the document as it stands there."""
        self._add(start, end - start, self._document[start:end])

    def hide(self, start: int, end: int) -> None:
        """Something that no rule may touch stands at ``[start, end)`` in place of words."""
        self._add(start, end - start, OBJECT * (end - start))

    def unit(self, start: int, end: int, seen: str) -> None:
        """The reader sees ``seen`` where ``[start, end)`` is written, such as an entity."""
        if len(seen) == end - start:  # the run would claim that every character stands for itself
            seen = self._document[start:end]
        self._add(start, end - start, seen)

    def build(self, kind: str = "paragraph") -> Segment | None:
        """The segment without the white space at its ends; None if it holds no words."""
        text = "".join(self._parts)
        self._parts = [text]
        body = text.strip()
        first = len(text) - len(text.lstrip())
        runs = _cut(self._runs, first, first + len(body))
        if any(mark in body for mark in _MAY_HOLD_ADDRESS):
            body = _ADDRESS.sub(lambda match: OBJECT * len(match[0]), body)
        if not body.replace(OBJECT, "").strip():
            return None
        return Segment(text=body, runs=tuple(runs), kind=kind)

    def _add(self, start: int, width: int, seen: str) -> None:
        if not seen:
            return
        plain = len(seen) == width
        if plain and self._runs:
            last = self._runs[-1]
            if last.length == last.width and last.start + last.width == start:
                joined = last.length + width
                self._runs[-1] = Run(last.at, last.start, joined, joined)
                self._parts.append(seen)
                self._length += width
                return
        self._runs.append(Run(self._length, start, len(seen), width))
        self._parts.append(seen)
        self._length += len(seen)


def _cut(runs: list[Run], first: int, last: int) -> list[Run]:
    """The runs between two places of the text, which then starts at the first of them."""
    kept: list[Run] = []
    for run in runs:
        low, high = max(run.at, first), min(run.at + run.length, last)
        if low >= high:
            continue
        if run.length == run.width:
            kept.append(Run(low - first, run.start + low - run.at, high - low, high - low))
        else:
            kept.append(Run(low - first, run.start, high - low, run.width))
    return kept
