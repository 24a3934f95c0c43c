"""A span in context becomes pieces, and gluing the pieces gives the text back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair.core import ModelError, Span
from mtrepair.models.store import find
from mtrepair.rewriters.pieces import (
    CLOSE,
    CONTEXT_WORDS,
    MASK,
    OPEN,
    SEP,
    SPECIAL,
    Pieces,
    cut,
    cut_source,
)
from mtrepair.rewriters.view import restore, view


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    try:
        folder = find()
    except ModelError as error:
        pytest.skip(f"no packed model: {error}")
    return Pieces(folder.file("sentencepiece.model"))


_SENTENCE = "Elle a acheté des pommes, des poires et du raisin au marché de l'île."


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 13), st.integers(0, 5), st.integers(1, 30))
def test_chunks_glue_to_the_text(first: int, more: int, words: int) -> None:
    places = [m for m, c in enumerate(_SENTENCE) if m == 0 or _SENTENCE[m - 1] == " "]
    start = places[min(first, len(places) - 1)]
    after = places[min(first, len(places) - 1) :][: more + 2]
    end = after[-1] - 1 if len(after) > 1 else len(_SENTENCE)
    chunks = cut(_SENTENCE, Span(start, end), words)
    whole = chunks.left + chunks.span + chunks.right
    assert whole.strip() in _SENTENCE
    assert chunks.span.strip() == _SENTENCE[start:end]
    assert len(chunks.left.split()) <= words
    assert len(chunks.right.split()) <= words + 1  # a comma may stand alone


def test_the_first_word_has_a_leading_space() -> None:
    chunks = cut("Le chat dort.", Span(0, 2))
    assert (chunks.left, chunks.span, chunks.right) == ("", " Le", " chat dort.")


def test_an_elided_word_leaves_no_space() -> None:
    chunks = cut("Elle voit l'île.", Span(12, 15))
    assert (chunks.left, chunks.span, chunks.right) == (" Elle voit l'", "île", ".")


def test_a_long_context_is_cut_in_words() -> None:
    text = "mot " * 100 + "ici" + " mot" * 100
    chunks = cut(text, Span(400, 403))
    assert len(chunks.left.split()) == len(chunks.right.split()) == CONTEXT_WORDS


def test_a_long_source_is_cut_around_the_place() -> None:
    source = " ".join(f"w{i}" for i in range(200))
    assert cut_source(source, 0.0).split()[0] == "w0"
    assert cut_source(source, 1.0).split()[-1] == "w199"
    assert len(cut_source(source).split()) == 60


@pytest.mark.model
def test_pieces_give_the_text_back(pieces: Pieces) -> None:
    for text in (" Les élèves n'ont pas été prévenus.", "l'œuvre", " 12 %", " double  espace"):
        assert Pieces.text(pieces.encode(text)) == text


@pytest.mark.model
def test_markers_are_never_read_from_plain_text(pieces: Pieces) -> None:
    for special in SPECIAL:
        assert special not in pieces.encode(f" a {special} b")


@pytest.mark.model
def test_what_the_encoder_reads(pieces: Pieces) -> None:
    chunks = cut("Le chat dorment ici.", Span(8, 15))
    shown = pieces.read(chunks, "The cat sleeps here.")
    assert shown[0] == "<s>" and shown[-1] == "</s>"
    assert shown.index(SEP) < shown.index(OPEN) < shown.index(CLOSE)
    inside = shown[shown.index(OPEN) + 1 : shown.index(CLOSE)]
    assert Pieces.text(inside) == " dorment"
    hidden = pieces.read(chunks, hidden=True)
    assert hidden[hidden.index(OPEN) + 1 : hidden.index(CLOSE)] == [MASK]
    assert SEP not in hidden


@given(st.text())
def test_the_view_keeps_every_place(text: str) -> None:
    assert len(view(text)) == len(text)


def test_replies_take_the_typography_around() -> None:
    assert restore("l'eau", "d’abord l’île") == "l’eau"
    assert restore("l'eau", "d'abord") == "l'eau"
    assert restore("quoi ?", "Ah\u202f!") == "quoi\u202f?"
