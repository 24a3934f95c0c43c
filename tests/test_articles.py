"""Marked articles: how many of their errors are found, and that right articles stay quiet."""

from __future__ import annotations

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from mtrepair import api

ROOT = Path(__file__).resolve().parent.parent
LEAST = {"fresh": 66, "last": 98, "later": 172, "seen": 250, "unseen": 107}
"""Spans touched when last measured (docs/measured/articles.txt), but for a few."""
MOST = {"fresh": 1, "last": 0, "later": 2, "seen": 1, "unseen": 9}
"""Findings in the right texts; those of "unseen" hold a poem and recipes."""


def _script() -> ModuleType:
    path = ROOT / "scripts" / "measure-articles"
    loader = importlib.machinery.SourceFileLoader("measure_articles", str(path))
    spec = importlib.util.spec_from_loader("measure_articles", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def _found(text: str) -> list[tuple[int, int]]:
    result = api.check(text, proposals="none")
    assert not result.crashes
    return [(f.span.start, f.span.end) for f in result.findings]


@pytest.mark.parametrize("name", sorted(LEAST))
def test_errors_are_found_and_right_articles_are_left_alone(name: str) -> None:
    folder = ROOT / "corpora" / "articles" / name
    script = _script()
    touched = beside = alarms = 0
    for path in sorted(folder.glob("[0-9]*.txt")):
        garbled, right, spans = script.parts(path.read_text("utf-8"))
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
