"""Where a span of a segment stands in its document."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtrepair.core import Document, Edit, Run, Segment, Span, apply


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    """A segment of plain runs and units, with and without gaps between them."""
    runs: list[Run] = []
    at, place = 0, draw(st.integers(0, 3))
    for _ in range(draw(st.integers(1, 5))):
        length = draw(st.integers(1, 3))
        width = length if draw(st.booleans()) else draw(st.integers(1, 5))
        runs.append(Run(at, place, length, width))
        at += length
        place += width + draw(st.integers(0, 2))
    return Segment(text="x" * at, runs=tuple(runs))


def places(segment: Segment, span: Span) -> set[int]:
    """The code points of the document that a span's characters stand for, one by one."""
    found: set[int] = set()
    for run in segment.runs:
        for offset in range(max(run.at, span.start), min(run.at + run.length, span.end)):
            if run.length == run.width:
                found.add(run.start + offset - run.at)
            else:
                found |= set(range(run.start, run.start + run.width))
    return found


@given(segments(), st.data())
def test_pieces_are_the_places_of_the_characters(segment: Segment, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(segment.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(segment.text))))
    pieces = segment.pieces(span)
    covered = [place for piece in pieces for place in range(piece.start, piece.end)]
    assert set(covered) == places(segment, span)
    assert len(covered) == len(set(covered))
    assert all(a.end < b.start for a, b in pairwise(pieces))
    assert segment.locate(span) == Span(min(covered), max(covered) + 1)


@given(segments(), st.data())
def test_a_place_is_one_place(segment: Segment, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(segment.text)))
    pieces = segment.pieces(Span(at, at))
    assert len(pieces) == 1
    left = places(segment, Span(at - 1, at)) if at else set()
    right = places(segment, Span(at, at + 1)) if at < len(segment.text) else set()
    inside_unit = left & right
    if inside_unit:  # there is no place inside a unit: it is before, behind, or the whole of it
        assert pieces[0].start >= min(inside_unit)
        assert pieces[0].end <= max(inside_unit) + 1
    else:
        assert len(pieces[0]) == 0
        edges = {max(left) + 1} if left else set()
        edges |= {min(right)} if right else set()
        assert pieces[0].start in edges


def test_a_span_outside_is_refused() -> None:
    segment = Segment.slice("abc", Span(0, 2))
    with pytest.raises(ValueError, match="outside"):
        segment.locate(Span(5, 6))


def test_a_deletion_runs_over_markup_that_stays() -> None:
    text = "un <b>deux</b> trois"
    segment = Segment(
        text="un deux trois", runs=(Run(0, 0, 3, 3), Run(3, 6, 4, 4), Run(7, 14, 6, 6))
    )
    document = Document(text=text, segments=(segment,), format="html")
    edits = document.edits(0, [Edit(span=Span(2, 7), text="")])
    assert edits is not None
    assert apply(text, edits) == "un<b></b> trois"
    assert document.edits(0, [Edit(span=Span(2, 7), text=" x")]) is None
