"""Names of French people, of fiction and of places stay silent; a bad source restores nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtrepair import api
from mtrepair.align import attach
from mtrepair.core import Document, Segment, Span

ROOT = Path(__file__).parent.parent.parent
TRAPS = (ROOT / "corpora" / "names" / "traps.txt").read_text("utf-8").splitlines()

BROKEN = """Hier, Alexander Timbre a visité l'usine du nord avec deux ministres.
Le prix de l'énergie a monté de trois pour cent en mai.
Selon Condoleezza Riz, la société va ouvrir un bureau à Londres.
Les ouvriers ont quitté le bâtiment à midi."""
SOURCE = """Yesterday, Alexander Bell visited the factory in the north with two ministers.
The price of energy rose by three percent in May.
According to Condoleezza Rice, the company will open an office in London.
The workers left the building at noon."""
GERMAN = """Gestern besuchte Alexander Bell die Fabrik im Norden mit zwei Ministern.
Der Preis der Energie ist im Mai um drei Prozent gestiegen.
Laut Condoleezza Rice wird die Firma ein Büro in London öffnen.
Die Arbeiter verließen das Gebäude am Mittag."""


@pytest.mark.parametrize("text", TRAPS)
def test_traps_are_silent(text: str) -> None:
    found = api.check(text, select=["names"]).judged
    assert not found, [judged.finding.message for judged in found]


def test_right_source_restores() -> None:
    fixed = api.fix(BROKEN, source=SOURCE, select=["names"]).text
    assert "Alexander Bell a visité" in fixed
    assert "Selon Condoleezza Rice, la société" in fixed


@pytest.mark.parametrize(
    "source",
    [
        GERMAN,
        "\n".join(SOURCE.split("\n")[:2]),
        "\n".join(SOURCE.split("\n")[::-1]),
        "",
    ],
    ids=["wrong language", "half", "other order", "empty"],
)
def test_bad_source_warns_and_restores_nothing(source: str) -> None:
    document = Document(text=BROKEN, segments=(Segment.slice(BROKEN, Span(0, len(BROKEN))),))
    attached, warnings = attach(document, source)
    assert warnings
    assert all(segment.source is None for segment in attached.segments)
    assert api.fix(BROKEN, source=source, select=["names"]).text == BROKEN
    assert api.check(BROKEN, source=source, select=["names"]).judged  # found all the same


@pytest.mark.parametrize(
    ("source", "broken", "restored"),
    [
        # What opens the sentence says that the two belong together, whatever else is garbled.
        ("Léa Work is there.", "Léa Treballa est là.", "Léa Work est là."),
        # Only the accent and an article are wrong.
        (
            "The workers trust Béatrice Senegal more than the union.",
            "Les ouvriers confient Béatrice le Sénégal plus que l'union.",
            "Les ouvriers confient Béatrice Senegal plus que l'union.",
        ),
        # Strangers in the place of both words.
        (
            "I'll call Cinderella Floor and apologize.",
            "J'appellerai Ventafocs Fons et il s'excuse.",
            "J'appellerai Cinderella Floor et il s'excuse.",
        ),
        # Three capitals of six words are no headline.
        (
            "I saw Ana Laura Deal there.",
            "J'ai vu Ana Laura Tractar là.",
            "J'ai vu Ana Laura Deal là.",
        ),
        # Cities keep the names that they have in English.
        (
            "We flew to North Charleston in May.",
            "Nous avons volé au Charleston du Nord en mai.",
            "Nous avons volé à North Charleston en mai.",
        ),
        # Nobody's creed but a given name.
        (
            "The committee has chosen Christian Schertz as the new secretary.",
            "Le comité a choisi chrétien Schertz comme le secrétaire nouveau.",
            "Le comité a choisi Christian Schertz comme le secrétaire nouveau.",
        ),
    ],
)
def test_names_come_back(source: str, broken: str, restored: str) -> None:
    assert api.fix(broken, source=source, select=["names"]).text == restored


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Rain will fall in all four corners of the country, even in Four Corners.",
            "La pluie tombera aux quatre coins du pays, même à Four Corners.",
        ),
        ("Christian Democrats won in the east.", "Les chrétiens-démocrates ont gagné à l'est."),
        ("He moved to New Orleans last year.", "Il a déménagé à La Nouvelle-Orléans l'an dernier."),
        (
            "Has The Festival Done Anything To Reduce Hunger In The World?",
            "Le festival a-t-il fait quelque chose pour réduire la faim dans le monde ?",
        ),
    ],
)
def test_what_is_rightly_french_stays(source: str, text: str) -> None:
    assert not api.check(text, source=source, select=["names"]).judged
