"""Two versions of a translation side by side."""

from __future__ import annotations

import pytest
from rich.console import Console

from mtrepair.readers import read
from mtrepair.review import compare as module
from mtrepair.review.compare import compare
from mtrepair.review.references import align, pair
from tests.review.drive import SESSION

OLD = "Le plan de relance de relance coûte cher.\n\nElle est partie hier .\n\nUn chat dort.\n"
NEW = "Le plan de relance coûte très cher.\n\nElle est partie hier .\n\nUn un chat chat dort.\n"
REF = "Le plan de relance coûte très cher.\n\nElle est partie hier.\n\nUn chat dort.\n"


def test_findings_that_went_stayed_and_came() -> None:
    found = compare(OLD, NEW, SESSION)
    assert [f.rule for f in found.gone] == ["doubled-phrase"]
    assert [(a.rule, b.rule) for a, b in found.stayed] == [("space-before-period",) * 2]
    assert {f.rule for f in found.came} == {"doubled-word"}
    old, new = found.stayed[0]
    assert old.span != new.span  # it moved with the words before it


def test_metrics_of_the_passages_that_differ() -> None:
    found = compare(OLD, NEW, SESSION, reference=REF)
    assert [m.line for m in found.metrics] == [1, 5]
    better, worse = found.metrics
    assert better.after == pytest.approx(100) and better.before < better.after
    assert worse.before == pytest.approx(100) and worse.before > worse.after


def test_a_text_and_itself() -> None:
    found = compare(OLD, OLD, SESSION, reference=REF)
    assert (found.edits, found.gone, found.came, found.metrics) == ((), (), (), ())
    assert len(found.stayed) == 2


@pytest.mark.parametrize("width", [40, 80, 200])
def test_side_by_side_keeps_to_the_width(width: int) -> None:
    found = compare(OLD + "字字字字 " * 40 + "\n", NEW + "字字漢字 " * 40 + "\n", SESSION)
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(module.side_by_side(found, marks=True, width=width))
    from rich.cells import cell_len

    lines = console.export_text().splitlines()
    assert max(map(cell_len, lines)) <= width
    assert any("[-de" in line for line in lines)


def test_json_has_everything() -> None:
    found = module.record(compare(OLD, NEW, SESSION, reference=REF))
    assert found["version"] == 1
    assert found["findings"]["gone"][0]["text"] == "de relance de relance"
    assert len(found["segments"]) == 2


def test_a_reference_with_another_number_of_passages() -> None:
    document = read("Un chat noir dort ici.\n\nRien à voir.\n\nLe chien blanc aboie fort.\n")
    found = pair(document, "Un chat noir dort.\n\nLe chien blanc aboie.\n")
    assert found == {0: "Un chat noir dort.", 2: "Le chien blanc aboie."}


def test_aligning_nothing() -> None:
    assert align([], []) == []
    assert align(["a b c"], []) == []
    assert align(["a b c"] * 3, ["a b c"] * 200) != []
