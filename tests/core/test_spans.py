"""Spans that conflict, and lines and columns, held against plain counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtrepair.core import LineIndex, Span

SPANS = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda t: Span(min(t), max(t)))


@given(SPANS, SPANS)
def test_conflicts_is_as_written(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))

    def inside(place: Span, span: Span) -> bool:
        return len(place) == 0 and span.start < place.start < span.end

    same_place = len(one) == len(other) == 0 and one == other
    expected = bool(shared) or same_place or inside(one, other) or inside(other, one)
    assert one.conflicts(other) is expected
    assert other.conflicts(one) is expected
    assert one.overlap(other) == len(shared)


def test_touching_spans_do_not_conflict() -> None:
    assert not Span(0, 2).conflicts(Span(2, 4))
    assert not Span(2, 2).conflicts(Span(2, 4))
    assert Span(2, 2).conflicts(Span(2, 2))


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_not_a_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(st.text(alphabet="a\r\n\u2028\x0c\x85😀\u0301", max_size=20))
def test_positions_count_lines_as_editors_do(text: str) -> None:
    index = LineIndex(text)
    line, column = 1, 1
    for offset, char in enumerate(text):
        assert index.position(offset) == (line, column)
        assert index.line_start(line) == offset - column + 1
        after_cr = char == "\r" and text[offset + 1 : offset + 2] == "\n"
        if char in "\r\n" and not after_cr:
            line, column = line + 1, 1
        else:
            column += 1
    assert index.position(len(text)) == (line, column)
