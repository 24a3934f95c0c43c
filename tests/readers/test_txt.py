"""Lines and wrapped paragraphs of plain text."""

from __future__ import annotations

import pytest

from mtrepair.core import OBJECT, Edit, Span, apply
from mtrepair.readers import read

WRAPPED = """\
La rivière avait débordé pendant la nuit et les
habitants du village, réveillés par les cloches,
montaient vers l'église avec ce qu'ils pouvaient
porter. Personne ne parlait. Le maire comptait
les familles."""


def texts(text: str) -> list[str]:
    return [segment.text for segment in read(text).segments]


def test_every_line_is_a_segment() -> None:
    assert texts("Un.\nDeux.\r\nTrois.\rQuatre.") == ["Un.", "Deux.", "Trois.", "Quatre."]


def test_blanks_belong_to_no_segment() -> None:
    document = read("\n \u00a0 Un mot \t\n\n\u3000\n")
    assert [s.text for s in document.segments] == ["Un mot"]
    assert document.segments[0].locate(Span(0, 6)) == Span(4, 10)


def test_the_line_separator_does_not_end_a_line() -> None:
    assert texts("Un\u2028deux\x0ctrois\x85quatre") == ["Un\u2028deux\x0ctrois\x85quatre"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_paragraph_wrapped_by_hand_is_one_segment(newline: str) -> None:
    text = WRAPPED.replace("\n", newline)
    assert texts(text + newline * 2 + text) == [text, text]


def test_an_indent_goes_with_the_line_break() -> None:
    text = "  " + WRAPPED.replace("\n", " \n  ")
    document = read(text)
    assert [s.text for s in document.segments] == [WRAPPED]
    at = WRAPPED.index("\nhabitants")
    edits = document.edits(0, [Edit(span=Span(at, at + len("\nhabitants")), text=" gens")])
    assert edits is not None
    assert "et les gens du village" in apply(text, edits)


def test_it_stays_a_paragraph_while_it_is_repaired() -> None:
    repaired = WRAPPED.replace("pendant la nuit ", "").replace("cloches,", "cloches de l'est,")
    assert texts(repaired) == [repaired]


@pytest.mark.parametrize(
    "block",
    [
        # One sentence a line, as a translation program writes them.
        "Le premier train part à six heures du matin.\nLes autres suivent de quart d'heure en "
        "quart d'heure.\nLe dernier part à minuit.",
        # Verse: capitals at the start of each line.
        "Le vent du soir descend sur la plaine endormie,\nLes arbres un à un se penchent vers le "
        "sol,\nEt l'ombre des maisons s'allonge, ralentie,\nComme un oiseau blessé qui suspendrait "
        "son vol.",
        "- une première entrée de la liste des achats\n- une deuxième entrée plus courte",
        "un\ndeux\ntrois",
        "a" * 120 + " mot\nsuite de la phrase",
    ],
)
def test_lines_that_nobody_wrapped(block: str) -> None:
    assert texts(block) == block.split("\n")


def test_addresses_are_objects() -> None:
    text = "Voir https://a.example/b?c=d, ou écrire à jean.dupont@a.example."
    (segment,) = read(text).segments
    address, mail = "https://a.example/b?c=d", "jean.dupont@a.example"
    assert segment.text == text.replace(address, OBJECT * len(address)).replace(
        mail, OBJECT * len(mail)
    )


def test_a_document_without_words() -> None:
    assert texts("") == texts(" \n\r\n\u2028") == texts("https://a.example/") == []
