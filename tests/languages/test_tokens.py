"""French tokens: cuts, places and speed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtrepair.languages.fr.tokens import parts, tokens
from tests.timing import assert_within


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L’eau d'hier", "L’ eau d' hier"),
        ("jusqu'ici, puisqu’elle", "jusqu' ici , puisqu’ elle"),
        ("aujourd'hui aux prud’hommes", "aujourd'hui aux prud’hommes"),
        ("grand'mère quelqu'un", "grand'mère quelqu' un"),
        ("donne-t-il va-t'en", "donne-t-il va-t' en"),
        ("don't O'Brien", "don ' t O ' Brien"),
        ("2GW H2O 12,5 %", "2 GW H 2 O 12,5 %"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("co\u00adopérer", "co\u00adopérer"),
        ("a@b.fr https://x.fr/y). #mot", "a@b.fr https://x.fr/y ) . #mot"),
        ("l'\ufffc\ufffc ici", "l' \ufffc\ufffc ici"),
        ("Attends... oui", "Attends ... oui"),
        ("snake_case", "snake _ case"),
    ],
)
def test_cuts(text: str, wanted: str) -> None:
    assert " ".join(token.text for token in tokens(text)) == wanted


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_places(text: str) -> None:
    at = 0
    for token in tokens(text):
        assert token.text == text[token.start : token.end] != ""
        assert text[at : token.start].isspace() or at == token.start or not token.text.strip()
        assert token.kind in {"word", "number", "punct", "object"}
        at = token.end
    assert not text[at:].strip() or not tokens(text[at:])


def test_parts_keep_their_places() -> None:
    (word,) = tokens("  porte-monnaie ")
    assert [(p.start, p.text) for p in parts(word)] == [(2, "porte"), (8, "monnaie")]


def test_speed() -> None:
    """A floor far below the usual 400,000 words a second, for slow machines."""
    text = "Le ministre a dit qu'il n'irait pas, « sauf accord » des 12 pays membres. " * 2000
    words = sum(token.kind == "word" for token in tokens(text))
    assert_within(lambda: tokens(text), words / 60_000)
