"""Documents that show by their calques that they are translations, and what that changes."""

from __future__ import annotations

import pytest

from mtrepair import api
from mtrepair.core import Segment
from mtrepair.languages import load
from mtrepair.rules import Context, Passage
from mtrepair.rules.calques.translated import matches, translated

FILLER = "Le maire a lu son discours devant une salle pleine, et personne ne disait mot."
SURE = "Cette mesure fait du sens. Nous allons adresser ce problème."
ONE_SURE = "Cette mesure fait du sens."
UNSURE = "Ils secouent le bateau. Elle sent la pincée."


def document(*paragraphs: str) -> Context:
    language = load("fr")
    passages = [
        Passage(Segment(text=text, runs=(), source=None), number, language)
        for number, text in enumerate(paragraphs)
    ]
    return Context(language=language, passages=passages)


def test_the_lines_are_as_sure_as_the_tests_take_them_to_be() -> None:
    kinds = {
        text: [m.entry.sure for m in matches(document(text).passages[0])]
        for text in (SURE, ONE_SURE, UNSURE)
    }
    assert kinds == {SURE: ["sure"] * 2, ONE_SURE: ["sure"], UNSURE: ["unsure"] * 2}


@pytest.mark.parametrize(
    ("paragraphs", "is_translated"),
    [
        ([SURE], True),
        ([ONE_SURE], False),
        ([UNSURE, UNSURE.replace("bateau", "navire")], False),
        ([ONE_SURE, UNSURE], True),
        ([SURE, *[FILLER] * 80], False),
        ([FILLER], False),
    ],
    ids=["two sure", "one sure", "unsure alone", "one sure and two", "too long", "none"],
)
def test_it_takes_several_calques_and_one_that_is_sure(
    paragraphs: list[str], is_translated: bool
) -> None:
    assert translated(document(*paragraphs)) is is_translated


@pytest.mark.parametrize("calques", ["", SURE])
def test_doubtful_calques_count_in_a_translation(calques: str) -> None:
    text = "\n\n".join([calques, "Les élus secouent le bateau."])
    found = [text[f.span.start : f.span.end] for f in api.check(text, select=["calque"]).findings]
    assert ("secouent le bateau" in found) is bool(calques)


def test_what_somebody_says_is_checked_however_short() -> None:
    said = "« Ça fait du sens », a-t-elle dit."
    named = "Le disque « Ça fait du sens » sort mardi."
    assert [f.rule for f in api.check(said).findings] == ["calque"]
    assert api.check(named).findings == ()
