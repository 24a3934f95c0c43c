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
