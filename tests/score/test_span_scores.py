"""Span scores on tables small enough to count by hand."""

from __future__ import annotations

import json
import math

import pytest

from mtrepair.core import InputError, Span
from mtrepair.score.spans import GoldSpan, mcc, read_gold, score_spans

TEXT = "un deux trois quatre cinq"


def gold(*spans: tuple[int, int]) -> list[GoldSpan]:
    return [GoldSpan(span=Span(*s), kind="k") for s in spans]


def test_partial_credit() -> None:
    # gold: "deux trois"; found: "deux" (inside) and "quatre" (off)
    scores = score_spans([(TEXT, gold((3, 13)), [Span(3, 7), Span(14, 20)])])
    assert (scores.touched, scores.off, scores.by_kind) == (1, 1, {"k": (1, 1)})
    assert scores.precision == pytest.approx((1 + 0) / 2)
    assert scores.recall == pytest.approx(4 / 10)
    assert scores.f1 == pytest.approx(2 * 0.5 * 0.4 / 0.9)
    # words: tp deux, fn trois, fp quatre, tn un cinq
    assert (scores.word_precision, scores.word_recall) == (0.5, 0.5)
    assert scores.word_mcc == pytest.approx((1 * 2 - 1 * 1) / math.sqrt(2 * 2 * 3 * 3))


def test_perfect_and_empty() -> None:
    scores = score_spans([(TEXT, gold((3, 13)), [Span(3, 13)])])
    assert (scores.f1, scores.word_mcc, scores.off) == (1.0, 1.0, 0)
    scores = score_spans([(TEXT, gold((3, 13)), [])])
    assert (scores.precision, scores.recall, scores.f1, scores.word_mcc) == (0, 0, 0, 0)


def test_texts_are_summed() -> None:
    one, two = (TEXT, gold((0, 2)), [Span(0, 2)]), (TEXT, gold((0, 2)), [])
    assert score_spans([one, two]).recall == 0.5


def test_mcc_of_chance_is_zero() -> None:
    assert mcc(5, 5, 5, 5) == 0
    assert mcc(0, 7, 0, 3) == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "gold.jsonl:2: not a span"),
        ('{"start": 3}', "gold.jsonl:2: not a span: 'end'"),
        ('{"start": 3, "end": 99}', "gold.jsonl:2: the span does not fit the text"),
        ('{"start": 3, "end": 7, "text": "trois"}', "gold.jsonl:2: the span does not fit"),
    ],
)
def test_gold_that_does_not_fit(line: str, message: str) -> None:
    first = json.dumps({"start": 0, "end": 2, "text": "un", "type": "x"})
    with pytest.raises(InputError, match=message):
        read_gold(f"{first}\n{line}\n", TEXT, "gold.jsonl")


def test_gold_is_read() -> None:
    line = json.dumps({"start": 3, "end": 7, "category": "Agreement", "severity": "major"})
    assert read_gold(f"{line}\n\n", TEXT, "g") == [
        GoldSpan(span=Span(3, 7), kind="Agreement", severity="major")
    ]
    with pytest.raises(InputError, match="no spans"):
        read_gold("\n", TEXT, "g")
