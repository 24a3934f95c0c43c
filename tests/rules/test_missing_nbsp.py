"""Which space `fix` sets before a mark follows the document."""

from __future__ import annotations

import pytest

from mtrepair import api
from mtrepair.core import Applicability

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


def test_without_any_custom_it_is_shown_and_not_set() -> None:
    text = "Que dit-il? Il part."
    fixed = api.fix(text, select=("missing-nbsp",), apply="suggested")
    assert fixed.text == text
    (judged,) = fixed.before.judged
    assert judged.verdicts[0].accepted
    assert judged.verdicts[0].applicability is Applicability.DISPLAY


def test_half_a_custom_is_followed_when_asked_for() -> None:
    text = "Que dit-il? Il part. Pourquoi\u00a0?"
    assert api.fix(text, select=("missing-nbsp",)).text == text
    fixed = api.fix(text, select=("missing-nbsp",), apply="suggested")
    assert fixed.text == "Que dit-il\u00a0? Il part. Pourquoi\u00a0?"
