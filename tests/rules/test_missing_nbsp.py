"""Which space `fix` sets before a mark follows the document."""

from __future__ import annotations

import pytest

from mtrepair import api

CASES = [
    ("Que dit-il? Il part.", "Que dit-il? Il part."),  # no custom: nothing by itself
    ("Que dit-il? Oui : non ! Bon.", "Que dit-il ? Oui : non ! Bon."),
    (
        "Que dit-il? Oui\u00a0: non\u00a0! Bon.",
        "Que dit-il\u00a0? Oui\u00a0: non\u00a0! Bon.",
    ),
    (
        "Que dit-il? Voici\u00a0: non\u202f! Bon\u202f!",
        "Que dit-il\u202f? Voici\u00a0: non\u202f! Bon\u202f!",
    ),
    ("Que dit-il? Oui : non. Qui vient?", "Que dit-il? Oui : non. Qui vient?"),  # as often not
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_safe_follows_the_document(text: str, wanted: str) -> None:
    fixed = api.fix(text, select=("missing-nbsp",))
    assert fixed.text == wanted
    assert api.fix(fixed.text, select=("missing-nbsp",)).text == wanted


def test_asked_for_it_is_set_without_a_custom() -> None:
    fixed = api.fix("Que dit-il? Il part.", select=("missing-nbsp",), apply="suggested")
    assert fixed.text == "Que dit-il\u00a0? Il part."
