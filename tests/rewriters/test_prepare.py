"""Spans become whole words, replies become the document's text, edits stay minimal."""

from __future__ import annotations

import pytest

from mtrepair.core import OBJECT, Span, apply
from mtrepair.rewriters.base import Query
from mtrepair.rewriters.prepare import MAX_SPAN, prepare, widen
from mtrepair.rewriters.proposer import minimal


def span_of(marked: str) -> tuple[str, Span]:
    start = marked.index("[")
    end = marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), Span(start, end)


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("une ma[iso]n verte", "maison"),
        ("une[ maison ]verte", "maison"),
        ("de l'[ea]u froide", "eau"),
        ("une [maison verte]", "maison verte"),
        ("une maison[ ].", ""),
    ],
)
def test_widen(marked: str, words: str) -> None:
    text, span = span_of(marked)
    assert widen(text, span).of(text) == words


@pytest.mark.parametrize(
    "marked", ["fin[ ].", f"un [{OBJECT}] ici", f"[{'mot ' * MAX_SPAN}]", "[!]"]
)
def test_nothing_to_ask(marked: str) -> None:
    text, span = span_of(marked)
    assert prepare(Query(text=text, span=span)) is None


@pytest.mark.parametrize(
    ("marked", "written", "reply"),
    [
        ("une [maisn] verte", " maison", "maison"),
        ("une [maisn] verte", "maison", None),  # would glue to the word before
        ("de l[’ean]ée ici", "", None),  # a part of the word was not asked about
        ("[Le] chat", " la", "La"),
        ("Oui. [Le] chat", " la", "La"),
        ("Jean a vu [Le] chat", " le", "le"),
        ("C’est [lea] vie", " l'autre", "l’autre"),
        ("ma[is]on", " maillon", "ill"),
    ],
)
def test_reply(marked: str, written: str, reply: str | None) -> None:
    text, span = span_of(marked)
    one = prepare(Query(text=text, span=span))
    assert one is not None
    assert one.reply(written) == reply


@pytest.mark.parametrize(
    ("marked", "reply", "result"),
    [
        ("une [maison verte] ici", "maison rouge", "une maison rouge ici"),
        ("il est [très très] grand", "très", "il est très grand"),
        ("il est [trop] .", "", "il est ."),
        ("[Bon] voilà", "", "voilà"),
        ("un [mot] ici", "", "un ici"),
    ],
)
def test_minimal(marked: str, reply: str, result: str) -> None:
    text, span = span_of(marked)
    edit = minimal(text, span, reply)
    assert edit is not None
    assert apply(text, [edit]) == result


def test_minimal_is_minimal() -> None:
    text, span = span_of("une [grande maison verte] ici")
    edit = minimal(text, span, "grande voiture verte")
    assert edit is not None
    assert (edit.span.of(text), edit.text) == ("maison", "voiture")
    assert minimal(text, span, "grande maison verte") is None
