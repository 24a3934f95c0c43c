"""Real errors are the places where strong engines and the reference agree against the weak one."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from mtrepair.train import real


def found(weak: str, strong: list[str], reference: str | None) -> list[tuple[str, str]]:
    return [(d.span.of(d.text), d.answer) for d in real.errors(weak, strong, reference)]


def test_two_witnesses_against_one() -> None:
    assert found(
        "La fête a pris place à Paris hier soir.",
        ["La fête a eu lieu à Paris hier soir.", "La fête a eu lieu hier soir à Paris."],
        None,
    ) == [("pris place", "eu lieu")]


@pytest.mark.parametrize(
    ("weak", "strong", "reference"),
    [
        # the reference has the weak engine's word too
        ("Il va très bien.", ["Il va fort bien."], "Il est très bien portant, fort bien."),
        # nobody confirms the strong engine
        ("Il aime la mer.", ["Il aime la montagne."], "Il aime la campagne."),
        # nothing to confirm it with
        ("Il aime la mer.", ["Il aime la montagne."], None),
        # the same words
        ("Qu’il vienne !", ["Qu'il vienne !"], "Qu'il vienne !"),
        # a deletion that one witness alone supports
        ("Il est aussi venu hier.", ["Il est venu hier."], "Il est venu hier."),
    ],
)
def test_silent(weak: str, strong: list[str], reference: str | None) -> None:
    assert found(weak, strong, reference) == []


def test_the_answer_stands_for_the_span() -> None:
    (damage,) = real.errors(
        "Il a fermé la fenêtre du toit.", ["Il a fermé la lucarne du toit."], "La lucarne du toit."
    )
    assert damage.original == "Il a fermé la lucarne du toit."


def test_files_are_read(tmp_path: Path) -> None:
    assert real.read(tmp_path) == []
    rows = [
        {"set": "s", "seg": 1, "system": system, "src": "The cat.", "mt": text, "ref": "Le chat."}
        for system, text in ((real.WEAK, "Le chien dort."), ("google", "Le chat dort."))
    ]
    path = tmp_path / real.FILE
    path.parent.mkdir(parents=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    ((damage, source),) = real.read(tmp_path)
    assert (damage.answer, source) == ("chat", "The cat.")
