"""The text of a file that is more than text, such as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mtrepair.core import Edit, Span, apply, ordered


class Block(NamedTuple):
    """A piece of prose in a packed text: ``[start, end)``, what it is and where in the file."""

    start: int
    end: int
    kind: str
    locator: str


class Layout(NamedTuple):
    """What a packed text does not show.

    Attributes:
        blocks: the pieces of prose, from left to right.
        objects: spans that no rule may touch (fields, pictures, notes).
        seams: sorted places where the formatting changes.
    """

    blocks: tuple[Block, ...]
    objects: tuple[Span, ...]
    seams: tuple[int, ...]


class PackedText(str):
    """A text with its layout; whatever is made from it by slicing or joining is a plain string."""

    layout: Layout

    def __new__(cls, text: str, layout: Layout) -> PackedText:
        """The text with its layout."""
        made = super().__new__(cls, text)
        made.layout = layout
        return made

    def __getnewargs__(self) -> tuple[str, Layout]:  # type: ignore[override]
        """What a pickle needs to make it anew."""
        return str(self), self.layout

    def edited(self, edits: Sequence[Edit]) -> PackedText:
        """The text after edits, its layout moved along."""
        edits = ordered(edits)
        at = growth = 0  # the edits left of the place that was asked for last

        def moved(place: int) -> int:
            nonlocal at, growth
            while at < len(edits) and edits[at].span.end <= place:
                growth += edits[at].growth
                at += 1
            if at < len(edits) and edits[at].span.start < place:  # inside an edit: to its start
                return edits[at].span.start + growth
            return place + growth

        def all_moved(places: Sequence[int]) -> dict[int, int]:
            nonlocal at, growth
            at = growth = 0
            return {place: moved(place) for place in sorted(places)}

        blocks, objects, seams = self.layout
        new = all_moved(
            [
                *(place for block in blocks for place in block[:2]),
                *(place for span in objects for place in (span.start, span.end)),
                *seams,
            ]
        )
        layout = Layout(
            tuple(b._replace(start=new[b.start], end=new[b.end]) for b in blocks),
            tuple(Span(new[span.start], new[span.end]) for span in objects),
            tuple(sorted({new[seam] for seam in seams})),
        )
        return PackedText(apply(self, edits), layout)
