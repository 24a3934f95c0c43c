"""What of a translation unit is prose."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mtrepair.core import OBJECT
from mtrepair.readers.units import Atom, Mark, has_accelerator, is_language, marks, prose, segment
from tests.timing import assert_grows, spent


def seen(text: str, *, accelerator: bool = False) -> str:
    """The text as a rule sees it, an object as one @."""
    return (prose(text, accelerator) or "").replace(OBJECT, "@")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le fichier %s de %d octets, %1$s et %-5.2f.", "Le fichier @ de @ octets, @ et @."),
        ("%(nom)s a %(n)d ans", "@ a @ ans"),
        ("50 % des gens, 5 %de, 100 % sûr, 3% de", "50 % des gens, 5 %de, 100 % sûr, 3% de"),
        ("Page %1 sur %2, %nom%", "Page @ sur @, @"),
        ("{0} et {nom}, ${x}, {{ y }} !", "@ et @, @, @ !"),
        ("{n, plural, one {un {x}} other {des}} fin", "@ fin"),
        ("une { seule", "une { seule"),
        ("un <b>mot</b> et <a href='x'>un lien</a>", "un mot et un lien"),
        ("un<br>mot <img src=x> <code>ls <b>-l</b></code>", "un@mot @ @"),
        ("<p>Un</p><p>Deux</p>", "@Un@@Deux@"),
        ("Tom&nbsp;&amp; Léa &rien; &#233;", "Tom\u00a0& Léa &rien; é"),
        ("$HOME vaut 5 $", "@ vaut 5 $"),
        ("@count mots, !nom, moi@exemple.fr", "@ mots, @, moi@exemple.fr"),
        ("__VERSION__ et l\\'eau", "@ et l@eau"),
        ("a < b et c > d", "a < b et c > d"),
        (
            "le champ max_length et _x, appelez f() ou ``un mot``",
            "le champ @ et _x, appelez @ ou @",
        ),
        ("voir :ref:`un lien <x>` et `code`_, l`accent", "voir @ et @, l`accent"),
        ("100 %% de %s", "100 @ de @"),
    ],
)
def test_placeholders_and_tags(text: str, expected: str) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("_Ouvrir", "Ouvrir"), ("Enre_gistrer &amp; fermer", "Enregistrer & fermer"),
     ("&Fichier", "Fichier"), ("mon_nom_long", "@"), ("R & D", "R & D")],
)  # fmt: skip
def test_menu_keys(text: str, expected: str) -> None:
    assert seen(text, accelerator=True) == expected


def test_which_texts_have_a_menu_key() -> None:
    assert has_accelerator("_Ouvrir", "_Open")
    assert has_accelerator("Enregistrer &sous", "Save &as")
    assert has_accelerator("Enre_gistrer", "_Save")
    assert not has_accelerator("max_length est faux", "max_length is wrong")
    assert not has_accelerator("Tom &amp; Léa", "Tom &amp; Lea")
    assert not has_accelerator("_Ouvrir", "Open") and not has_accelerator("a_b_c", "a_b_c")
    assert not has_accelerator("Le bloc_littéral " + "mot " * 20, "The literal_block")


def test_marks_are_apart_and_in_order() -> None:
    text = "<a title='{x} %s'>{a <b> %d}</a> &amp; %s{"
    found = marks(text)
    assert found == sorted(found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(isinstance(mark, Mark) and mark.start < mark.end <= len(text) for mark in found)


def test_a_segment_maps_to_the_file() -> None:
    raw = "caf&eacute; &lt;b&gt;noir&lt;/b&gt;"
    atoms = [Atom(0, 3, "caf"), Atom(3, 11, "é"), Atom(11, 12, " "), Atom(12, 16, "<"),
             Atom(16, 17, "b"), Atom(17, 21, ">"), Atom(21, 25, "noir"), Atom(25, 29, "<"),
             Atom(29, 31, "/b"), Atom(31, 35, ">")]  # fmt: skip
    made = segment(raw, atoms, locator="x", source="<i>black</i> coffee")
    assert made is not None
    assert made.text == "café noir"
    assert made.source == "black coffee"
    from mtrepair.core import Span

    assert [span.of(raw) for span in made.pieces(Span(0, 9))] == ["caf&eacute; ", "noir"]


@pytest.mark.parametrize("pile", ["{", "}", "<b>", "<code>", "&amp;", "%s ", "{a", "<", "$a", "&",
                                  "@a", "\\", "_a", "%(", "%1$", "__", "%a"])  # fmt: skip
def test_time_is_linear(pile: str) -> None:
    def seconds(count: int) -> float:
        return spent(lambda: marks(pile * count, accelerator=True))

    assert_grows(seconds, 5_000, 40_000, factor=28)


def test_languages() -> None:
    assert (
        is_language("fr", "fr") and is_language("fr-CA", "fr") and is_language("FR_fr.UTF-8", "fr")
    )
    assert is_language(None, "fr") and not is_language("de", "fr")
