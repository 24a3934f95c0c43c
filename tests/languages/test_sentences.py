"""French sentences."""

from __future__ import annotations

import pytest

from mtrepair.languages.fr.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il pleut. Il vente.", ["Il pleut.", "Il vente."]),
        ("M. Dupont et Mme. Durand sont là. Oui.", ["M. Dupont et Mme. Durand sont là.", "Oui."]),
        ("J. Martin a 3.5 ans. Bon.", ["J. Martin a 3.5 ans.", "Bon."]),
        ("Il hésite... puis part. Bien !", ["Il hésite... puis part.", "Bien !"]),
        ("« Viens ! » Il vient.", ["« Viens ! »", "Il vient."]),
        ("Quoi ? Rien… Tout !", ["Quoi ?", "Rien…", "Tout !"]),
        ("Voir p. 12, art. 3 et fig. 4. Fin.", ["Voir p. 12, art. 3 et fig. 4.", "Fin."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected
