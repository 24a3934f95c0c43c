"""apply, invert and compose, held against what edits mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtrepair.core import Edit, Span, apply, compose, invert, ordered

# A small alphabet with everything that has gone wrong in offsets elsewhere: an astral character,
# a combining mark, CR, LF, NBSP and the line separator.
TEXTS = st.text(alphabet="ab \u0301\u00a0\r\n\u2028😀", max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits that do not conflict, in any order: spans between sorted cuts, or none."""
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    kept: list[Span] = []
    for span in spans:
        if not any(span.conflicts(other) for other in kept):
            kept.append(span)
    edits = [Edit(span=span, text=draw(TEXTS.map(lambda t: t[:4]))) for span in kept]
    return draw(st.permutations(edits))


@st.composite
def one_step(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    return text, draw(edits_of(text))


@st.composite
def two_steps(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    text, first = draw(one_step())
    return text, first, draw(edits_of(apply(text, first)))


@given(one_step())
def test_apply_does_what_edits_from_right_to_left_do(step: tuple[str, list[Edit]]) -> None:
    text, edits = step
    expected = text
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end), reverse=True):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert apply(text, edits) == expected


@given(one_step())
def test_invert_gives_the_text_back(step: tuple[str, list[Edit]]) -> None:
    text, edits = step
    assert apply(apply(text, edits), invert(text, edits)) == text


@given(two_steps())
def test_compose_does_what_both_do(steps: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = steps
    both = compose(first, second)
    assert apply(text, both) == apply(apply(text, first), second)
    assert ordered(both) == both


@given(one_step())
def test_compose_with_nothing_changes_nothing(step: tuple[str, list[Edit]]) -> None:
    text, edits = step
    assert apply(text, compose(edits, [])) == apply(text, edits)
    assert apply(text, compose([], edits)) == apply(text, edits)


def test_apply_refuses_what_lies_outside() -> None:
    with pytest.raises(ValueError, match="outside"):
        apply("ab", [Edit(span=Span(1, 3), text="")])


def test_ordered_refuses_overlaps() -> None:
    with pytest.raises(ValueError, match="overlap"):
        ordered([Edit(span=Span(0, 2), text=""), Edit(span=Span(1, 3), text="")])


def test_ordered_refuses_an_overlap_behind_an_insertion() -> None:
    # Sorted by start, the insertion stands between the two that overlap.
    edits = [
        Edit(span=Span(0, 9), text=""),
        Edit(span=Span(0, 0), text="x"),
        Edit(span=Span(4, 5), text=""),
    ]
    with pytest.raises(ValueError, match="overlap"):
        ordered(edits)
