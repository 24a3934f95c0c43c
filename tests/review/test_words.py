"""Word diffs, places that move with edits, and edits carried over to a changed text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtrepair.core import Edit, Span, apply
from mtrepair.review.words import Moved, changes, merge

TEXTS = st.text(alphabet=st.sampled_from("ab é,.\n\r«»’-😀"), max_size=60)


@given(TEXTS, TEXTS)
def test_changes_make_the_new_text(old: str, new: str) -> None:
    assert apply(old, changes(old, new)) == new


def test_whole_words_and_no_more() -> None:
    old = "La maison est très grand, et le jardin aussi.\nRien.\n"
    new = "La maison est très grande, et le jardin aussi.\nRien.\n"
    assert changes(old, new) == [Edit(span=Span(19, 24), text="grande")]


def test_neighbouring_words_are_one_change() -> None:
    assert len(changes("un petit chat noir dort", "une grande chatte noire dort")) == 1


def test_line_ends_alone() -> None:
    assert apply("a\r\nb\r\n", changes("a\r\nb\r\n", "a\nb\n")) == "a\nb\n"


@given(TEXTS, TEXTS, st.integers(0, 60), st.integers(0, 10))
def test_what_moves_keeps_its_words(old: str, new: str, start: int, length: int) -> None:
    span = Span(min(start, len(old)), min(start + length, len(old)))
    place = Moved(edits=changes(old, new)).span(span)
    if place is not None:
        assert place.of(new) == span.of(old)


def test_a_changed_place_is_gone() -> None:
    moved = Moved(edits=[Edit(span=Span(2, 3), text="xx")])
    assert moved.span(Span(0, 2)) == Span(0, 2)
    assert moved.span(Span(1, 4)) is None
    assert moved.span(Span(3, 5)) == Span(4, 6)


def test_merge_into_a_text_that_grew_elsewhere() -> None:
    base = "Un chat noir dort.\nLe chien aboie.\n"
    edits = [Edit(span=Span(3, 7), text="chien"), Edit(span=Span(29, 34), text="dort")]
    now = "Titre\n\nUn chat noir dort.\nLe vieux chien hurle.\n"
    merged = merge(base, edits, now)
    assert apply(now, merged.edits) == "Titre\n\nUn chien noir dort.\nLe vieux chien hurle.\n"
    assert merged.refused == (edits[1],)


def test_merge_knows_what_is_there_already() -> None:
    base = "Un chat noir dort.\n"
    edits = [Edit(span=Span(3, 7), text="chien")]
    merged = merge(base, edits, "Un chien noir dort.\n")
    assert (merged.edits, merged.refused, merged.there) == ((), (), 1)


@given(TEXTS, TEXTS, TEXTS)
def test_merge_never_loses_an_edit_in_silence(base: str, ours: str, theirs: str) -> None:
    edits = changes(base, ours)
    merged = merge(base, edits, theirs)
    assert len(merged.edits) + len(merged.refused) + merged.there == len(edits)
    apply(theirs, merged.edits)  # they fit


@given(TEXTS, TEXTS)
def test_merge_into_the_same_text_is_apply(base: str, ours: str) -> None:
    edits = changes(base, ours)
    assert apply(base, merge(base, edits, base).edits) == ours
