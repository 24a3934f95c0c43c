"""The seed article: what issue 3 asks of it, and that nothing was made for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mtrepair import api
from mtrepair.score import GoldSpan, read_gold, score_spans

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "corpora" / "seed"
ARTICLE = (SEED / "article.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def gold() -> list[GoldSpan]:
    return read_gold((SEED / "spans.jsonl").read_text("utf-8"), ARTICLE, "spans.jsonl")


@pytest.fixture(scope="module")
def checked() -> api.CheckResult:
    return api.check(ARTICLE)


def test_enough_found_and_few_alarms(gold: list[GoldSpan], checked: api.CheckResult) -> None:
    scores = score_spans([(ARTICLE, gold, [f.span for f in checked.findings])])
    assert scores.touched >= 20
    assert scores.off <= 6


def test_the_loop_is_one_finding_and_goes_by_default(
    gold: list[GoldSpan], checked: api.CheckResult
) -> None:
    (loop,) = [g.span for g in gold if g.kind == "loop"]
    (found,) = [f for f in checked.findings if f.rule == "repetition-loop"]
    assert found.span.overlap(loop) >= 0.9 * len(loop)
    fixed = api.fix(ARTICLE).text
    assert not [f for f in api.check(fixed).findings if f.rule == "repetition-loop"]
    assert len(fixed.split()) < len(ARTICLE.split()) - 100
    assert fixed.startswith(ARTICLE[:150])


@pytest.mark.parametrize("words", ["Pouxer", "extenus", "Days", "le fils Masayoshi"])
def test_flagged_by_default(words: str, checked: api.CheckResult) -> None:
    at = ARTICLE.index(words)
    assert [f for f in checked.findings if f.span.start < at + len(words) and at < f.span.end]


def test_spaces_before_full_stops_are_all_found(checked: api.CheckResult) -> None:
    places = [m.start() for m in re.finditer(r" (?=\.(?:\s|$))", ARTICLE)]
    found = {f.span.start for f in checked.findings if f.rule == "space-before-period"}
    assert places
    assert set(places) <= found


def test_a_second_fix_changes_nothing() -> None:
    once = api.fix(ARTICLE)
    assert once.settled
    assert api.fix(once.text).text == once.text


def _sequences(text: str, length: int = 4) -> set[tuple[str, ...]]:
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_no_rule_and_no_data_has_its_phrases() -> None:
    """No four words in a row of the marked spans stand in rules or their data."""
    spans = read_gold((SEED / "spans.jsonl").read_text("utf-8"), ARTICLE, "spans.jsonl")
    phrases = set().union(*(_sequences(g.span.of(ARTICLE)) for g in spans if g.kind != "loop"))
    assert phrases
    package = ROOT / "mtrepair"
    files = [
        path
        for suffix in ("*.py", "*.tsv", "*.csv", "*.toml", "*.txt", "*.json")
        for path in package.rglob(suffix)
    ]
    assert len(files) > 50
    for path in files:
        assert not phrases & _sequences(path.read_text("utf-8")), path
