"""Lost capitals that need a whole document, and days of a trial."""

from __future__ import annotations

from mtrepair import api

LOST = """L'antigène de surface trois (pmvq) est une protéine de la membrane des parasites.

Des études antérieures ont montré que bromia velata et pmvq jouent un rôle dans l'invasion des
cellules. Un traitement par des anticorps contre pmvq et contre la protéine du col (bvecol) a réduit
cette invasion de moitié. Les cellules df-1 ont été mises en culture pendant trois jours, puis
lavées et comptées par deux personnes qui ne savaient pas de quel groupe elles venaient. La différence
entre les groupes était significative, et elle le restait quand on tenait compte du nombre de passages, de
l'âge des cultures et de la température de la pièce dans laquelle elles avaient été gardées.
"""


def _found(text: str, rule: str) -> list[str]:
    result = api.check(text, proposals="none", select=(rule,))
    return [f.span.of(text) for f in sorted(result.findings, key=lambda f: f.span.start)]


def test_codes_and_unknown_words_of_a_document_that_lost_its_capitals() -> None:
    found = _found(LOST, "missing-capital")
    assert found.count("pmvq") == 3
    assert "df-1" in found
    assert "bvecol" in found


def test_a_document_with_capitals_is_left_alone() -> None:
    text = LOST.replace("bromia velata", "Bromia velata, à Paris ou à Lyon,")
    assert _found(text, "missing-capital") == []


def test_days_of_a_trial() -> None:
    text = (
        "Le sang a été prélevé le jour de l'inclusion (D0), puis à D14 et à D28.\n"
        "La fièvre était tombée à D28.\n"
    )
    assert _found(text, "untranslated-word") == ["D0", "D14", "D28", "D28"]
    fixed = api.fix(text, select=("untranslated-word",), apply="suggested")
    assert "(J0), puis à J14 et à J28" in fixed.text


def test_roads_are_no_days() -> None:
    text = "La D28 croise la D14 et la D917 à deux jours de marche.\n"
    assert _found(text, "untranslated-word") == []
