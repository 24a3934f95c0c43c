"""What a desk has decided costs time linear in the text, whatever somebody puts into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mtrepair.config import Request, Run
from mtrepair.config.baseline import match
from mtrepair.config.fingerprint import Fingerprint, fingerprint
from mtrepair.config.silence import Index, silences
from mtrepair.core import Document, Finding, Severity, Span
from mtrepair.readers import read
from tests.timing import assert_grows, spent

SMALL, LARGE = 500, 4000
WORST = 4 * LARGE / SMALL
"""Eight times the size may take thirty-two times the time; quadratic work would take 64."""


def assert_linear(work: Callable[[int], object]) -> None:
    def seconds(size: int) -> float:
        return min(spent(lambda: work(size)) for _ in range(2))

    assert_grows(seconds, SMALL, LARGE, factor=WORST, floor=0.003)


def findings(document: Document) -> list[Finding]:
    return [
        Finding(
            rule="doubled-word",
            span=Span(run.start, run.start + 1),
            message="",
            severity=Severity.MINOR,
            segment=number,
            within=Span(0, 1),
        )
        for number, segment in enumerate(document.segments)
        for run in segment.runs[:1]
    ]


def test_comments() -> None:
    def work(size: int) -> None:
        text = "".join(f"Un. <!-- mtrepair: ignore[all] {n} -->\n\n" for n in range(size))
        document = read(text, format="markdown")
        found, _ = silences(document)
        index = Index(found)
        assert all(index.find(f.rule, f.span) for f in findings(document))

    assert_linear(work)


def test_nested_comments() -> None:
    def work(size: int) -> None:
        text = "<!-- mtrepair: ignore-start[all] -->" * size + "<p>Un.</p>" * size
        document = read(text, format="html")
        found, problems = silences(document)
        assert len(found) == len(problems) == size
        index = Index(found)
        assert all(index.find(f.rule, f.span) for f in findings(document))

    assert_linear(work)


def test_baseline() -> None:
    def work(size: int) -> None:
        document = read("Un mot.\n\n" * size, format="text")
        marks = [fingerprint(document, finding) for finding in findings(document)]
        assert None not in match(marks, marks)
        other = [Fingerprint(m.rule, m.text, ("x",), m.after) for m in marks]
        assert len(match(marks, other)) == size

    assert_linear(work)


def test_a_long_flagged_span_has_a_short_fingerprint() -> None:
    text = "mot " * 1_000_000
    document = read(text.strip(), format="text")
    finding = Finding(
        rule="repetition-loop",
        span=Span(0, len(document.text)),
        message="",
        severity=Severity.MAJOR,
        within=Span(0, len(document.text)),
    )
    mark = fingerprint(document, finding)
    assert len(mark.text) < 120
    assert mark.before == mark.after == ()


def test_the_order_is_that_of_the_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "d/c.txt", "d/a.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Oui.\n")
    run = Run(Request(paths=("b.txt", ".")))
    assert [job.path for job in run.jobs()] == ["b.txt", "a.txt", "d/a.md", "d/c.txt"]
