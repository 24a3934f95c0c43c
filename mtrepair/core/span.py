"""Half-open ranges of Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The range ``[start, end)`` in code points; ``start == end`` is a place between two of them.

    Raises:
        ValueError: if ``start`` is negative or ``end`` lies before ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < self.start:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True  # an empty span is a place, not nothing

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        """The same range, ``offset`` code points further on."""
        return Span(self.start + offset, self.end + offset)

    def overlap(self, other: Span) -> int:
        """How many code points the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def conflicts(self, other: Span) -> bool:
        """Whether two edits at these spans could not both be applied.

        Spans that share a code point conflict; so do two insertions at one place, and an
        insertion strictly inside the other span. Neighbours that only touch do not.
        """
        if self.overlap(other):
            return True
        if len(self) == 0 and len(other) == 0:
            return self.start == other.start
        if len(self) == 0:
            return other.start < self.start < other.end
        if len(other) == 0:
            return self.start < other.start < self.end
        return False
