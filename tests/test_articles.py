"""Marked articles: how many of their errors are found, and that right articles stay quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtrepair import api
from mtrepair.train.articles import parts

ROOT = Path(__file__).resolve().parent.parent
LEAST = {"fresh": 70, "last": 131, "later": 180, "newest": 154, "seen": 268, "unseen": 115}
"""Spans touched when last measured (docs/measured/articles.txt), but for a few."""
MOST = {"fresh": 1, "last": 0, "later": 2, "newest": 1, "seen": 1, "unseen": 8}
"""Findings in the right texts; those of "unseen" hold a poem and recipes."""


def _found(text: str) -> list[tuple[int, int]]:
    result = api.check(text, proposals="none")
    assert not result.crashes
    return [(f.span.start, f.span.end) for f in result.findings]


@pytest.mark.parametrize("name", sorted(LEAST))
def test_errors_are_found_and_right_articles_are_left_alone(name: str) -> None:
    folder = ROOT / "corpora" / "articles" / name
    touched = beside = alarms = 0
    for path in sorted(folder.glob("[0-9]*.txt")):
        garbled, right, spans = parts(path.read_text("utf-8"))
        findings = _found(garbled)
        touched += sum(any(a < end and b > start for a, b in findings) for start, end, _ in spans)
        beside += sum(
            not any(a < end and b > start for start, end, _ in spans) for a, b in findings
        )
        alarms += len(_found(right))
    assert touched >= LEAST[name]
    assert beside + alarms <= 2
    clean = (folder / "clean.txt").read_text("utf-8").split("-----")
    assert sum(len(_found(text.strip())) for text in clean) <= MOST[name]
