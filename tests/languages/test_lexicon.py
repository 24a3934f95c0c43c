"""The compiled lexicon: readings, inflection, frequency."""

from __future__ import annotations

import pytest

from mtrepair.languages.fr.lexicon import DATA, Lexicon
from mtrepair.languages.fr.spelling import far_neighbours, neighbours, split

LEXICON = Lexicon.load()


def readings(form: str) -> set[tuple[str, str]]:
    return {(reading.lemma, reading.category) for reading in LEXICON.readings(form)}


@pytest.mark.parametrize(
    ("form", "reading"),
    [
        ("chevaux", ("cheval", "N")),
        ("mangées", ("manger", "V")),
        ("Mangées", ("manger", "V")),
        ("CHEVAUX", ("cheval", "N")),
        ("l'", ("le", "DET")),
        ("qu’", ("que", "CONJS")),
        ("œil", ("œil", "N")),
        ("connaitre", ("connaitre", "V")),
        ("chatbots", ("chatbot", "N")),
        ("e\u0301te\u0301", ("été", "N")),
        ("parce", ("parce", "X")),
    ],
)
def test_readings(form: str, reading: tuple[str, str]) -> None:
    assert reading in readings(form)
    assert form in LEXICON


def test_unknown() -> None:
    assert LEXICON.readings("tragoupé") == ()
    assert "tragoupé" not in LEXICON
    assert LEXICON.forms("tragoupé", "N") == ()
    assert LEXICON.zipf("tragoupé") == 0


def test_features() -> None:
    (reading,) = LEXICON.readings("mangeait")
    assert reading.features == {"I3s"}
    (adverb,) = LEXICON.readings("notamment")
    assert adverb.features == frozenset()


def test_inflection_comes_back() -> None:
    for lemma, category in (("beau", "A"), ("cheval", "N"), ("finir", "V"), ("œil", "N")):
        table = LEXICON.forms(lemma, category)
        assert len(table) > 1
        for form, features in table:
            assert any(
                r.lemma == lemma and r.category == category and r.features == features
                for r in LEXICON.readings(form)
            )


def test_frequencies() -> None:
    assert LEXICON.zipf("de") > LEXICON.zipf("maison") > LEXICON.zipf("escarbille")
    assert LEXICON.english_zipf("However") > 5 > LEXICON.zipf("however")


def test_size() -> None:
    own = ("forms", "lemmas", "zipf")
    size = sum(path.stat().st_size for path in DATA.iterdir() if path.name.startswith(own))
    assert size < 6e6


@pytest.mark.parametrize("name", ["additions", "loanwords", "acronyms"])
def test_lists_are_sorted_and_sourced(name: str) -> None:
    head, *rows = (DATA / f"{name}.tsv").read_text("utf-8").splitlines()
    assert head.endswith("\tsource")
    assert rows == sorted(set(rows), key=lambda row: row.split("\t"))
    for row in rows:
        assert len(row.split("\t")) == head.count("\t") + 1
        assert row.split("\t")[-1]


def test_spelling() -> None:
    assert neighbours("systeme")[0][0] == "système"
    assert neighbours("réposne")[0][0] == "réponse"
    assert split("dugouvernement") == "du gouvernement"
    assert split("gouvernement") is None
    assert "gouvernement" in dict(far_neighbours("gouvernemmet"))
