"""Real errors are the places where strong engines and the reference agree against the weak one."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from mtrepair.train import real


def french(word: str) -> list[str]:
    """The dictionary of these tests."""
    return {"opening": ["ouverture", "inauguration"]}.get(word, [])


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


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


def test_an_error_can_stand_alone_in_the_text_that_answers_it() -> None:
    _, (_, damage) = real.places(
        "Un a fermé le fenêtre du toit.",
        ["Il a fermé la fenêtre du toit.", "Il a fermé la fenêtre du toit."],
        None,
    )
    assert damage is not None
    assert damage.text == "Il a fermé le fenêtre du toit."
    assert damage.original == "Il a fermé la fenêtre du toit."


def test_files_are_read(tmp_path: Path) -> None:
    assert real.read(tmp_path, french) == real.Errors()
    rows: list[dict[str, object]] = [
        {"set": "s", "seg": 1, "system": system, "src": "The cat.", "mt": text, "ref": "Le chat."}
        for system, text in ((real.WEAK, "Le chien dort."), ("google", "Le chat dort."))
    ]
    write(tmp_path / real.FILE, rows)
    found = real.read(tmp_path, french)
    ((damage, source),) = found.engine
    assert (damage.answer, source) == ("chat", "The cat.")
    assert not found.apertium


def test_apertium_is_read_beside_engines_and_alone(tmp_path: Path) -> None:
    cat: dict[str, object] = {"src": "The cat sleeps here.", "ref": "Le chat dort ici."}
    write(
        tmp_path / real.FILE,
        [
            cat | {"system": real.WEAK, "mt": "Le chat dort ici."},
            cat | {"system": "google", "mt": "Le chat dort ici."},
        ],
    )
    write(
        tmp_path / real.APERTIUM,
        [
            cat | {"system": "apertium", "mt": "La chat dort ici."},
            {
                "src": "He was caught in the act here.",
                "ref": "Il a été pris en flagrant délit.",
                "mt": "Il a été pris en acte délit.",
                "system": "apertium",
            },
            {
                "src": "The opening of the school.",
                "ref": "Il faut attendre l'ouverture de l'école ici.",
                "mt": "Il faut attendre l'ouvrant de l'école ici.",
                "system": "apertium",
            },
        ],
    )
    found = real.read(tmp_path, french)
    assert not found.engine
    written = [(one.text, one.span.of(one.text), one.answer) for one, _ in found.apertium]
    assert written == [
        ("La chat dort ici.", "La", "Le"),
        ("La chat dort ici.", "La", "Le"),  # the same place, in the strong engine's text
        ("Il faut attendre l'ouvrant de l'école ici.", "l'ouvrant", "l'ouverture"),
    ]


@pytest.mark.parametrize(
    ("weak", "reference"),
    [
        ("Il faut ouvrir la porte maintenant.", "Il faut ouvrir la fenêtre maintenant."),  # unknown
        ("Il faut voir l'ouverture de Paris.", "Il faut voir l'inauguration de Paris."),  # synonyms
        ("Je ne te crois pas ici.", "Je ne vous crois pas ici."),  # who is addressed is open
        ("Voici l'ouvrant.", "Voici l'ouverture."),  # nothing behind it agrees
        ("Une autre phrase avec l'ouvrant de rien.", "Il parle de l'ouverture de rien."),
    ],
)
def test_a_reference_alone_is_not_enough(weak: str, reference: str) -> None:
    assert list(real.against(weak, reference, "The opening of it.", french)) == []
