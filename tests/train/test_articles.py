"""Marked articles as cases that a detector is measured on."""

from __future__ import annotations

from pathlib import Path

from mtrepair.train.articles import cases, parts

MARKED = (
    "Il [[vas||va||agreement]] là. Elle dort[[|| bien||construction]].\n\n"
    "Tout [[est est||est||repeat]] dit.\n"
)


def test_parts_gives_both_texts_and_the_places() -> None:
    garbled, right, places = parts(MARKED)
    assert garbled == "Il vas là. Elle dort.\n\nTout est est dit.\n"
    assert right == "Il va là. Elle dort bien.\n\nTout est dit.\n"
    assert [(garbled[a:b], kind) for a, b, kind in places] == [
        ("vas", "agreement"),
        ("t.", "construction"),
        ("est est", "repeat"),
    ]


def test_cases_are_the_sentences_of_both_texts(tmp_path: Path) -> None:
    (tmp_path / "01.txt").write_text(MARKED, "utf-8")
    (tmp_path / "clean.txt").write_text("Rien.", "utf-8")
    found = [
        (case.question.text, [g.span.of(case.question.text) for g in case.spans])
        for case in cases(tmp_path)
    ]
    assert found == [
        ("Il vas là.", ["vas"]),
        ("Elle dort.", ["t."]),
        ("Tout est est dit.", ["est est"]),
        ("Il va là.", []),
        ("Elle dort bien.", []),
        ("Tout est dit.", []),
    ]
